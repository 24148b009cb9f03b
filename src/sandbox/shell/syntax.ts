/** A line of the learner's shell, or a whole script: what is run one after another. */
export type Script = readonly Step[];

/** A pipeline, and when it is run. */
export interface Step {
  readonly pipeline: readonly SimpleCommand[];
  /** After the one before: in any case, only when that went well, only when it did not. */
  readonly when: 'always' | 'after-success' | 'after-failure';
  /** Whether a `!` turns its result round. */
  readonly negated: boolean;
  /** Whether the shell goes on without waiting for it. */
  readonly background: boolean;
  /** The line in the script, counted from 1. */
  readonly line: number;
}

export interface SimpleCommand {
  readonly assignments: readonly { readonly name: string; readonly value: Word }[];
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
}

export interface Redirection {
  /** 0 for input, 1 for output, 2 for errors. */
  readonly stream: 0 | 1 | 2;
  readonly kind: 'read' | 'write' | 'append' | 'text' | 'same-as-1' | 'same-as-2';
  /** The file, or for `text` what a here-document holds. */
  readonly target: Word;
}

/** The parts of a word stand one behind another. */
export type Word = readonly WordPart[];

export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly otherwise?: string;
      readonly quoted: boolean;
    }
  | { readonly kind: 'output'; readonly script: string; readonly quoted: boolean };

/** The line is no command; the message is what a shell says. */
export class SyntaxFailure extends Error {
  override readonly name = 'SyntaxFailure';
  readonly line: number;
  /** Whether more lines could make it one: a quote or a here-document is open. */
  readonly isUnfinished: boolean;

  constructor(message: string, line: number, isUnfinished = false) {
    super(message);
    this.line = line;
    this.isUnfinished = isUnfinished;
  }
}
