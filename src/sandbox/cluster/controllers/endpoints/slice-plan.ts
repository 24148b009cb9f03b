import type { Endpoint, EndpointPort, EndpointSlice } from '../../../../kubernetes/api.ts';
import { type Stored, sameValue } from '../../object.ts';

/** As many endpoints stand in one slice (k8s.io/kubernetes/cmd/kube-controller-manager, `max-endpoints-per-slice`). */
const mostInSlice = 100;

type StoredSlice = Stored<EndpointSlice>;

/** What a slice holds; neither is written where it is empty. */
export type SliceContent = Pick<EndpointSlice, 'endpoints' | 'ports'>;

/** What has to be done so that the slices say what is. */
export interface SlicePlan {
  readonly toCreate: readonly SliceContent[];
  readonly toUpdate: readonly (readonly [slice: StoredSlice, content: SliceContent])[];
  readonly toDelete: readonly StoredSlice[];
  readonly unchanged: readonly StoredSlice[];
}

/** Endpoints that have the same ports, by the identifier of their Pods. */
export interface EndpointGroup {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: ReadonlyMap<string, Endpoint>;
}

/**
 * Puts endpoints into slices with as few changes as can be: what stands in a slice stays there, the rest goes
 * where something changes anyway, then into one that has the room, then into new ones
 * (k8s.io/endpointslice, `reconcileByPortMapping`).
 *
 * @param groups by their ports, as JSON
 */
export function fillSlices(
  slices: readonly StoredSlice[],
  groups: ReadonlyMap<string, EndpointGroup>,
): SlicePlan {
  const toCreate: SliceContent[] = [];
  const toUpdate: (readonly [StoredSlice, SliceContent])[] = [];
  const toDelete: StoredSlice[] = [];
  const unchanged: StoredSlice[] = [];
  const byPorts = new Map<string, StoredSlice[]>();
  for (const slice of slices) {
    const id = JSON.stringify(slice.ports ?? []);
    byPorts.set(id, [...(byPorts.get(id) ?? []), slice]);
  }
  for (const [id, group] of groups) {
    const found = fillGroup(byPorts.get(id) ?? [], group);
    toCreate.push(...found.toCreate);
    toUpdate.push(...found.toUpdate);
    toDelete.push(...found.toDelete);
    unchanged.push(...found.unchanged);
    byPorts.delete(id);
  }
  toDelete.push(...[...byPorts.values()].flat());
  if (slices.length === toDelete.length && toCreate.length === 0) keepPlaceholder();
  // A slice that would go may as well be written anew.
  while (toDelete.length > 0 && toCreate.length > 0) {
    toUpdate.push([toDelete.shift() as StoredSlice, toCreate.pop() as SliceContent]);
  }
  return { toCreate, toUpdate, toDelete, unchanged };

  /** A Service without Pods has one slice that is empty. */
  function keepPlaceholder(): void {
    const [only] = toDelete;
    if (toDelete.length === 1 && only && isEmpty(only)) unchanged.push(...toDelete.splice(0));
    else toCreate.push({});
  }
}

function isEmpty({ endpoints = [], ports = [] }: SliceContent): boolean {
  return endpoints.length === 0 && ports.length === 0;
}

function fillGroup(slices: readonly StoredSlice[], { ports, endpoints }: EndpointGroup): SlicePlan {
  const left = new Map(endpoints);
  const changed = new Map<StoredSlice, Endpoint[]>();
  const unchanged = new Set<StoredSlice>();
  const toDelete: StoredSlice[] = [];
  for (const slice of slices) {
    const before = slice.endpoints ?? [];
    const now: Endpoint[] = [];
    let isSame = true;
    for (const known of before) {
      const uid = known.targetRef?.uid ?? '';
      const found = left.get(uid);
      if (!found) continue;
      left.delete(uid);
      const isEqual = sameValue(found, known);
      isSame &&= isEqual;
      now.push(isEqual ? known : found);
    }
    if (isSame && now.length === before.length && before.length > 0) unchanged.add(slice);
    else if (now.length === 0) toDelete.push(slice);
    else changed.set(slice, now);
  }
  const rest = [...left.values()];
  const fullest = [...changed.values()].sort((one, other) => other.length - one.length);
  for (const each of fullest) each.push(...rest.splice(0, mostInSlice - each.length));
  const toCreate: SliceContent[] = [];
  while (rest.length > 0) {
    const roomy = rest.length < mostInSlice ? roomiest(unchanged, rest.length) : undefined;
    if (roomy) {
      unchanged.delete(roomy);
      changed.set(roomy, [...(roomy.endpoints ?? []), ...rest.splice(0)]);
    } else {
      toCreate.push(contentOf(rest.splice(0, mostInSlice), ports));
    }
  }
  const toUpdate = [...changed].map(([slice, now]) => [slice, contentOf(now, ports)] as const);
  return { toCreate, toUpdate, toDelete, unchanged: [...unchanged] };
}

/** The one that is as full as can be when so many more are put in. */
function roomiest(slices: ReadonlySet<StoredSlice>, more: number): StoredSlice | undefined {
  let best: StoredSlice | undefined;
  let closest = mostInSlice;
  for (const slice of slices) {
    const room = mostInSlice - more - (slice.endpoints?.length ?? 0);
    if (room < 0 || room >= closest) continue;
    closest = room;
    best = slice;
  }
  return best;
}

function contentOf(endpoints: readonly Endpoint[], ports: readonly EndpointPort[]): SliceContent {
  return { endpoints, ...(ports.length > 0 ? { ports } : {}) };
}
