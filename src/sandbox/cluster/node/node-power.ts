import type { Store } from '../../store.ts';

const table = 'kubelet/nodes';

/** What is remembered of a node that does not run. */
interface Outage {
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** Whether a node runs. */
export function isNodeUp(store: Store, node: string): boolean {
  return store.read(table, node) === undefined;
}

/** Since when a node does not run, in milliseconds since 1970; undefined for one that runs. */
export function downSince(store: Store, node: string): number | undefined {
  return (store.read(table, node) as Outage | undefined)?.since;
}

/** Remembers that a node runs, or does not. */
export function setNodePower(store: Store, node: string, isUp: boolean): void {
  if (isUp) store.delete(table, node);
  else if (isNodeUp(store, node)) store.write(table, node, { since: store.now } satisfies Outage);
}

/** The table by which controllers hear of it. */
export const nodePowerTable = table;
