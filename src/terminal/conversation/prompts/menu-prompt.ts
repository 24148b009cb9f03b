import { createPrompt, isDownKey, isEnterKey, isSpaceKey, isUpKey, useState } from '@inquirer/core';
import { indented } from '../../prose.ts';
import type { Style } from '../../style.ts';
import { wrap } from '../../wrap.ts';
import type { Menu, MenuEntry } from '../conversation.ts';
import { hidden } from './cursor.ts';
import { fitting, type ListLine } from './fitting.ts';
import { type Keypress, typedBy } from './keypress.ts';
import { useKeys } from './keys.ts';

/** A list to choose from: arrows, pages or a typed number move, Enter opens, `q` leaves. */
export const menuPrompt = createPrompt<string | undefined, { menu: Menu; style: Style }>((config, done) => {
  const { menu, style } = config;
  const { entries } = menu;
  const labels = entries.map((entry, index) => entry.label ?? String(index + 1));
  const [at, setAt] = useState(
    Math.max(
      0,
      entries.findIndex((entry) => entry.value === menu.start),
    ),
  );
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const page = Math.max(1, style.screen.rows - 5);

  function type(char: string): void {
    // "1" may be the first entry or the beginning of "12": the number grows while it names something.
    const longer = labels.indexOf(typed + char);
    const index = longer === -1 ? labels.indexOf(char) : longer;
    if (index === -1) return setNote(`There is no ${char} here.`);
    setTyped(longer === -1 ? char : typed + char);
    setAt(index);
    setNote('');
  }

  useKeys((event, rl) => {
    rl.clearLine(0);
    const key = event as Keypress;
    const char = typedBy(key);
    if (isUpKey(event)) move((at - 1 + entries.length) % entries.length);
    else if (isDownKey(event)) move((at + 1) % entries.length);
    else if (key.name === 'home') move(0);
    else if (key.name === 'end') move(entries.length - 1);
    else if (key.name === 'pageup') move(Math.max(0, at - page));
    else if (key.name === 'pagedown') move(Math.min(entries.length - 1, at + page));
    else if (isEnterKey(event) || isSpaceKey(event)) done(entries[at]?.value);
    else if (char === 'q' && menu.leave !== undefined) done(undefined);
    else if (char === '?') setNote(longHelp(menu));
    else if (/^[0-9]$/.test(char)) type(char);
    else setNote('That key does nothing here; ? shows the keys.');
  });

  function move(index: number): void {
    setTyped('');
    setNote('');
    setAt(index);
  }

  const leave = menu.leave === undefined ? '' : ` - q ${menu.leave}`;
  const help = note || `Up, down or a number - Enter opens${leave}`;
  const room = style.screen.rows - 3 - Math.ceil(help.length / style.width);
  const lines = fitting(drawEntries(entries, labels, at, style), room, style);
  return hidden([...lines, '', ...indented(wrap(style.faint(help), style.width))].join('\n'));
});

function longHelp({ leave }: Menu): string {
  const leaves = leave === undefined ? '' : ` q ${leave},`;
  return `Up and down, page up and page down, home, end or a number move, Enter opens,${leaves} Ctrl-C leaves at once.`;
}

function drawEntries(
  entries: readonly MenuEntry[],
  labels: readonly string[],
  at: number,
  style: Style,
): ListLine[] {
  const labelWidth = Math.max(...labels.map((label) => label.length));
  return entries.flatMap((entry, index) => {
    const isHere = index === at;
    const group =
      entry.group !== undefined && entry.group !== entries[index - 1]?.group ? entry.group : undefined;
    const label = `${isHere ? style.sign.here : ' '} ${(labels[index] ?? '').padStart(labelWidth)}  `;
    const [first = '', ...rest] = wrap(entry.text, style.width - label.length);
    const pad = ' '.repeat(label.length);
    return [
      ...(group === undefined
        ? []
        : [
            { text: '', isHere: false },
            { text: indented([style.strong(group)]).join(''), isHere: false },
          ]),
      ...[label + first, ...rest.map((line) => pad + line)].map((line) => ({
        text: indented([isHere ? style.typed(line) : line]).join(''),
        isHere,
      })),
    ];
  });
}
