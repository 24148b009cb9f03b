import { createPrompt, isDownKey, isEnterKey, isSpaceKey, isUpKey, useState } from '@inquirer/core';
import type { Item } from '../../../quiz/item.ts';
import type { Style } from '../../style.ts';
import { cut } from '../../views/blocks.ts';
import { labelled } from '../../views/question-view.ts';
import type { Aside } from '../conversation.ts';
import { drawAnswering, listed } from './fitting.ts';
import { type Keypress, typedBy } from './keypress.ts';
import { useKeys } from './keys.ts';

interface Config {
  readonly item: Item;
  readonly style: Style;
}

const shortHelp = 'Up and down go to a line, or type its number; Enter answers. ? shows the keys.';
const longHelp =
  'Up and down move, home and end jump, a number goes to its line, Enter answers, q leaves, Ctrl-C leaves at once. What you answered is saved.';

/** The listing of a `mistake`: one goes over its lines, and Enter says that the mistake is here. */
export const linePrompt = createPrompt<readonly string[] | Aside, Config>((config, done) => {
  const { item, style } = config;
  const lines = item.listing?.text.split('\n') ?? [];
  const [at, setAt] = useState(-1);
  const [typedNumber, setTypedNumber] = useState('');
  const [note, setNote] = useState('');

  function move(index: number): void {
    setTypedNumber('');
    setNote('');
    setAt(index);
  }

  function type(digit: string): void {
    const isLine = (text: string): boolean => Number(text) >= 1 && Number(text) <= lines.length;
    const number = isLine(typedNumber + digit) ? typedNumber + digit : digit;
    if (!isLine(number)) return setNote(`There is no line ${number}.`);
    setTypedNumber(number);
    setNote('');
    setAt(Number(number) - 1);
  }

  useKeys((event, rl) => {
    rl.clearLine(0);
    const key = event as Keypress;
    const typed = typedBy(key);
    if (isUpKey(event)) move(at <= 0 ? lines.length - 1 : at - 1);
    else if (isDownKey(event)) move((at + 1) % lines.length);
    else if (key.name === 'home' || key.name === 'pageup') move(0);
    else if (key.name === 'end' || key.name === 'pagedown') move(lines.length - 1);
    else if (isEnterKey(event) || isSpaceKey(event)) {
      if (at === -1) setNote('Go to a line first: with the arrows, or by its number.');
      else done([String(at + 1)]);
    } else if (typed === 'q') done('leave');
    else if (typed === '?') setNote(longHelp);
    else if (/^[0-9]$/.test(typed)) type(typed);
    else setNote('That key does nothing here; ? shows the keys.');
  });

  const width = String(lines.length).length;
  const drawn = lines.flatMap((line, index) => {
    const label = `${index === at ? style.sign.here : ' '} ${String(index + 1).padStart(width)}  `;
    const pieces = labelled(label, cut(style.drawing(line), style.width - label.length));
    return listed(pieces, index === at, style);
  });
  return drawAnswering(item, drawn, note || shortHelp, style);
});
