import process from 'node:process';
import { TutorError } from '../../errors.ts';
import { ShellExit } from '../../sandbox/shell/line/control-flow.ts';
import { linesOfScript } from '../../sandbox/shell/line/script-lines.ts';
import { runToEnd } from '../../sandbox/shell/run-to-end.ts';
import { Shell, type Write } from '../../sandbox/shell/shell.ts';
import { showControlsInLines } from '../../terminal/control-characters.ts';
import { readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import { SandboxTools } from './sandbox-tools.ts';
import { placeOf, takeUpWorld, withoutOthers } from './sandbox-world.ts';

/** Somebody who types takes this long from one command to the next, in milliseconds of the world. */
export const typing = 3000;

/**
 * Runs the lines of `-c`, or a script on standard input, against the world that is kept. The exit code is
 * that of the last line that failed, or 0.
 */
export async function runScriptOf(session: Session, options: SandboxOptions): Promise<void> {
  const isPiped = options.command === undefined;
  const text = options.command ?? readScript();
  const tools = new SandboxTools(session);
  await tools.prepare(text);
  let shell: Shell | undefined;
  withoutOthers(placeOf(session, options), () => {
    shell = runLines(session, options, text, isPiped, tools);
  });
  if (shell) await tools.advise(shell);
}

/** @returns the shell that they were run in */
function runLines(
  session: Session,
  options: SandboxOptions,
  text: string,
  isPiped: boolean,
  tools: SandboxTools,
): Shell {
  const kept = takeUpWorld(session, options);
  const write = scriptWriter(session);
  const shell: Shell = new Shell(
    kept.sandbox,
    write,
    kept.history,
    tools.programs(() => shell),
  );
  // What is piped in is the script itself, unless the lines stand on the command line.
  const input = (): string => (isPiped ? '' : readScript());
  let failed = 0;
  try {
    for (const [place, line] of linesOfScript(text).entries()) {
      if (place > 0 || !kept.isNew) shell.advance(typing);
      const code = runToEnd(shell.run(line), shell, { write, input });
      if (code !== 0) failed = code;
    }
  } catch (error) {
    if (!(error instanceof ShellExit)) throw error;
    failed = error.code;
  } finally {
    shell.close();
    kept.save(shell.history);
  }
  process.exitCode = failed;
  return shell;
}

/** Writes what a script prints; complaints quote what was given to it, which may hold control characters. */
export function scriptWriter({ writeTool }: Session): Write {
  return (to, out) => writeTool(to, to === 'stderr' ? showControlsInLines(out) : out);
}

/** What is piped in. @throws TutorError when it cannot be read */
export function readScript(): string {
  try {
    return readText(0);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN' || code === 'EOF') return '';
    throw new TutorError(`standard input cannot be read: ${message}`, 'Give the lines through a pipe.');
  }
}
