/** Thrown to end a process in the middle of a step, as a signal does. */
export class ProcessEnd extends Error {
  override readonly name = 'ProcessEnd';
  readonly code: number;

  constructor(code: number) {
    super(`ended with ${code}`);
    this.code = code;
  }
}
