import type { AwkValue } from './awk-values.ts';

/** What a program of awk remembers from line to line. */
export interface AwkMemory {
  readonly variables: Readonly<Record<string, AwkValue>>;
  readonly arrays: Readonly<Record<string, Readonly<Record<string, AwkValue>>>>;
  readonly line: string;
  /** Rules whose range is open. */
  readonly open?: readonly number[];
}

/** Thrown by `exit`. */
export class AwkExit extends Error {
  override readonly name = 'AwkExit';
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** Thrown by `next`, `break` and `continue`. */
export class AwkJump extends Error {
  readonly word: string;

  constructor(word: string) {
    super(word);
    this.word = word;
  }
}
