import type { LineRange } from './dockerfile-error.ts';
import type { Heredoc } from './instruction-line.ts';

/** A name with its value. */
export interface Pair {
  readonly name: string;
  readonly value: string;
  /** Written `ENV NAME value`, as it was long ago. */
  readonly isLegacy: boolean;
}

/** A name that may have a value. */
export interface Argument {
  readonly name: string;
  readonly value: string | undefined;
}

/** COPY and ADD. */
export interface CopyInstruction {
  readonly kind: 'copy' | 'add';
  readonly sources: readonly string[];
  /** Texts of the Dockerfile itself. */
  readonly texts: readonly Heredoc[];
  readonly target: string;
  /** A stage or an image; empty where the context is meant. */
  readonly from: string;
  readonly chown: string;
  readonly chmod: string;
  readonly link: boolean;
  readonly parents: boolean;
  readonly excludes: readonly string[];
  readonly checksum: string;
}

export interface RunInstruction {
  readonly kind: 'run';
  readonly words: readonly string[];
  /** Not in the form of a list: a shell reads it. */
  readonly isShell: boolean;
  readonly heredocs: readonly Heredoc[];
  /** What `--mount` says, as it is written. */
  readonly mounts: readonly string[];
  readonly network: string;
}

export interface ArgInstruction {
  readonly kind: 'arg';
  readonly args: readonly Argument[];
}

/** How containers are asked whether they are well, in milliseconds where it is time. */
export interface HealthInstruction {
  readonly kind: 'healthcheck';
  readonly test: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly startPeriod: number;
  readonly startInterval: number;
  readonly retries: number;
}

/** What an instruction says, each kind in its own way. */
export type InstructionContent =
  | CopyInstruction
  | RunInstruction
  | HealthInstruction
  | { readonly kind: 'env' | 'label'; readonly pairs: readonly Pair[] }
  | ArgInstruction
  | { readonly kind: 'cmd' | 'entrypoint'; readonly words: readonly string[]; readonly isShell: boolean }
  | { readonly kind: 'shell'; readonly words: readonly string[] }
  | { readonly kind: 'expose'; readonly ports: readonly string[] }
  | { readonly kind: 'volume'; readonly paths: readonly string[] }
  | { readonly kind: 'maintainer' | 'onbuild' | 'workdir' | 'user' | 'stopsignal'; readonly text: string };

/** An instruction, and where it stands. */
export interface Instruction {
  readonly content: InstructionContent;
  /** Its first word, as it was typed. */
  readonly command: string;
  /** The whole of it, on one line. */
  readonly source: string;
  readonly location: LineRange;
  readonly comments: readonly string[];
}

/** A stage, from one FROM to the next. */
export interface Stage {
  /** What it begins with, as it is written. */
  readonly base: string;
  /** In small letters; empty when it has none. */
  readonly name: string;
  readonly platform: string;
  readonly command: string;
  readonly source: string;
  readonly location: LineRange;
  readonly comments: readonly string[];
  readonly instructions: readonly Instruction[];
}

/** A Dockerfile that can be built. */
export interface Dockerfile {
  readonly stages: readonly Stage[];
  /** ARG before the first FROM. */
  readonly globals: readonly (Instruction & { readonly content: ArgInstruction })[];
  readonly escape: string;
}
