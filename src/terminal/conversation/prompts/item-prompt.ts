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
import { presented } from '../../../quiz/presentation.ts';
import type { Style } from '../../style.ts';
import { labelled, optionLines } from '../../views/question-view.ts';
import type { Aside } from '../conversation.ts';
import { drawAnswering, listed } from './fitting.ts';
import { digitIndex, type Keypress, typedBy } from './keypress.ts';
import { useKeys } from './keys.ts';

interface Config {
  readonly item: Item;
  readonly canGoBack: boolean;
  readonly seed?: number;
  readonly style: Style;
}

/**
 * The options of a question. Arrows move and Enter answers; a digit or a letter chooses: where only one
 * can be right it answers at once, in `several` it marks, in `order` it takes the next place.
 */
export const itemPrompt = createPrompt<readonly string[] | Aside, Config>((config, done) => {
  const { item, canGoBack, style } = config;
  const options = presented(item, config.seed);
  const [at, setAt] = useState(-1);
  const [picked, setPicked] = useState<readonly number[]>([]);
  const [note, setNote] = useState('');
  const takesMany = item.kind === 'several' || item.kind === 'order';

  const answerWith = (indices: readonly number[]): void =>
    done(indices.flatMap((index) => options[index]?.id ?? []));

  function choose(index: number): void {
    setAt(index);
    setNote('');
    if (!takesMany) answerWith([index]);
    else setPicked(picked.includes(index) ? picked.filter((each) => each !== index) : [...picked, index]);
  }

  function finish(): void {
    if (!takesMany) {
      if (at === -1) setNote('Choose first: with the arrows, a digit or a letter.');
      else answerWith([at]);
    } else if (item.kind === 'order') {
      if (picked.length === options.length) answerWith(picked);
      else setNote(`Put all ${options.length} in order first: press their digits, the first one first.`);
    } else if (picked.length > 0) answerWith([...picked].sort((one, other) => one - other));
    else setNote('Mark one or more first: with space, a digit or a letter.');
  }

  useKeys((event, rl) => {
    rl.clearLine(0);
    const key = event as Keypress;
    const typed = typedBy(key);
    const index = optionIndex(key, options.length);
    if (isUpKey(event)) setAt(at <= 0 ? options.length - 1 : at - 1);
    else if (isDownKey(event)) setAt((at + 1) % options.length);
    else if (isEnterKey(event)) finish();
    else if (isSpaceKey(event) && at !== -1) choose(at);
    else if (isBackspaceKey(event) && takesMany) setPicked(picked.slice(0, -1));
    else if (typed === '?') setNote(keysOf(item, options.length, canGoBack));
    else if (typed === 'q') done('leave');
    else if (typed === 'b' || key.name === 'left') {
      if (canGoBack) done('back');
      else setNote('This is the first step; there is nothing before it.');
    } else if (index !== -1) choose(index);
    else setNote('That key does nothing here; ? shows the keys.');
  });

  const lines = options.flatMap((option, index) => {
    const mark = markOf(item, picked, index);
    const label = `${index === at ? style.sign.here : ' '} ${mark}${index + 1}  `;
    const text = labelled(label, optionLines(item, option, style, style.width - label.length));
    return listed(text, index === at, style);
  });
  return drawAnswering(item, lines, note || shortHelp(item), style);

  function markOf(of: Item, chosen: readonly number[], index: number): string {
    if (of.kind === 'several') return chosen.includes(index) ? `[${style.sign.done}] ` : '[ ] ';
    if (of.kind === 'order') return chosen.includes(index) ? `[${chosen.indexOf(index) + 1}] ` : '[ ] ';
    return '';
  }
});

/** Digits, and letters from `a`: but `b` goes back, so the second option is capital `B` only. */
function optionIndex(key: Keypress, count: number): number {
  const typed = typedBy(key);
  const letter = /^[acdefB-F]$|^A$/.test(typed) ? typed.toLowerCase().charCodeAt(0) - 97 : -1;
  const index = letter === -1 ? digitIndex(key) : letter;
  return index < count ? index : -1;
}

function shortHelp(item: Item): string {
  if (item.kind === 'several') return 'Digits or space mark, Enter answers, ? shows the keys.';
  if (item.kind === 'order') return 'Press the digits in the right order, then Enter. ? shows the keys.';
  return 'A digit answers, or arrows and Enter. ? shows the keys.';
}

function keysOf(item: Item, count: number, canGoBack: boolean): string {
  const last = String.fromCharCode(64 + count);
  const choosing =
    item.kind === 'several' || item.kind === 'order'
      ? `1 to ${count} or A to ${last} pick and unpick, up and down move, space picks, backspace unpicks the last, Enter answers`
      : `1 to ${count} or A to ${last} answer; up and down move, Enter answers`;
  const back = canGoBack ? ', b goes back (so the second option is capital B)' : '';
  return `${choosing}${back}, q leaves, Ctrl-C leaves at once. What you answered is saved.`;
}
