import { programName } from '../../docker/base-name.ts';
/** Programs whose lines are looked for; the first four take docker's words. */
export type FoundProgram = 'docker' | 'docker-compose' | 'podman' | 'nerdctl' | 'kubectl';

/** A command line found in a text. */
export interface FoundLine {
  /** From the program on, in one line, without what it is piped into or redirected to. */
  readonly text: string;
  /** Where it begins: the number of the line in the text, from 1. */
  readonly line: number;
  readonly program: FoundProgram;
}

/** A piece of shell in a text. */
export interface Piece {
  readonly text: string;
  /** For each line of the piece, its number in the whole text. */
  readonly lines: readonly number[];
  /** Which shell it is for: in PowerShell the backtick escapes, in cmd the circumflex. */
  readonly shell?: 'powershell' | 'cmd';
}

/** Which program a word starts: also with a path before it, `.exe` after it, or a backslash against aliases. */
export function foundProgram(word: string): FoundProgram | undefined {
  if (word.length > 200) return undefined;
  const name = programName(word).toLowerCase();
  switch (name) {
    case 'docker':
    case 'docker-compose':
    case 'podman':
    case 'nerdctl':
    case 'kubectl':
      return name;
    default:
      return undefined;
  }
}
