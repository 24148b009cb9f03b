import { complain, pause, print, type Steps, takeInput, terminal } from '../../effects.ts';
import type { OutputStream } from '../../host/engine/request.ts';
import { Interrupt } from '../../signals.ts';
import { throwUnless } from '../../thrown.ts';
import { CommandFailure } from '../failures.ts';

/** What is handed on between the learner and a process. */
export interface Talk {
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  /** Keys that end the talk while the process goes on, as characters; only a terminal looks for them. */
  readonly detachKeys?: string | undefined;
  /**
   * What Ctrl-C does; with a terminal it is typed into the process instead. When it says that the process has
   * been told, its end is waited for.
   */
  readonly interrupted?: () => Steps<boolean>;
}

/** How a talk ended: the process closed its output, or the learner left it. */
export type TalkEnd = 'ended' | 'detached';

/** Longer than anything that is waited for. */
const hour = 3_600_000;

/** So often Ctrl-C ends the client whatever the process does (forceExitAfter3TerminationSignals of docker/cli). */
const mostSignals = 3;

/** ctrl-p, ctrl-q. */
const usualDetachKeys = '\x10\x11';

/**
 * Hands on what is typed and what is written until the process ends or the learner leaves it.
 *
 * @throws Interrupt, CommandFailure where the learner had enough of waiting
 */
export function* talk(stream: OutputStream, given: Talk): Steps<TalkEnd> {
  const input = { isOpen: given.stdin };
  let signals = 0;
  try {
    for (;;) {
      try {
        const end = yield* goOn(stream, given, input);
        if (end) return end;
      } catch (error) {
        throwUnless(error, Interrupt);
        if (given.tty) stream.write('\x03');
        if (++signals === mostSignals)
          throw new CommandFailure(`\ngot ${mostSignals} SIGTERM/SIGINTs, forcefully exiting`);
        const isTold = !given.tty && given.interrupted !== undefined && (yield* given.interrupted());
        yield* show(stream, given);
        if (!isTold) throw error;
      }
    }
  } finally {
    stream.close();
  }
}

/** Hands on what there is, and waits for more. @returns how the talk ended, once it did */
function* goOn(stream: OutputStream, given: Talk, input: { isOpen: boolean }): Steps<TalkEnd | undefined> {
  const { tty, detachKeys = usualDetachKeys } = given;
  if (input.isOpen) {
    const { text, ended } = yield* takeInput(tty ? 'keys' : 'lines');
    const leave = tty ? text.indexOf(detachKeys) : -1;
    const typed = leave < 0 ? text : text.slice(0, leave);
    if (typed !== '') stream.write(typed);
    if (leave >= 0) return 'detached';
    if (ended) {
      stream.closeInput();
      input.isOpen = false;
    }
  }
  // Whether it has ended is asked first: what it wrote last then comes with it.
  const isOver = stream.ended;
  yield* show(stream, given);
  if (isOver) return 'ended';
  // What is read may be the last there is.
  if (!stream.ended) yield* pause(hour);
  return undefined;
}

/** Prints what a process has written since the last time. */
export function* show(
  stream: OutputStream,
  { tty, stdout = true, stderr = true }: Pick<Talk, 'tty' | 'stdout' | 'stderr'>,
): Steps<void> {
  for (const piece of stream.next()) {
    if (piece.stream === 'stdout' || tty) {
      if (stdout || tty) yield* print(piece.text);
    } else if (stderr) yield* complain(piece.text);
  }
}

/**
 * Refuses a terminal for a process where there is none to give (cli/streams/in.go of docker/cli).
 *
 * @throws CommandFailure
 */
export function* demandTerminal(wantsInput: boolean, wantsTerminal: boolean): Steps<void> {
  if (!wantsInput || !wantsTerminal || (yield* hasInputTerminal())) return;
  throw new CommandFailure('cannot attach stdin to a TTY-enabled container because stdin is not a terminal');
}

function* hasInputTerminal(): Steps<boolean> {
  const { isTerminal, isInputTerminal } = yield* terminal();
  return isInputTerminal ?? isTerminal;
}

/** Keys as `--detach-keys` writes them, such as `ctrl-x,q`, as characters; undefined for none. */
export function keysOf(text: string): string | undefined {
  if (text === '') return undefined;
  return text
    .split(',')
    .map((key) => {
      const control = /^ctrl-(.)$/i.exec(key)?.[1];
      return control === undefined ? key : String.fromCharCode(control.toUpperCase().charCodeAt(0) & 31);
    })
    .join('');
}
