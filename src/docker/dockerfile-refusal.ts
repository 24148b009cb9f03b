/** A Dockerfile that BuildKit refuses. Reading one throws nothing else, whatever it is given. */
export class DockerfileRefusal extends Error {
  override readonly name = 'DockerfileRefusal';
  /** What to do about it; a sentence. */
  readonly hint: string;
  /** From 1. */
  readonly line: number;

  /**
   * @param message what is wrong, without a full stop
   * @param hint what to do about it
   */
  constructor(message: string, hint: string, line: number) {
    super(message);
    this.hint = hint;
    this.line = line;
  }
}
