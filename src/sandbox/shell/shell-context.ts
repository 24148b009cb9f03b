import type { Steps } from '../effects.ts';
import type { ProcessFiles } from '../runtime/files/process-files.ts';
import type { Command } from '../runtime/shell/syntax.ts';
import type { Aliases } from './line/aliases.ts';
import type { InputBuffer } from './line/input-buffer.ts';

/** Where commands run: their variables, and the programs there are. */
export interface ShellContext {
  variables(): Readonly<Record<string, string>>;
  setVariable(name: string, value: string): void;
  unsetVariable(name: string): void;
  /** What a part that runs on its own has on its own: variables, the folder, arguments, options. */
  own: OwnState;
  /** The learner's files, for `[[ … ]]`. */
  files(): ProcessFiles;
  /** @returns undefined when there is no such program */
  program(name: string): Program | undefined;
  /** Names of the commands there are, sorted. */
  commands(): readonly string[];
  /** Names in a folder; undefined when it is none. */
  list(folder: string): readonly string[] | undefined;
  /** Has steps go on while the shell does something else. @returns the number of their process */
  startJob(steps: Steps<number>, text: string): number;
  /** The number of the shell's own process. */
  readonly pid: number;
  /** The process that was started last with `&`, if there was one. */
  background: number | undefined;
  /** A whole number that is at least 0 and below `limit`. */
  random(limit: number): number;
  readonly functions: Map<string, Command>;
  readonly aliases: Aliases;
  /** Letters of `set`, and `pipefail`. */
  readonly options: ReadonlySet<string>;
  readonly args: readonly string[];
  /** `$0`: what it was called by. */
  readonly name: string;
  /** The exit code of the command before. */
  status: number;
  /** Code of the last `$(…)` in a command, which is that of an assignment. */
  substituted: number;
}

/** What a subshell may change without the shell around it changing. */
export interface OwnState {
  readonly variables: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly args: readonly string[];
  readonly name: string;
  readonly options: ReadonlySet<string>;
}

/** @param words the first is the name it was called by. @returns the exit code */
export type Program = (words: readonly string[]) => Steps<number>;

/** What a command is surrounded by. */
export interface Place {
  readonly input: InputBuffer;
  /** Whether somebody looks at the code of what is run, so that `set -e` does not. */
  readonly isChecked: boolean;
  /** How many loops it stands in: those that `break` can leave. */
  readonly loops: number;
  /** Whether there is a function or a file that is read in for `return` to leave. */
  readonly returns: boolean;
  /** In a function: what its `local` variables were before it, undefined where they were not set. */
  readonly locals?: Map<string, string | undefined>;
}

/** Words of the shell itself. @param words the word itself first */
export type Builtins = Readonly<Record<string, (words: readonly string[], place: Place) => Steps<number>>>;

/** What nothing stands around. @param isChecked whether the code of what is run is looked at */
export function outermost(input: InputBuffer, isChecked = false): Place {
  return { input, isChecked, loops: 0, returns: false };
}
