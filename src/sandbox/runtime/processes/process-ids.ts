import type { Store } from '../../store.ts';
import { type ContainerRecord, keyOn, tables } from '../records.ts';

/** On a host other things start in between, such as the workers of a server. */
const hostStep = 8;
/** A host has begun to run other things before. */
const firstHostPid = 1200;
/** In a namespace that containers share, the process that holds it is the first. */
const firstSharedPid = 7;

/** The next number of a process: as its namespace and as the host count. */
export function nextPid(store: Store, { host, id, spec }: ContainerRecord): { pid: number; hostPid: number } {
  const namespace = spec.sharePids ? `pid ${spec.network}` : `pid ${keyOn(host, id)}`;
  if (lastHost.host !== host) lastHost = { host, key: `pid ${host}` };
  return {
    pid: count(store, namespace, spec.sharePids ? firstSharedPid : 1),
    hostPid: count(store, lastHost.key, firstHostPid, hostStep),
  };
}

/** The host that counted last. */
let lastHost = { host: '', key: 'pid ' };

function count(store: Store, key: string, first: number, step = 1): number {
  const next = (store.read(tables.counters, key) as number | undefined) ?? first;
  store.write(tables.counters, key, next + step);
  return next;
}

/** Has the next process of a namespace get a number from `next` on, as when a server has started others. */
export function skipPids(store: Store, { host, id, spec }: ContainerRecord, next: number): void {
  const namespace = spec.sharePids ? `pid ${spec.network}` : `pid ${keyOn(host, id)}`;
  const now = (store.read(tables.counters, namespace) as number | undefined) ?? 0;
  if (now < next) store.write(tables.counters, namespace, next);
}
