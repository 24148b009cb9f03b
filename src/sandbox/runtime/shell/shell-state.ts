import type { Descriptors } from '../records.ts';

/** A loop that a shell is in. */
export interface LoopState {
  readonly next: number;
  readonly end: number;
  /** What `for` still has to go through. */
  readonly items?: readonly string[];
  /** How many redirections were in force when it began. */
  readonly saved: number;
}

/** A script, or a part of it that was called, and where the shell stands in it. */
export interface FrameState {
  /** What it runs; the text stands in for its steps. */
  readonly code: string;
  readonly place: number;
  readonly loops: readonly LoopState[];
  readonly kind: 'main' | 'function' | 'source' | 'eval' | 'trap';
  /** What the positional parameters and local variables were outside. */
  readonly args?: readonly string[];
  readonly locals?: Readonly<Record<string, string | null>>;
  /** Whether somebody looks at the code of what was called. */
  readonly checked: boolean;
  /** How many redirections were in force outside. */
  readonly saved: number;
  /** Of a trap: the code that was there before. */
  readonly status?: number;
}

/** What a shell waits for. */
export type Waiting =
  | {
      readonly kind: 'children';
      readonly pids: readonly number[];
      readonly codes: readonly (number | null)[];
      /** The command, for what is said when a signal ends it. */
      readonly command?: string;
      readonly checked: boolean;
    }
  | { readonly kind: 'capture'; readonly pid: number; readonly fd: number; readonly text: string }
  /** The builtin `wait`, which a signal interrupts. */
  | { readonly kind: 'wait'; readonly pids: readonly number[]; readonly status: number }
  /** The builtin `read`. */
  | {
      readonly kind: 'read';
      readonly args: readonly string[];
      /** `IFS` as it was for this command. */
      readonly separators: string;
      readonly text: string;
      readonly until?: number;
    };

/** Everything that a shell is; plain data. */
export interface ShellState {
  /** The innermost first. */
  readonly frames: readonly FrameState[];
  readonly variables: Readonly<Record<string, string>>;
  readonly exported: readonly string[];
  readonly readOnly: readonly string[];
  readonly functions: Readonly<Record<string, { readonly code: string; readonly place: number }>>;
  readonly aliases: Readonly<Record<string, string>>;
  /** `$0`, and what messages begin with. */
  readonly name: string;
  readonly args: readonly string[];
  readonly status: number;
  readonly background: number;
  readonly jobs: readonly number[];
  /** Letters of `set`, and `pipefail`. */
  readonly options: readonly string[];
  readonly traps: Readonly<Record<string, string>>;
  /** Signals that a trap has still to be run for. */
  readonly pending: readonly string[];
  readonly captures: readonly string[];
  /** Descriptors as they were outside of redirections in force. */
  readonly saved: readonly Descriptors[];
  /** Number of the shell that the script began with: `$$`. */
  readonly mainPid: number;
  readonly startedAt: number;
  readonly waiting?: Waiting;
  /** It reads its commands from its input: what was read of one that is not complete. */
  readonly typed?: string;
  /** Whether the builtin that is waited for had redirections of its own. */
  readonly restores: boolean;
  readonly isInteractive: boolean;
  /** Whether it has shown its prompt. */
  readonly isAsked: boolean;
  /** The code it leaves with while the trap EXIT runs. */
  readonly leavesWith?: number;
  readonly positionOfOption: number;
}
