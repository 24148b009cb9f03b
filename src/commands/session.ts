import { type Content, openContent } from '../content/content.ts';
import { TutorError } from '../errors.ts';
import type { CommonOptions } from '../help.ts';
import type { Io } from '../io.ts';
import { ProgressFile } from '../learner/progress-file.ts';
import { stateDirectory } from '../learner/state-directory.ts';
import { drawWarning } from '../terminal/complaint-view.ts';
import { describeScreen, type Screen } from '../terminal/screen.ts';
import { showToolOutput } from '../terminal/tool-output.ts';

/** What a command works with: the teaching, the learner's progress, a screen. */
export interface Session {
  readonly io: Io;
  readonly content: Content;
  readonly progress: ProgressFile;
  readonly screen: Screen;
  /** Says on standard error what the learner should know although the program goes on. */
  warn(what: string, hint: string): void;
  /** Hands on what a tool of the sandbox prints. */
  writeTool(to: 'stdout' | 'stderr', text: string): void;
  print(lines: readonly string[]): void;
  printJson(value: unknown): void;
}

/** Opens a session; nothing is read until it is asked for. */
export function openSession(io: Io, options: CommonOptions = {}): Session {
  const screen = describeScreen(io, options);
  const warn = (what: string, hint: string): void => {
    const columns = io.stderr.isTTY ? io.stderr.columns : undefined;
    io.stderr.write(drawWarning({ what, hint }, screen, columns));
  };
  const directory = stateDirectory(io);
  return {
    io,
    content: openContent(io.content),
    progress: new ProgressFile(directory, io.now, warn),
    screen,
    warn,
    writeTool: (to, text) => {
      // What is piped on is data, and changed only where that was asked for.
      const isShown = to === 'stderr' || io.stdout.isTTY === true || screen.plain || options.ascii === true;
      io[to].write(isShown ? showToolOutput(text, screen) : text);
    },
    print: (lines) => io.stdout.write(lines.map((line) => `${line}\n`).join('')),
    printJson: (value) => io.stdout.write(`${safeJson(value, 2)}\n`),
  };
}

/**
 * A value as JSON that a terminal shows as it is: what could move the cursor or turn the direction of
 * reading is escaped, which a reader of JSON does not notice.
 */
export function safeJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Demands somebody to answer.
 *
 * @param instead what to type where nobody is
 * @throws TutorError where there is no terminal on both ends
 */
export function demandTerminal(screen: Screen, instead: string): void {
  if (!screen.interactive) throw new TutorError('this needs a terminal to ask questions in', instead);
}
