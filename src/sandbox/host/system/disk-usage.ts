import type { Store } from '../../store.ts';
import { type CachedStep, cacheRecordId, cacheTable } from '../build/solve/step-cache.ts';
import { type ContainerParts, Readers } from '../containers/container-parts.ts';
import { listContainers } from '../containers/views/list-containers.ts';
import { goTime } from '../containers/views/shown-time.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import { Filters } from '../engine/filters.ts';
import { fileLayers, sharedSize, sizeTogether, totalSize } from '../images/image-sizes.ts';
import { allImages } from '../images/image-store.ts';
import { containersOf, imageSummary } from '../images/image-views.ts';
import { listVolumes, volumeBytes, volumeText } from '../volumes/list-volumes.ts';
import { usersOf } from '../volumes/volume-store.ts';

/** What a kind of things takes of the disk. */
interface Usage {
  readonly ActiveCount: number;
  readonly Items: readonly unknown[];
  readonly Reclaimable: number;
  readonly TotalCount: number;
  readonly TotalSize: number;
}

type Kind = 'image' | 'container' | 'volume' | 'build-cache';
const kinds: readonly Kind[] = ['image', 'container', 'volume', 'build-cache'];

const everything = { method: 'GET', path: '/', query: {}, headers: {} } as const;

/**
 * What `docker system df` is told (daemon/disk_usage.go of github.com/moby/moby).
 *
 * @param types which kinds; all of them when there are none
 * @param isVerbose with the new fields alone, as newer clients ask for it
 * @throws EngineError for a kind that there is not
 */
export function diskUsage(
  parts: EngineParts,
  types: readonly string[],
  isVerbose: boolean,
): Readonly<Record<string, unknown>> {
  for (const type of types) {
    if (!kinds.includes(type as Kind)) throw new EngineError(400, `unknown object type: ${type}`);
  }
  const wants = (kind: Kind) => types.length === 0 || types.includes(kind);
  const images = wants('image') ? imageUsage(parts.store) : undefined;
  const containers = wants('container') ? containerUsage(parts) : undefined;
  const volumes = wants('volume') ? volumeUsage(parts) : undefined;
  const cache = wants('build-cache') ? cacheUsage(parts.store) : undefined;
  const old = {
    ...(images ? { LayersSize: images.TotalSize, Images: images.Items } : {}),
    ...(containers ? { Containers: containers.Items } : {}),
    ...(volumes ? { Volumes: volumes.Items } : {}),
    ...(cache ? { BuildCache: cache.Items } : {}),
  };
  return {
    ...(isVerbose ? {} : old),
    ...(images ? { ImageUsage: images } : {}),
    ...(containers ? { ContainerUsage: containers } : {}),
    ...(volumes ? { VolumeUsage: volumes } : {}),
    ...(cache ? { BuildCacheUsage: cache } : {}),
  };
}

function imageUsage(store: Store): Usage {
  const all = [...allImages(store)].sort((one, other) => other.image.created - one.image.created);
  const unused = all.filter(({ image }) => containersOf(store, image.digest).length === 0);
  return {
    ActiveCount: all.length - unused.length,
    Items: all.map((image) => ({
      ...imageSummary(store, image, false),
      SharedSize: sharedSize(image.image, all),
    })),
    Reclaimable: unused.reduce((sum, { image }) => sum + totalSize(image) - sharedSize(image, all), 0),
    TotalCount: all.length,
    TotalSize: sizeTogether(all),
  };
}

function containerUsage(engine: EngineParts): Usage {
  const parts: ContainerParts = { ...engine, readers: new Readers() };
  const options = { all: true, size: true, limit: 0, filters: Filters.of(everything) };
  const found = listContainers(parts, options) as readonly {
    readonly SizeRw?: number;
    readonly State: string;
    readonly ImageManifestDescriptor?: unknown;
  }[];
  const isActive = ({ State }: { readonly State: string }) =>
    ['running', 'paused', 'restarting'].includes(State);
  const sizeOf = (all: typeof found) => all.reduce((sum, { SizeRw = 0 }) => sum + SizeRw, 0);
  return {
    ActiveCount: found.filter(isActive).length,
    Items: found.map(({ ImageManifestDescriptor: _, ...rest }) => rest),
    Reclaimable: sizeOf(found.filter((each) => !isActive(each))),
    TotalCount: found.length,
    TotalSize: sizeOf(found),
  };
}

function volumeUsage(parts: EngineParts): Usage {
  const all = listVolumes(parts, Filters.of(everything)).map((volume) => ({
    volume,
    RefCount: usersOf(parts, volume.name).length,
    Size: volumeBytes(parts, volume.name),
  }));
  const sizeOf = (some: typeof all) => some.reduce((sum, { Size }) => sum + Size, 0);
  return {
    ActiveCount: all.filter(({ RefCount }) => RefCount > 0).length,
    Items: all.map(({ volume, RefCount, Size }) => ({
      ...volumeText(volume),
      UsageData: { RefCount, Size },
    })),
    Reclaimable: sizeOf(all.filter(({ RefCount }) => RefCount === 0)),
    TotalCount: all.length,
    TotalSize: sizeOf(all),
  };
}

function cacheUsage(store: Store): Usage {
  const kept = new Set(
    allImages(store).flatMap(({ image }) => fileLayers(image).map(({ digest }) => digest)),
  );
  const items = Object.entries(store.table(cacheTable)).map(([key, value]) => {
    const step = value as CachedStep;
    return {
      ID: cacheRecordId(key),
      Type: step.type,
      Description: step.description,
      InUse: false,
      Shared: step.layer !== '' && kept.has(step.layer),
      Size: step.size,
      CreatedAt: goTime(step.created),
      LastUsedAt: goTime(step.used),
      UsageCount: step.uses,
    };
  });
  const sizeOf = (some: typeof items) => some.reduce((sum, { Size }) => sum + Size, 0);
  return {
    ActiveCount: 0,
    Items: items,
    Reclaimable: sizeOf(items.filter(({ Shared }) => !Shared)),
    TotalCount: items.length,
    TotalSize: sizeOf(items),
  };
}
