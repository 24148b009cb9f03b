/** Why a statement fails, in the words of the server. Code 0 is what the sandbox itself says. */
export class MysqlError extends Error {
  override readonly name = 'MysqlError';
  readonly code: number;
  /** Its SQLSTATE. */
  readonly state: string;

  constructor(code: number, state: string, message: string) {
    super(message);
    this.code = code;
    this.state = state;
  }

  /** What is not there, by its name. */
  static notSimulated(what: string): MysqlError {
    return new MysqlError(0, '', `the sandbox does not simulate ${what}`);
  }
}
