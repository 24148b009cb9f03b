/** How far sed has come with a script: plain data. */
export interface SedMemory {
  readonly number: number;
  readonly pattern: string;
  readonly hold: string;
  /** Whether the last line that came had its end. */
  readonly hasEnd: boolean;
  /** The next command; undefined between two lines. */
  readonly at?: number;
  /** What the next line does to the pattern space. */
  readonly joins: boolean;
  /** Ranges that are open, by the number of their command: the line they end with, where it is known. */
  readonly open: Readonly<Record<string, number>>;
  /** Texts, and files, that are printed when the line is done. */
  readonly behind: readonly { readonly text?: string; readonly file?: string }[];
  /** Whether an `s` did something since the line came or `t` asked. */
  readonly changed: boolean;
  /** Whether what was printed last lacks its end: it gets one when more comes. */
  readonly lacksEnd: boolean;
  /** The code it ends with, once it ends. */
  readonly quits?: number;
}

export const freshMemory: SedMemory = {
  number: 0,
  pattern: '',
  hold: '',
  hasEnd: true,
  joins: false,
  open: {},
  behind: [],
  changed: false,
  lacksEnd: false,
};

/** What the machine does outside of itself. */
export interface SedWorld {
  readonly isSilent: boolean;
  readonly isBusybox: boolean;
  print(text: string): void;
  /** Adds a line to a file that the script names. */
  write(file: string, text: string): void;
  /** The text of a file; empty where it cannot be read. */
  read(file: string): string;
}
