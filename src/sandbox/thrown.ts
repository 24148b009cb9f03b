/** A class of errors. */
type Kind<Thrown extends Error> = abstract new (...values: never[]) => Thrown;

/**
 * Narrows what was caught to the kind that is expected there: anything else is a defect of the sandbox, and no
 * answer to a learner.
 *
 * @throws what was caught, as it is, where it is of another kind
 */
export function throwUnless<Thrown extends Error>(
  caught: unknown,
  kind: Kind<Thrown>,
): asserts caught is Thrown {
  if (!(caught instanceof kind)) throw caught;
}

/**
 * The same where a value is wanted: what was thrown, as the kind of error that the caller knows what to do with.
 *
 * @throws what is of another kind, as it is
 */
export function caught<Thrown extends Error>(thrown: unknown, kind: Kind<Thrown>): Thrown {
  throwUnless(thrown, kind);
  return thrown;
}

/**
 * What `act` gives, or what `otherwise` makes of an error of that kind: it may throw another one in its place.
 *
 * @throws any other error, as it is
 */
export function unlessThrown<Thrown extends Error, Value, Other>(
  kind: Kind<Thrown>,
  act: () => Value,
  otherwise: (error: Thrown) => Other,
): Value | Other {
  try {
    return act();
  } catch (error) {
    return otherwise(caught(error, kind));
  }
}
