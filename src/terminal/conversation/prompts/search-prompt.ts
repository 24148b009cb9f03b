import { createPrompt, isDownKey, isEnterKey, isUpKey, useState } from '@inquirer/core';
import { indented } from '../../prose.ts';
import type { Style } from '../../style.ts';
import { wrap } from '../../wrap.ts';
import type { Search } from '../conversation.ts';
import type { Keypress } from './keypress.ts';
import { useKeys } from './keys.ts';

/** A search as one types: the matches stand below, arrows and pages move, Enter opens, Escape leaves. */
export const searchPrompt = createPrompt<string | undefined, { search: Search; style: Style }>(
  (config, done) => {
    const { search, style } = config;
    const [words, setWords] = useState('');
    const [at, setAt] = useState(0);
    const found = search.find(words);
    const last = Math.max(0, found.length - 1);
    const keys = `${found.length} of ${search.count} - up, down, page up, page down - Enter opens - Esc leaves`;
    const help = wrap(style.faint(keys), style.width);
    const room = Math.max(3, style.screen.rows - 4 - help.length);

    useKeys((event, rl) => {
      const key = event as Keypress;
      if (isEnterKey(event)) {
        const entry = found[at];
        if (entry) done(entry.value);
        // Inquirer takes the line away at Enter; what was typed is to stay.
        else rl.write(words);
      } else if (key.name === 'escape') done(undefined);
      else if (isUpKey(event)) setAt(Math.max(0, at - 1));
      else if (isDownKey(event)) setAt(Math.min(last, at + 1));
      else if (key.name === 'pageup') setAt(Math.max(0, at - room));
      else if (key.name === 'pagedown') setAt(Math.min(last, at + room));
      else if (rl.line !== words) {
        setWords(rl.line);
        setAt(0);
      }
    });

    const first = Math.max(0, Math.min(at - Math.floor(room / 2), found.length - room));
    const lines = found.slice(first, first + room).map((entry, place) => {
      const isHere = first + place === at;
      const line = `${isHere ? style.sign.here : ' '} ${firstLine(entry.text, style)}`;
      return isHere ? style.typed(line) : line;
    });
    const below = lines.length > 0 ? lines : [style.faint('Nothing fits. Try other words.')];
    return [
      `  ${style.strong(`${search.label}:`)} ${words}`,
      indented(['', ...below, '', ...help]).join('\n'),
    ];
  },
);

/** What of a text fits on one line, with a mark where something is left out. */
function firstLine(text: string, style: Style): string {
  const width = style.width - 2;
  const [first = '', ...rest] = wrap(text, width);
  return rest.length === 0 ? first : `${wrap(text, width - 2)[0]}${style.text(' …')}`;
}
