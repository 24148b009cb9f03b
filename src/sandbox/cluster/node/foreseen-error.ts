type ErrorClass<E extends Error> = abstract new (...details: never[]) => E;

/**
 * A problem that was foreseen, as what it is.
 *
 * @param problem as it was caught
 * @throws what was caught where it is of none of the classes
 */
export function foreseen<E extends Error>(problem: unknown, ...classes: readonly ErrorClass<E>[]): E {
  for (const each of classes) if (problem instanceof each) return problem;
  throw problem;
}
