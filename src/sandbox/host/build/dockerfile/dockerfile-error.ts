/** The first and the last line of a part of a Dockerfile, from 1. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** What BuildKit refuses about a Dockerfile, in its words, and the lines it shows of it. */
export class DockerfileError extends Error {
  override readonly name = 'DockerfileError';
  /** The parts that are shown, each in a listing of its own; none where it knows no place. */
  readonly locations: readonly LineRange[];

  constructor(message: string, locations: readonly LineRange[] = []) {
    super(message);
    this.locations = locations;
  }

  /** The same with a place, when it has none. */
  at(location: LineRange): DockerfileError {
    return this.locations.length > 0 ? this : new DockerfileError(this.message, [location]);
  }
}

/**
 * Runs something that knows no lines; what it throws gets them.
 *
 * @throws DockerfileError
 */
export function located<T>(location: LineRange, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof DockerfileError) throw error.at(location);
    throw error;
  }
}
