import { now, pause, type Steps } from '../../effects.ts';

/** Lets so much time pass, whatever happens meanwhile. */
export function* letPass(milliseconds: number): Steps<void> {
  const end = (yield* now()) + milliseconds;
  for (let left = milliseconds; left > 0; left = end - (yield* now())) yield* pause(left);
}
