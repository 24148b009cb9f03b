import type { Store } from '../../store.ts';
import { type ContainerRecord, keyOn, tables } from '../records.ts';

/** On a host other things start in between, such as the workers of a server. */
const hostStep = 8;
/** A host has begun to run other things before. */
const firstHostPid = 1200;
/** In a namespace that containers share, the process that holds it is the first. */
const firstSharedPid = 7;

/** Numbers for processes that a host starts beside those of containers: the given one and those behind it. */
export function takeHostPid(store: Store, host: string): number {
  return count(store, hostCounter(host), firstHostPid, hostStep);
}

/** Hosts are few and count all the time, and a new text is slow to look up. */
const hostCounters = new Map<string, string>();
const mostHosts = 1000;

function hostCounter(host: string): string {
  const known = hostCounters.get(host);
  if (known !== undefined) return known;
  const key = `pid ${host}`;
  if (hostCounters.size >= mostHosts) hostCounters.clear();
  hostCounters.set(host, key);
  return key;
}

/** The key of what counts the processes that a container sees. */
export function pidCounter({ host, id, spec }: ContainerRecord): string {
  if (spec.joinsPidsOf !== undefined) return `pid ${keyOn(host, spec.joinsPidsOf)}`;
  if (spec.pidNamespace !== undefined) return `pid ${spec.pidNamespace}`;
  return spec.sharePids ? `pid ${spec.network}` : `pid ${keyOn(host, id)}`;
}

/** The next number of a process: as its namespace and as the host count. */
export function nextPid(store: Store, container: ContainerRecord): { pid: number; hostPid: number } {
  const { host, spec } = container;
  const namespace = pidCounter(container);
  const first = spec.sharePids && spec.pidNamespace === undefined ? firstSharedPid : 1;
  return {
    pid: count(store, namespace, first),
    hostPid: count(store, hostCounter(host), firstHostPid, hostStep),
  };
}

function count(store: Store, key: string, first: number, step = 1): number {
  const next = (store.read(tables.counters, key) as number | undefined) ?? first;
  store.write(tables.counters, key, next + step);
  return next;
}

/** Has the next process of a namespace get a number from `next` on, as when a server has started others. */
export function skipPids(store: Store, container: ContainerRecord, next: number): void {
  const namespace = pidCounter(container);
  const now = store.read(tables.counters, namespace) as number | undefined;
  if (now === undefined || now < next) store.write(tables.counters, namespace, next);
}
