import { type Steps, terminal } from '../../effects.ts';

/** Whether progress can be drawn over what was printed: on a terminal, unless it is read line by line. */
export function* canRedraw(): Steps<boolean> {
  const { isTerminal, isLinear = false } = yield* terminal();
  return isTerminal && !isLinear;
}
