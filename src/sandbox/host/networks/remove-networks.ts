import type { Store } from '../../store.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import type { Filters } from '../engine/filters.ts';
import { readTimestamp } from '../engine/timestamps.ts';
import { recordEvent } from '../events.ts';
import { endpointsIn } from './endpoint-record.ts';
import {
  allNetworks,
  findNetwork,
  isPredefined,
  type NetworkRecord,
  networkTable,
} from './network-record.ts';

/** The networks that filters let through. @throws EngineError for a filter that makes no sense */
export function listNetworks(store: Store, filters: Filters): readonly NetworkRecord[] {
  const isDangling = danglingOf(filters);
  const types = filters.get('type');
  for (const type of types) {
    if (type !== 'builtin' && type !== 'custom') {
      throw new EngineError(500, `invalid filter: 'type'='${type}'`);
    }
  }
  const [until] = filters.get('until');
  if (filters.get('until').length > 1) throw new EngineError(400, 'more than one until filter specified');
  const latest = until === undefined ? Number.POSITIVE_INFINITY : readTimestamp(until, store.now);
  return allNetworks(store).filter(
    (network) =>
      filters.isExact('driver', network.driver) &&
      filters.matches('name', network.name) &&
      filters.matches('id', network.id) &&
      filters.hasLabels('label', network.labels) &&
      !(filters.has('label!') && filters.hasLabels('label!', network.labels)) &&
      filters.isExact('scope', 'local') &&
      (isDangling === undefined || isUnused(store, network) === isDangling) &&
      (types.length === 0 || types.includes(isPredefined(network.name) ? 'builtin' : 'custom')) &&
      network.created <= latest,
  );
}

/** Removes a network. @throws EngineError for one of the engine's own, and for one that containers run in */
export function removeNetwork({ store }: EngineParts, term: string): void {
  const network = findNetwork(store, term);
  if (isPredefined(network.name)) {
    throw new EngineError(403, `${network.name} is a pre-defined network and cannot be removed`);
  }
  const active = endpointsIn(store, network.id);
  if (active.length > 0) {
    const list = active.map(
      ({ name, endpointId }) => `name:${JSON.stringify(name)} id:"${endpointId.slice(0, 12)}"`,
    );
    const why = `network ${network.name} has active endpoints (${list.join(', ')})`;
    throw new EngineError(403, `error while removing network: ${why}`);
  }
  forget(store, network);
}

/** Removes the networks that no container runs in. @returns their names; null when there are none */
export function pruneNetworks({ store }: EngineParts, filters: Filters): readonly string[] | null {
  const gone = listNetworks(store, filters).filter((network) => isUnused(store, network));
  for (const network of gone) forget(store, network);
  recordEvent(store, 'network', 'prune', '', { reclaimed: '0' });
  return gone.length > 0 ? gone.map(({ name }) => name) : null;
}

function forget(store: Store, { id, name, driver }: NetworkRecord): void {
  store.delete(networkTable, id);
  recordEvent(store, 'network', 'destroy', id, { name, type: driver });
}

function isUnused(store: Store, { id, name }: NetworkRecord): boolean {
  return !isPredefined(name) && endpointsIn(store, id).length === 0;
}

function danglingOf(filters: Filters): boolean | undefined {
  const [value, ...more] = filters.get('dangling');
  if (value === undefined) return undefined;
  if (more.length > 0) throw new EngineError(400, 'got more than one value for filter key "dangling"');
  if (value === '1' || value === 'true') return true;
  if (value === '0' || value === 'false') return false;
  const allowed = `must be "true" (or "1"), or "false" (or "0")`;
  throw new EngineError(400, `invalid value for filter 'dangling', ${allowed}`);
}
