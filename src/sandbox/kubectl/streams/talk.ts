import type { ProcessStream } from '../../cluster/api/request.ts';
import { complain, pause, print, type Steps, takeInput, terminal } from '../../effects.ts';
import { BareFailure, CommandFailure } from '../failures.ts';

/** How somebody talks to a process. */
export interface Talk {
  readonly stdin: boolean;
  readonly tty: boolean;
}

/** Longer than anything that is waited for. */
const hour = 3_600_000;

/**
 * Hands on what is typed and what is written until the process ends.
 *
 * @returns its exit code
 * @throws CommandFailure when it never started
 */
export function* talk(stream: ProcessStream, { stdin, tty }: Talk): Steps<number> {
  let isOpen = stdin;
  try {
    for (;;) {
      if (isOpen) {
        const { text, ended } = yield* takeInput(tty ? 'keys' : 'lines');
        if (text !== '') stream.write(text);
        if (ended) {
          stream.closeInput();
          isOpen = false;
        }
      }
      // Whether it has ended is asked first: what it wrote last then comes with it.
      const { exitCode } = stream;
      for (const line of stream.next()) {
        if (line.stream === 'stdout' || tty) yield* print(line.text);
        else yield* complain(line.text);
      }
      if (stream.problem !== undefined) throw new CommandFailure(stream.problem);
      if (exitCode !== undefined) return exitCode;
      yield* pause(hour);
    }
  } finally {
    stream.close();
  }
}

/** @throws CommandFailure when a command did not end well; kubectl ends with its code */
export function demandSuccess(exitCode: number): void {
  if (exitCode !== 0) throw new BareFailure(`command terminated with exit code ${exitCode}`, exitCode);
}

/** Whether there really is a terminal to give: it is said when there is not. */
export function* ttyGiven(wanted: Talk, isQuiet: boolean): Steps<Talk> {
  if (!wanted.stdin) return { stdin: false, tty: false };
  if (!wanted.tty || (yield* terminal()).isTerminal) return wanted;
  if (!isQuiet) {
    yield* complain('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  }
  return { ...wanted, tty: false };
}
