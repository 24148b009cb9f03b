import type { Effect, Steps } from './effects.ts';
import { Kill, Signal } from './signals.ts';

/** What becomes of an effect: steps that lead to what is heard, or that at once. */
export type Answer = (effect: Effect) => Steps<unknown> | { readonly heard: unknown };

/** Steps that go on although they are killed have so many pauses. */
const mostPauses = 60;

/**
 * Runs steps with somebody between them and whoever answers. A signal that arrives meanwhile goes to them.
 *
 * @param answer what is done with each effect, and what the steps hear
 */
export function* through<T>(steps: Steps<T>, answer: Answer): Steps<T> {
  return yield* onFrom(steps.next(), steps, answer);
}

/** Sends a signal to steps, and runs them up to their end, which may take time. */
export function* struck(steps: Steps<unknown>, signal: Signal, answer: Answer): Steps<void> {
  try {
    yield* onFrom(steps.throw(signal), steps, answer);
  } catch (error) {
    if (!(error instanceof Signal)) throw error;
  }
}

/** Ends steps at once: what they have opened is closed, and no time passes any more. */
export function* killed(steps: Steps<unknown>, answer: Answer): Steps<void> {
  const kill = new Kill();
  try {
    let last = steps.throw(kill);
    for (let pauses = 0; !last.done; ) {
      if (last.value.kind !== 'pause') last = steps.next(yield* given(answer(last.value)));
      else if (++pauses > mostPauses) return;
      else last = steps.throw(kill);
    }
  } catch (error) {
    if (!(error instanceof Signal)) throw error;
  }
}

function* onFrom<T>(first: IteratorResult<Effect, T>, steps: Steps<T>, answer: Answer): Steps<T> {
  let next = first;
  while (!next.done) {
    let heard: unknown;
    try {
      heard = yield* given(answer(next.value));
    } catch (error) {
      next = steps.throw(error);
      continue;
    }
    next = steps.next(heard);
  }
  return next.value;
}

function* given(answer: ReturnType<Answer>): Steps<unknown> {
  return 'heard' in answer ? answer.heard : yield* answer;
}

/** Hands an effect on. */
export function* asked(effect: Effect): Steps<unknown> {
  return yield effect;
}
