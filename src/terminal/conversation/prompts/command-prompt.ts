import { createPrompt, isDownKey, isEnterKey, isUpKey, useRef, useState } from '@inquirer/core';
import type { Item } from '../../../quiz/item.ts';
import { indented } from '../../prose.ts';
import type { Style } from '../../style.ts';
import { wrap } from '../../wrap.ts';
import type { Aside } from '../conversation.ts';
import { useKeys } from './keys.ts';

interface Config {
  readonly item: Item;
  readonly style: Style;
  readonly history?: readonly string[];
}

const shortHelp = 'Enter answers, up and down bring lines back, q and Enter leave.';

/** The line of a `command`: typed and changed as in a shell, with the lines of this session to go back to. */
export const commandPrompt = createPrompt<readonly string[] | Aside, Config>((config, done) => {
  const { style, history = [] } = config;
  const [line, setLine] = useState('');
  const [note, setNote] = useState('');
  /** Place in the history; at its end stands the line that is being typed. */
  const at = useRef(history.length);
  const draft = useRef('');

  useKeys((event, rl) => {
    if (isEnterKey(event)) {
      const typed = line.trim();
      if (typed === 'q') done('leave');
      else if (typed !== '') done([typed]);
      else setNote('Type a command line first.');
    } else if (isUpKey(event) || isDownKey(event)) {
      if (at.current === history.length) draft.current = line;
      at.current = Math.max(0, Math.min(history.length, at.current + (isUpKey(event) ? -1 : 1)));
      const shown = history[at.current] ?? draft.current;
      rl.clearLine(0);
      rl.write(shown);
      setLine(shown);
    } else {
      setLine(rl.line);
      setNote('');
    }
  });

  const help = wrap(style.faint(note || shortHelp), style.width);
  return [`  ${style.strong('$')} ${line}`, indented(['', ...help]).join('\n')];
});
