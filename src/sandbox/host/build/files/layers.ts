import { sha256 } from '../../../images/sha256.ts';
import type { LayerFiles } from '../../../runtime/files/image-tree.ts';
import { folderOf } from '../../../runtime/files/paths.ts';
import { tables } from '../../../runtime/records.ts';
import { sizeOf } from '../../../runtime/volume.ts';
import type { Store } from '../../../store.ts';
import type { ArchiveEntry } from '../../engine/request.ts';

/** A layer that a build has made. */
export interface BuiltLayer {
  /** Its digest, which is the name of its files too. */
  readonly digest: string;
  /** Bytes it takes on a disk. */
  readonly size: number;
  readonly created: number;
}

/** Blocks of the disk. */
const block = 4096;

/** Keeps the files of a layer under their digest. */
export function keepLayer(store: Store, files: LayerFiles): BuiltLayer {
  const digest = `sha256:${sha256(JSON.stringify(files))}`;
  if (store.read(tables.layers, digest) === undefined) store.write(tables.layers, digest, files);
  return { digest, size: sizeOfLayer(files), created: store.now };
}

/** What a layer takes on a disk: its files in whole blocks, and the folders that they are in. */
function sizeOfLayer(files: LayerFiles): number {
  const folders = new Set(['/']);
  let size = 0;
  for (const [path, node] of Object.entries(files)) {
    for (let folder = folderOf(path); folder !== '/'; folder = folderOf(folder)) folders.add(folder);
    if (node?.kind === 'folder') folders.add(path);
    else if (node?.kind === 'file') size += Math.ceil(sizeOf(node) / block) * block;
  }
  return size + folders.size * block;
}

/** What files take that were sent to the builder, in a folder that is not counted; nothing where there are none. */
export function sizeOfSent(entries: readonly ArchiveEntry[]): number {
  if (entries.length === 0) return 0;
  const layer = Object.fromEntries(entries.map(({ path, node }) => [`/${path}`, node]));
  return sizeOfLayer(layer) - block;
}
