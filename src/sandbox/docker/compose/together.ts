import type { Effect, Steps } from '../../effects.ts';
import { pause } from '../../effects.ts';
import { Interrupt } from '../../signals.ts';
import { asked, killed, struck } from '../../through.ts';

interface Task<T> {
  readonly steps: Steps<T>;
  isOver: boolean;
  result?: T;
  /** How long it is content to wait. */
  patience: number;
}

/**
 * Runs steps at the same time, as compose runs what it may in parallel: while one of them waits the others go
 * on, and time passes where all wait.
 *
 * @returns what they return, in their order
 * @throws what the first of them throws that fails; the others are ended then
 */
export function* together<T>(all: readonly Steps<T>[]): Steps<readonly T[]> {
  const tasks = all.map((steps): Task<T> => ({ steps, isOver: false, patience: 0 }));
  try {
    for (;;) {
      let hasEnded = false;
      for (const task of tasks) {
        if (task.isOver) continue;
        yield* untilItWaits(task);
        hasEnded ||= task.isOver;
      }
      const waiting = tasks.filter(({ isOver }) => !isOver);
      if (waiting.length === 0) return tasks.map(({ result }) => result as T);
      // The end of one may be what another waits for.
      if (!hasEnded) yield* pause(Math.min(...waiting.map(({ patience }) => patience)));
    }
  } catch (error) {
    for (const { steps, isOver } of tasks) {
      if (isOver) continue;
      yield* error instanceof Interrupt ? struck(steps, error, asked) : killed(steps, asked);
    }
    throw error;
  }
}

function* untilItWaits<T>(task: Task<T>): Steps<void> {
  let answer: unknown;
  for (;;) {
    const { done, value } = task.steps.next(answer);
    if (done) {
      task.isOver = true;
      task.result = value;
      return;
    }
    if (value.kind === 'pause') {
      task.patience = value.atMost;
      return;
    }
    answer = yield value as Effect;
  }
}
