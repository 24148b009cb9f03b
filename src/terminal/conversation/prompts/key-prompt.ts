import { createPrompt, isEnterKey, isSpaceKey, useState } from '@inquirer/core';
import { indented } from '../../prose.ts';
import type { Style } from '../../style.ts';
import { wrap } from '../../wrap.ts';
import type { KeyChoice } from '../conversation.ts';
import { hidden } from './cursor.ts';
import { type Keypress, typedBy } from './keypress.ts';
import { useKeys } from './keys.ts';

/** A pause: waits for one of some keys; `?` lists them. */
export const keyPrompt = createPrompt<
  string,
  { choices: readonly KeyChoice[]; question?: string; style: Style }
>((config, done) => {
  const { choices, question, style } = config;
  const [note, setNote] = useState<'short' | 'all' | 'unknown'>('short');

  useKeys((event, rl) => {
    rl.clearLine(0);
    const key = event as Keypress;
    const typed = typedBy(key);
    const chosen =
      isEnterKey(event) || isSpaceKey(event)
        ? choices[0]
        : choices.find(
            (choice) => choice.keys.includes(typed.toLowerCase()) || choice.keys.includes(key.name ?? ''),
          );
    if (chosen) done(chosen.value);
    else setNote(typed === '?' ? 'all' : 'unknown');
  });

  const above = question === undefined ? [] : indented(wrap(question, style.width));
  return hidden([...above, drawKeys(choices, note, style)].join('\n'));
});

function drawKeys(choices: readonly KeyChoice[], note: 'short' | 'all' | 'unknown', style: Style): string {
  if (note === 'all') {
    const width = Math.max(...choices.map((choice) => choice.shown.length));
    const lines = choices.map((choice) => `${style.typed(choice.shown.padEnd(width))}  ${choice.means}`);
    return indented([
      ...lines,
      `${style.typed('Ctrl-C'.padEnd(width))}  leave at once; what you answered is saved`,
    ]).join('\n');
  }
  const short = choices
    .map((choice) => `${style.typed(choice.shown)} ${choice.means}`)
    .join(style.faint(' - '));
  const line =
    note === 'unknown'
      ? `That key does nothing here. ${short}`
      : `${short}${style.faint(' - ')}${style.typed('?')} keys`;
  return indented(wrap(line, style.width)).join('\n');
}
