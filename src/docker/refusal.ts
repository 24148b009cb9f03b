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

/** Runs a parser of values, and throws in place of its refusals what `reword` makes of them. */
export function reworded<Value>(parse: () => Value, reword: (refusal: DockerRefusal) => Error): Value {
  try {
    return parse();
  } catch (error) {
    throw error instanceof DockerRefusal ? reword(error) : error;
  }
}

/** What a parser of values reads, or what `otherwise` makes of its refusal. */
export function unlessRefused<Value, Other>(
  parse: () => Value,
  otherwise: (refusal: DockerRefusal) => Other,
): Value | Other {
  try {
    return parse();
  } catch (error) {
    if (error instanceof DockerRefusal) return otherwise(error);
    throw error;
  }
}

/** Runs a parser of values, and says of its refusals where in the line the value stands. */
export function atPosition<Value>(position: number, parse: () => Value): Value {
  return reworded(parse, ({ message, hint }) => new DockerRefusal(message, hint, position));
}
