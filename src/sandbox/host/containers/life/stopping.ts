/** Containers that somebody stops, by their id; a container that has ended is in it only when it failed to start again. */
export const stopTable = 'docker/stopping';

/** What stands in `docker/stopping`. */
export interface Stopping {
  readonly then: 'stop' | 'restart';
  /** When it is killed; undefined when it has been, or is not going to be. */
  readonly killAt?: number;
  /** Why it did not start again. */
  readonly failure?: { readonly status: number; readonly message: string };
}
