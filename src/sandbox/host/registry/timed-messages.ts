import type { EngineParts } from '../engine/engine-parts.ts';
import type { MessageStream } from '../engine/request.ts';
import { wakeReader } from './stream-clock.ts';

/** A message, and when it comes after the first one, in milliseconds. */
export interface TimedMessage {
  readonly after: number;
  readonly message: unknown;
}

/**
 * Messages that come at their times, and what happens when the last one has come.
 *
 * @param finish does what the messages told of, and gives the last ones; an error is told as one
 */
export function timedMessages(
  { store, simulation }: Pick<EngineParts, 'store' | 'simulation'>,
  messages: readonly TimedMessage[],
  finish: () => readonly unknown[],
): MessageStream {
  const start = store.now;
  let next = 0;
  let isEnded = false;
  const waitForNext = () => {
    const first = messages[next];
    if (first) wakeReader(simulation, start + first.after);
  };
  waitForNext();
  return {
    kind: 'messages',
    next() {
      const due: unknown[] = [];
      if (isEnded) return due;
      for (let each = messages[next]; each && start + each.after <= store.now; each = messages[next]) {
        due.push(each.message);
        next += 1;
      }
      waitForNext();
      if (next < messages.length) return due;
      isEnded = true;
      return [...due, ...finish()];
    },
    get ended() {
      return isEnded;
    },
    close() {
      isEnded = true;
    },
  };
}

/** How the daemon tells of an error when it has told of something else before. */
export function errorMessage(message: string): unknown {
  return { error: message, errorDetail: { message } };
}
