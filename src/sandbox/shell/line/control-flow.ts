/** Ends the shell. */
export class ShellExit extends Error {
  override readonly name = 'ShellExit';
  readonly code: number;

  constructor(code: number) {
    super('exit');
    this.code = code;
  }
}

/** A line cannot go on; why has been said. */
export class LineGivenUp extends Error {
  override readonly name = 'LineGivenUp';
  readonly code: number;

  constructor(code: number) {
    super('given up');
    this.code = code;
  }
}

/** `break` and `continue`. */
export class BreakLoop extends Error {
  override readonly name = 'BreakLoop';
  readonly way: 'break' | 'continue';
  readonly levels: number;
  /** What the loop ends with. */
  readonly code: number;

  constructor(way: 'break' | 'continue', levels: number, code = 0) {
    super(way);
    this.way = way;
    this.levels = levels;
    this.code = code;
  }
}

/** `return` from a function. */
export class FunctionReturn extends Error {
  override readonly name = 'FunctionReturn';
  readonly code: number;

  constructor(code: number) {
    super('return');
    this.code = code;
  }
}
