import type { Image } from '../../runtime/container-runtime.ts';
import type { HostDisk } from '../../runtime/files/virtual-container.ts';
import { type FileChanges, tables } from '../../runtime/records.ts';
import { sizeOf, type Volume, volumeSize, volumeTable } from '../../runtime/volume.ts';
import { laptopHost } from '../../shell/laptop/laptop.ts';
import type { Store } from '../../store.ts';
import { EngineError } from '../engine/engine-error.ts';
import { sizeTogether } from '../images/image-sizes.ts';
import { allImages } from '../images/image-store.ts';

/** Bytes of the laptop's disk. */
const diskSize = 64_000_000_000;
/** What the system and the learner's programs take of it. */
const taken = 23_000_000_000;

/** Bytes of the disk that are in use: images, what containers wrote, volumes, and the rest of the machine. */
function diskUsed(store: Store): number {
  const images = sizeOnce(allImages(store), sizeTogether);
  return taken + images + containersSize(store) + volumesSize(store);
}

/** The disk as processes on the laptop see it. */
export const laptopDisk: HostDisk = { size: diskSize, used: diskUsed };

/**
 * Whether an image has room on the disk.
 *
 * @throws EngineError as containerd's content store says it when it cannot write
 */
export function demandSpace(store: Store, image: Image): void {
  const before = allImages(store);
  const more = sizeTogether([...before, { image, tags: [], digests: [] }]) - sizeTogether(before);
  if (diskUsed(store) + more <= diskSize) return;
  const file = `/var/lib/containerd/io.containerd.content.v1.content/ingest/${image.digest.slice(7, 71)}/data`;
  throw new EngineError(500, `failed to copy: write ${file}: no space left on device`);
}

/** Bytes that the containers of the laptop wrote over their images. */
function containersSize(store: Store): number {
  let sum = 0;
  for (const [key, changes] of Object.entries(store.table(tables.changes))) {
    if (key.startsWith(`${laptopHost}/`)) sum += sizeOnce(changes as FileChanges, changesSize);
  }
  return sum;
}

function changesSize(changes: FileChanges): number {
  return Object.values(changes).reduce((sum, node) => (node?.kind === 'file' ? sum + sizeOf(node) : sum), 0);
}

function volumesSize(store: Store): number {
  let sum = 0;
  for (const [key, value] of Object.entries(store.table(volumeTable))) {
    const volume = value as Volume;
    if (key.startsWith(`${laptopHost}/`) && !volume.memory) sum += sizeOnce(volume, volumeSize);
  }
  return sum;
}

/** Values of tables are replaced, never changed, and whoever writes asks for all of them. */
const sizes = new WeakMap<object, number>();

function sizeOnce<T extends object>(value: T, sizeOf: (value: T) => number): number {
  const known = sizes.get(value);
  if (known !== undefined) return known;
  const size = sizeOf(value);
  sizes.set(value, size);
  return size;
}
