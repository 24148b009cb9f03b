import type { Cluster } from './cluster.ts';
import type { Happening, Told } from './happening.ts';

/** Budgets of those that have used theirs up, by `uid component host type`. */
const table = 'events/budgets';

/** So many events are told at once, and one more for each such time that passes. */
const burst = 25;
const refillMs = 300_000;

interface Budget {
  readonly left: number;
  readonly at: number;
  /** How often each event happened without being told, by name. */
  readonly untold: Readonly<Record<string, number>>;
}

/**
 * Whether one more event about an object may be told. Somebody who tells too much of one object is not heard,
 * but what was not told is counted when something is told again (k8s.io/client-go/tools/record,
 * `EventSourceObjectSpamFilter`).
 *
 * @param happening what is to be told
 * @param told what was told by the same of the same object
 * @param event the name of the one that happened again; undefined for a new one
 * @returns how often it has happened untold before; undefined when it is not to be told
 */
export function spendBudget(
  cluster: Cluster,
  happening: Happening,
  told: Told,
  event: string | undefined,
): number | undefined {
  const { store, now } = cluster;
  const hasAny = store.index(table, 'uid', uidOf).count(happening.about.metadata.uid ?? '') > 0;
  if (!hasAny && told.times < burst) return 0;
  const key = tellerOf(happening);
  const known = store.read(table, key) as Budget | undefined;
  if (!known && told.times < burst) return 0;
  const before = known ?? firstBudget(told, now);
  const left = Math.min(burst, before.left + (now - before.at) / refillMs);
  const missed = event === undefined ? 0 : (before.untold[event] ?? 0);
  if (left >= 1) {
    const { [event ?? '']: _, ...untold } = before.untold;
    store.write(table, key, { left: left - 1, at: now, untold });
    return missed;
  }
  const untold = event === undefined ? before.untold : { ...before.untold, [event]: missed + 1 };
  store.write(table, key, { left, at: now, untold });
  return undefined;
}

/** The object, who tells of it, and what kind of news. */
function tellerOf({ about, component, host = '', type }: Happening): string {
  const { uid = '', namespace = '', name = '' } = about.metadata;
  return `${uid} ${namespace}/${name} ${component} ${host} ${type}`;
}

function uidOf(_: unknown, key: string): readonly string[] {
  return [key.slice(0, key.indexOf(' '))];
}

/** Forgets the budgets about an object of which nothing is told any more. */
export function forgetBudgets(cluster: Cluster, uid: string): void {
  for (const key of Object.keys(cluster.store.table(table))) {
    if (key.startsWith(`${uid} `)) cluster.store.delete(table, key);
  }
}

function firstBudget({ times, since }: Told, now: number): Budget {
  const first = since === undefined ? now : Math.min(Date.parse(since), now);
  return { left: burst - times + (now - first) / refillMs, at: now, untold: {} };
}
