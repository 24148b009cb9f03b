import { pause, print, type Steps, takeInput, terminal } from '../../effects.ts';

/** Longer than anybody thinks about an answer. */
const hour = 3_600_000;

/** Whether somebody can type. */
export function* hasInputTerminal(): Steps<boolean> {
  const { isTerminal, isInputTerminal } = yield* terminal();
  return isInputTerminal ?? isTerminal;
}

/**
 * Asks a question and waits for a line; an empty one where the input ends.
 *
 * @param isSecret whether it is not shown while it is typed
 */
export function* readLine(question: string, isSecret = false): Steps<string> {
  yield* print(question);
  let typed = '';
  for (;;) {
    const { text, ended } = yield* takeInput(isSecret ? 'hidden' : 'lines');
    typed += text;
    const end = typed.search(/[\r\n]/);
    if (end >= 0) return typed.slice(0, end).trim();
    if (ended) return typed.trim();
    yield* pause(hour);
  }
}
