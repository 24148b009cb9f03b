import { print, readInput, type Steps, terminal } from '../../effects.ts';

/** Asks before something is done; without an answer it is not (pkg/prompt of compose). */
export function* confirmed(question: string): Steps<boolean> {
  const { isTerminal } = yield* terminal();
  yield* print(isTerminal ? `? ${question} (y/N) ` : question);
  const [answer = ''] = (yield* readInput()).split('\n');
  return /^(y|yes|t|true|1)$/i.test(answer.trim());
}
