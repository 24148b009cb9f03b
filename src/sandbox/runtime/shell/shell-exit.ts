/** Thrown to leave a shell. */
export class ShellExit extends Error {
  override readonly name = 'ShellExit';
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}
