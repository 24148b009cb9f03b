import type { Readable, Writable } from 'node:stream';

/** Where input comes from; `isTTY` as Node's own streams have it. */
export type Input = Readable & {
  readonly isTTY?: boolean;
  /** Of a terminal: whether every key is handed on as it is. */
  setRawMode?(isRaw: boolean): unknown;
};
/** Where output goes; `columns` and `rows` as Node's own streams have them, for a terminal. */
export type Output = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** Everything the program knows of the world around it. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly now: () => Date;
  /** The home directory; may throw where there is none. */
  readonly home: () => string;
  /** The index that the build made of lessons/. */
  readonly content: URL;
}
