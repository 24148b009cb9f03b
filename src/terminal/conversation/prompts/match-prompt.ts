import {
  createPrompt,
  isBackspaceKey,
  isDownKey,
  isEnterKey,
  isSpaceKey,
  isUpKey,
  useState,
} from '@inquirer/core';
import type { Item } from '../../../quiz/item.ts';
import { presentedPartners } from '../../../quiz/presentation.ts';
import { drawMarks, hang } from '../../prose.ts';
import type { Style } from '../../style.ts';
import type { Aside } from '../conversation.ts';
import { drawAnswering, listed } from './fitting.ts';
import { digitIndex, type Keypress, typedBy } from './keypress.ts';
import { useKeys } from './keys.ts';

interface Config {
  readonly item: Item;
  readonly seed?: number;
  readonly style: Style;
}

const shortHelp = 'A digit gives the marked one its partner, backspace takes it back. ? shows the keys.';
const longHelp =
  'Digits, or up and down and Enter, give the marked one its partner; backspace takes the last one back, Enter answers when all have one, q leaves, Ctrl-C leaves at once. What you answered is saved.';

/** The pairs of a `match`: each left side in turn is given its partner among the right sides. */
export const matchPrompt = createPrompt<readonly string[] | Aside, Config>((config, done) => {
  const { item, style } = config;
  const lefts = item.options;
  const partners = presentedPartners(item, config.seed);
  /** For each left side in turn, which partner it was given. */
  const [given, setGiven] = useState<readonly number[]>([]);
  const [at, setAt] = useState(0);
  const [note, setNote] = useState('');
  const isComplete = given.length === lefts.length;

  function give(index: number): void {
    if (isComplete) setNote('All have a partner: Enter answers, backspace takes the last one back.');
    else if (given.includes(index)) setNote('That one is taken; backspace takes it back.');
    else {
      const next = [...given, index];
      setGiven(next);
      setNote(next.length === lefts.length ? 'Enter answers, backspace takes the last one back.' : '');
      const free = partners.findIndex((_, place) => !next.includes(place));
      setAt(Math.max(0, free));
    }
  }

  useKeys((event, rl) => {
    rl.clearLine(0);
    const key = event as Keypress;
    const typed = typedBy(key);
    const index = digitIndex(key);
    if (isUpKey(event)) setAt((at - 1 + partners.length) % partners.length);
    else if (isDownKey(event)) setAt((at + 1) % partners.length);
    else if (isBackspaceKey(event)) {
      setGiven(given.slice(0, -1));
      setNote('');
    } else if (isEnterKey(event) && isComplete) {
      done(lefts.map(({ id }, place) => `${id}=${partners[given[place] ?? -1]?.id}`));
    } else if (isEnterKey(event) || isSpaceKey(event)) give(at);
    else if (typed === 'q') done('leave');
    else if (typed === '?') setNote(longHelp);
    else if (index !== -1 && index < partners.length) give(index);
    else setNote('That key does nothing here; ? shows the keys.');
  });

  const left = lefts.flatMap((option, place) => {
    const isHere = place === given.length;
    const partner = partners[given[place] ?? -1];
    const shown = partner ? ` ${style.sign.way} ${drawMarks(partner.match ?? '', style)}` : '';
    const label = `${isHere ? style.sign.here : ' '} ${option.id}  `;
    const lines = hang(label, label.length, drawMarks(option.text, style) + shown, style.width);
    return listed(lines, isHere, style);
  });
  const right = partners.flatMap(({ match = '' }, place) => {
    const isTaken = given.includes(place);
    const isHere = place === at && !isComplete;
    const label = `${isHere ? style.sign.here : ' '} ${place + 1}  `;
    const lines = hang(label, label.length, drawMarks(match, style), style.width);
    // A partner that is taken stands above; its number stays, so that the others keep theirs.
    return lines.map((line) => ({ text: isTaken ? style.faint(line) : line, isHere }));
  });
  return drawAnswering(item, [...left, { text: '', isHere: false }, ...right], note || shortHelp, style);
});
