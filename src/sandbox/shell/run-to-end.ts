import type { Steps } from '../effects.ts';
import { Drive, type DrivenWorld } from './drive.ts';

/** A world in which time passes as quickly as it can be computed. */
export interface RunWorld extends DrivenWorld {
  /** Lets time pass up to the next moment at which something happens, and at most so long. */
  passTime(atMost: number): void;
}

/** Where a command reads and writes that nobody sits at. */
export interface RunStreams {
  readonly write: (to: 'stdout' | 'stderr', text: string) => void;
  /** Everything that is piped in. */
  readonly input: () => string;
}

/** Nobody can press Ctrl-C: a command that watches or follows is ended after so much time of the world. */
export const longestRun = 10 * 60_000;

/** So long a command may take after Ctrl-C where nobody can press it again. */
export const longestEnd = 30_000;

const endedSaying = `! ended after ${longestRun / 60_000} minutes of the world's time, since nobody here can press Ctrl-C\n`;

/** As `timeout` of coreutils says that it ended a command. */
const timeoutCode = 124;

/**
 * Runs steps to their end, with time passing as they wait.
 *
 * @returns the exit code; 124 where it had to be ended
 */
export function runToEnd(steps: Steps<number>, world: RunWorld, { write, input }: RunStreams): number {
  const drive = new Drive(steps, world, write);
  let deadline = world.now + longestRun;
  let isInterrupted = false;
  let waiting = drive.resume();
  for (;;) {
    let answer: unknown;
    switch (waiting.kind) {
      case 'done':
        if (!isInterrupted) return waiting.code;
        write('stderr', endedSaying);
        return timeoutCode;
      case 'pause':
        if (world.now < deadline) world.passTime(Math.min(waiting.atMost, deadline - world.now));
        else if (isInterrupted) {
          drive.end();
          write('stderr', endedSaying);
          return timeoutCode;
        } else {
          isInterrupted = true;
          deadline = world.now + longestEnd;
          waiting = drive.interrupt();
          continue;
        }
        break;
      case 'read-input':
        answer = input();
        break;
      case 'take-input':
        answer = { text: input(), ended: true };
        break;
      case 'terminal':
        answer = { isTerminal: false };
        break;
      case 'edit':
        // There is nobody to edit it.
        break;
    }
    waiting = drive.resume(answer);
  }
}
