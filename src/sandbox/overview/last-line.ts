import type { Store } from '../store.ts';
import type { World } from '../world.ts';

/** The last line of the learner's that changed something, and where the world stood before it. */
export interface LastLine {
  readonly text: string;
  /** When it was typed, in milliseconds since 1970. */
  readonly at: number;
  /** The world's revision before it. */
  readonly revision: number;
  /** The number of the Docker Engine's next event before it. */
  readonly engineEvent: number;
}

const table = 'shell/last-line';
const entry = 'line';

/** What is known of it. */
export function lastLine(store: Store): LastLine | undefined {
  return store.read(table, entry) as LastLine | undefined;
}

/**
 * Remembers a line that has changed something.
 *
 * @param before the world as it was before it
 */
export function keepLastLine(store: Store, text: string, before: World): void {
  const engineEvent = (before.tables['docker/event-counter']?.next as number | undefined) ?? 0;
  const line: LastLine = { text, at: before.now, revision: before.revision, engineEvent };
  store.write(table, entry, line);
}

/** Forgets it: what has been done was not done by the learner. */
export function forgetLastLine(store: Store): void {
  store.delete(table, entry);
}

/** Requests that do something and leave everything as it was. */
const passing = /\/(exec|attach|portforward|proxy|wait|resize|start|json)$|(reviews|\/auth|\/token)$/;

/** Whether a request to the API server or to the Docker Engine asks for something to be another way. */
export function asksForChange({
  method,
  path,
  query,
}: {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
}): boolean {
  if (method === 'GET' || method === 'HEAD' || query.dryRun !== undefined) return false;
  return /\/containers\/[^/]+\/start$/.test(path) || !passing.test(path);
}
