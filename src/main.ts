import { homedir } from 'node:os';
import process from 'node:process';
import { exitCode, Interrupted, LineError, TutorError } from './errors.ts';
import type { Io } from './io.ts';
import { separateLine } from './own-words.ts';
import { createProgram } from './program.ts';

/**
 * Runs the program once.
 *
 * @param argv what was typed after the program's name
 * @returns the exit code; every error has become text on `io.stderr` by then
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    const program = await createProgram(argv, io);
    await program.parseAsync(separateLine(argv), { from: 'user' });
    return exitCode.done;
  } catch (error) {
    return await report(error, argv, io);
  }
}

/** Runs the program on the process it is in. */
export async function main(content: URL): Promise<void> {
  const { env, platform } = process;
  const code = await run(process.argv.slice(2), {
    // Node opens each of the three when it is first looked at, and that takes time.
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return tolerant(process.stdout);
    },
    get stderr() {
      return tolerant(process.stderr);
    },
    env,
    platform,
    content,
    now: () => new Date(),
    home: homedir,
  });
  // A command that ran a script has set its code itself.
  if (code !== exitCode.done || process.exitCode === undefined) process.exitCode = code;
}

/** A reader that has seen enough (`| head`) is no error. */
function tolerant<T extends NodeJS.WriteStream>(stream: T): T {
  if (stream.listenerCount('error') > 0) return stream;
  return stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? exitCode.done : exitCode.bug);
  });
}

async function report(error: unknown, argv: readonly string[], io: Io): Promise<number> {
  if (error instanceof Interrupted) return exitCode.interrupted;
  const [{ drawError }, { describeScreen }] = await Promise.all([
    import('./terminal/complaint-view.ts'),
    import('./terminal/screen.ts'),
  ]);
  const say = (what: string, hint: string, fault?: LineError): void => {
    const own = ownWords(argv);
    const screen = describeScreen(io, { plain: own.includes('--plain'), ascii: own.includes('--ascii') });
    const columns = io.stderr.isTTY ? io.stderr.columns : undefined;
    io.stderr.write(drawError({ what, hint, ...(fault ? { fault } : {}) }, screen, columns));
  };
  if (error instanceof TutorError) {
    say(error.message, error.hint, error instanceof LineError ? error : undefined);
    return error.code;
  }
  if (isCommanderError(error)) {
    if (error.exitCode === 0) return exitCode.done;
    const [what = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
    say(what, suggestion ? suggestion.replace(/^\(|\)$/g, '') : `See ${helpFor(argv)}.`);
    return exitCode.usage;
  }
  const details = error instanceof Error ? error : new Error(String(error));
  say(
    `this is our bug, not yours: ${details.message.slice(0, 500)}`,
    'Run it again with --debug and send us what it prints.',
  );
  if (argv.includes('--debug')) io.stderr.write(`${details.stack}\n`);
  return exitCode.bug;
}

/** The words before a line of docker or kubectl: the options among them are ours. */
function ownWords(argv: readonly string[]): readonly string[] {
  const words = separateLine(argv);
  const end = words.indexOf('--');
  return end === -1 ? words : words.slice(0, end);
}

interface CommanderFailure {
  readonly code: string;
  readonly exitCode: number;
  readonly message: string;
}

function isCommanderError(error: unknown): error is CommanderFailure {
  return (
    error instanceof Error && String((error as Error & { code?: unknown }).code).startsWith('commander.')
  );
}

function helpFor(argv: readonly string[]): string {
  const command = argv.find((word) => !word.startsWith('-'));
  return command && /^[a-z]+$/.test(command)
    ? `k8s-docker-tutor ${command} --help`
    : 'k8s-docker-tutor --help';
}
