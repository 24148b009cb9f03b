/** The exit codes of the program, and what each says. */
export const exitCode = {
  done: 0,
  /** An honest no: a lab not solved, a quiz not passed, no counterpart. */
  no: 1,
  /** Wrong usage, or a prompt needed where there is no terminal. */
  usage: 2,
  /** Our bug. */
  bug: 70,
  interrupted: 130,
} as const;

/** A failure the learner can do something about: what went wrong, and the way out. */
export class TutorError extends Error {
  override readonly name: string = 'TutorError';
  readonly hint: string;
  readonly code: number;

  /**
   * @param message what went wrong, without a full stop
   * @param hint what to do about it
   */
  constructor(message: string, hint: string, code: number = exitCode.usage) {
    super(message);
    this.hint = hint;
    this.code = code;
  }
}

/** A line that cannot be read, with the place in it that is at fault. */
export class LineError extends TutorError {
  readonly line: string;
  /** Where the fault begins, and how long it is, in characters of the line. */
  readonly at: number;
  readonly length: number;

  constructor(message: string, hint: string, line: string, at: number, length: number) {
    super(message, hint);
    this.line = line;
    this.at = at;
    this.length = length;
  }
}

/** The learner pressed Ctrl-C, or the terminal went away. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
