import type { AwkValue } from './awk-values.ts';

/** What a program of awk remembers from line to line. */
export interface AwkMemory {
  readonly variables: Readonly<Record<string, AwkValue>>;
  readonly arrays: Readonly<Record<string, Readonly<Record<string, AwkValue>>>>;
  readonly line: string;
  /** Rules whose range is open. */
  readonly open?: readonly number[];
  /** Files that were written or read: how far, and whether they were begun anew. */
  readonly files?: Readonly<Record<string, number>>;
  /** What `rand` goes on from. */
  readonly seed?: number;
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

/** Thrown by `return`. */
export class AwkReturn extends Error {
  override readonly name = 'AwkReturn';
  readonly value: AwkValue;

  constructor(value: AwkValue) {
    super('return');
    this.value = value;
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

/** What a program does outside of itself. */
export interface AwkWorld {
  readonly isBusybox: boolean;
  readonly now: number;
  readonly env: Readonly<Record<string, string>>;
  print(text: string): void;
  /** @param isFirst whether the file is begun anew */
  write(file: string, text: string, isFirst: boolean): void;
  /** The text of a file; undefined where it cannot be read. */
  read(file: string): string | undefined;
}
