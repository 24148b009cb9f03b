import { parseDuration } from '../../../docker/durations.ts';
import { pushedTable } from '../../images/registry.ts';
import type { HostImage, Image } from '../../runtime/container-runtime.ts';
import { type ContainerRecord, tables } from '../../runtime/records.ts';
import { laptopHost } from '../../shell/laptop/laptop.ts';
import type { Store } from '../../store.ts';
import { Filters } from '../engine/filters.ts';
import type { EngineRequest } from '../engine/request.ts';
import { type CachedStep, cacheRecordId, cacheTable, pruneCache } from './solve/step-cache.ts';

/** A result that builds left behind (UsageInfo of moby/buildkit). */
export interface CacheRecordView {
  readonly ID: string;
  readonly Parents: readonly string[];
  readonly Type: string;
  readonly Description: string;
  readonly InUse: boolean;
  /** An image has it too. */
  readonly Shared: boolean;
  readonly Mutable: boolean;
  readonly Size: number;
  /** Milliseconds since 1970. */
  readonly Created: number;
  readonly LastUsed: number;
  readonly UsageCount: number;
}

/** All that builds left behind: the smallest first, of two alike the older one. */
export function cacheRecords(store: Store): readonly CacheRecordView[] {
  const kept = layersOnHost(store);
  return Object.entries(store.table(cacheTable))
    .map(([key, step]) => recordView(key, step as CachedStep, kept))
    .sort(
      (one, other) => one.Size - other.Size || one.Created - other.Created || (one.ID < other.ID ? -1 : 1),
    );
}

/**
 * Takes away what builds left behind: of all that no image shares, or of all.
 *
 * @throws EngineError for a filter that there is not
 */
export function pruneBuilds(
  store: Store,
  request: EngineRequest,
): { readonly CachesDeleted: readonly string[]; readonly SpaceReclaimed: number } {
  const isAll = ['1', 'true'].includes(String(request.query.all ?? ''));
  const filters = Filters.of(request);
  const [until = '0s'] = filters.get('until');
  const before = store.now - parseDuration(until);
  const isKnown = filters.names.every((name) => ['until', 'type', 'id'].includes(name));
  const records = new Map(cacheRecords(store).map((record) => [record.ID, record]));
  const gone = pruneCache(store, ({ used }, key) => {
    const record = records.get(cacheRecordId(key));
    if (!isKnown || !record || used > before || (record.Shared && !isAll)) return false;
    return filters.isExact('type', record.Type) && filters.begins('id', record.ID);
  });
  sweepLayers(store);
  const CachesDeleted = gone.map(cacheRecordId);
  return {
    CachesDeleted,
    SpaceReclaimed: CachesDeleted.reduce((sum, id) => sum + (records.get(id)?.Size ?? 0), 0),
  };
}

function recordView(key: string, step: CachedStep, kept: ReadonlySet<string>): CacheRecordView {
  return {
    ID: cacheRecordId(key),
    Parents: step.parent === undefined ? [] : [cacheRecordId(step.parent)],
    Type: step.type,
    Description: step.description,
    InUse: false,
    Shared: kept.has(step.layer),
    Mutable: step.type !== 'regular',
    Size: step.size,
    Created: step.created,
    LastUsed: step.used,
    UsageCount: step.uses,
  };
}

function layersOnHost(store: Store): ReadonlySet<string> {
  const images = Object.entries(store.table(tables.images)).filter(([key]) =>
    key.startsWith(`${laptopHost}/`),
  );
  return new Set(
    images
      .flatMap(([, host]) => (host as HostImage).image.layers.map(({ digest }) => digest))
      .filter(Boolean),
  );
}

/** Forgets the files of layers that nobody has any more: no image anywhere, no container, no result of a build. */
function sweepLayers(store: Store): void {
  const images = [
    ...Object.values(store.table(tables.images)).map((host) => (host as HostImage).image),
    ...(Object.values(store.table(pushedTable)) as readonly Image[]),
  ];
  const used = new Set([
    ...images.flatMap(({ layers }) => layers.map(({ files }) => files)),
    ...Object.values(store.table(tables.containers)).flatMap((each) => (each as ContainerRecord).layers),
    ...Object.values(store.table(cacheTable)).map((step) => (step as CachedStep).layer),
  ]);
  for (const name of Object.keys(store.table(tables.layers)))
    if (!used.has(name)) store.delete(tables.layers, name);
}
