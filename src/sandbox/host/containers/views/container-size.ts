import { sizeOf } from '../../../runtime/volume.ts';
import { laptopHost } from '../../../shell/laptop/laptop.ts';
import type { ContainerParts } from '../container-parts.ts';
import type { ContainerRecord } from '../container-record.ts';

/** A file takes whole blocks of the disk. */
const block = 4096;

/**
 * Bytes that a container takes on the disk.
 *
 * @returns what it changed of its image's files, and these together with the image
 */
export function sizesOf(
  { runtime }: ContainerParts,
  { id, image }: ContainerRecord,
): { readonly own: number; readonly all: number } {
  const files = runtime.files(laptopHost, id);
  let own = 0;
  for (const node of Object.values(files.changed)) {
    if (node) own += node.kind === 'folder' ? block : Math.ceil(sizeOf(node) / block) * block;
  }
  const size = runtime.findImage(laptopHost, image)?.image.size ?? 0;
  return { own, all: own + size };
}
