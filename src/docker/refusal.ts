/**
 * A line, or a value in it, that the docker client refuses. Nothing else is thrown by this folder, whatever
 * it is given.
 */
export class DockerRefusal extends Error {
  override readonly name = 'DockerRefusal';
  /** What to do about it; a sentence. */
  readonly hint: string;
  /** Where in the line the word at fault begins; 0 for a value that was not read from a line. */
  readonly position: number;

  /**
   * @param message what the client says, without a full stop
   * @param hint what to do about it
   */
  constructor(message: string, hint: string, position = 0) {
    super(message);
    this.hint = hint;
    this.position = position;
  }
}

/** Runs a parser of values, and says of its refusals where in the line the value stands. */
export function atPosition<Value>(position: number, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof DockerRefusal)) throw error;
    throw new DockerRefusal(error.message, error.hint, position);
  }
}
