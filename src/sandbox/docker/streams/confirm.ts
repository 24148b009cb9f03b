import { pause, print, type Steps, takeInput } from '../../effects.ts';

/** Longer than anything that is waited for. */
const hour = 3_600_000;

/**
 * Asks whether to go on, and waits for a line (internal/prompt of docker/cli).
 *
 * @returns whether it was `y`
 */
export function* confirm(question: string): Steps<boolean> {
  yield* print(`${question} [y/N] `);
  let typed = '';
  for (;;) {
    const { text, ended } = yield* takeInput();
    typed += text;
    if (typed.includes('\n') || ended) return typed.split('\n')[0]?.trim().toLowerCase() === 'y';
    yield* pause(hour);
  }
}
