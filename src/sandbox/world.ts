/** A table of the world: what it keeps, by key. */
export type Table = Readonly<Record<string, unknown>>;

/**
 * The simulated world: a plain value that JSON can hold. Everything that is in it stands in a table; time
 * and chance stand beside them, so that the same steps from the same world always lead to the same world.
 *
 * Tables of the cluster's API are named as its resources are (`pods`, `deployments.apps`), keyed by
 * `namespace/name`, or `/name` for what has no namespace. Those of the machinery below have a folder:
 * `runtime/containers`, `timers/…`.
 */
export interface World {
  readonly version: 1;
  /** Milliseconds since 1970, in the world's own time. */
  readonly now: number;
  /** State of the generator of chance. */
  readonly random: number;
  /** Counts the changes of the API's objects; the last one's `resourceVersion`. */
  readonly revision: number;
  readonly tables: Readonly<Record<string, Table>>;
}

/**
 * A world in which nothing is yet.
 *
 * @param now when it begins, in milliseconds since 1970
 * @param seed two worlds with the same seed and the same steps are the same
 */
export function emptyWorld(now: number, seed: number): World {
  return { version: 1, now, random: seed >>> 0, revision: 0, tables: {} };
}
