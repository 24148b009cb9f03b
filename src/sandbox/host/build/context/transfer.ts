import { sizeOf, utf8Length } from '../../../runtime/volume.ts';
import type { ArchiveEntry } from '../../engine/request.ts';

/** Bytes of a piece of a file on its way. */
const chunk = 32 * 1024;
/** A message that says only what it is: the last one of a file, and the last of all. */
const bareMessage = 2;

/**
 * How many bytes it takes to send files to the builder: for each what it is, and of those that are new there
 * what is in it. The messages are those of fsutil (types/wire.proto, types/stat.proto of tonistiigi), whose
 * sizes BuildKit shows.
 *
 * @param entries in the order of their paths
 * @param isKnown whether the builder has a file as it is
 */
export function transferSize(
  entries: readonly ArchiveEntry[],
  isKnown: (entry: ArchiveEntry) => boolean = () => false,
): number {
  let size = bareMessage;
  for (const [place, entry] of entries.entries()) {
    size += statMessage(entry);
    if (entry.node.kind !== 'file' || isKnown(entry)) continue;
    const id = place === 0 ? 0 : 1 + varint(place);
    for (let left = sizeOf(entry.node); left > 0; left -= chunk)
      size += dataMessage(Math.min(left, chunk), id);
    size += bareMessage + id;
  }
  return size;
}

function statMessage({ path, node }: ArchiveEntry): number {
  const isFile = node.kind === 'file';
  // Go marks folders and links in the highest bits of the mode.
  const mode = isFile ? varint(node.mode) : 5;
  const fields = [
    text(path),
    1 + mode,
    isFile && sizeOf(node) > 0 ? 1 + varint(sizeOf(node)) : 0,
    1 + varint(node.at * 1e6),
    node.kind === 'link' ? text(node.target) : 0,
  ];
  const size = fields.reduce((sum, field) => sum + field, 0);
  return 1 + varint(size) + size;
}

function dataMessage(bytes: number, id: number): number {
  return bareMessage + id + 1 + varint(bytes) + bytes;
}

function text(value: string): number {
  const bytes = utf8Length(value);
  return 1 + varint(bytes) + bytes;
}

/** Bytes of a number in seven bits each. */
function varint(value: number): number {
  return value < 1 ? 1 : Math.floor(Math.log2(value) / 7) + 1;
}
