/** Where something stands in a compose file; lines and columns from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A compose file that compose refuses. Nothing else is thrown by this folder, whatever it is given.
 */
export class ComposeRefusal extends Error {
  override readonly name = 'ComposeRefusal';
  /** What to do about it; a sentence. */
  readonly hint: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;

  /**
   * @param message what is wrong, without a full stop
   * @param hint what to do about it
   */
  constructor(message: string, hint: string, { file, line, column }: Place) {
    super(message);
    this.hint = hint;
    this.file = file;
    this.line = line;
    this.column = column;
  }
}
