import { buildImage } from '../../images/build-image.ts';
import type { ImageConfig } from '../../runtime/container-runtime.ts';
import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { tables } from '../../runtime/records.ts';
import { sizeOf } from '../../runtime/volume.ts';
import type { Store } from '../../store.ts';
import type { Archive } from '../engine/request.ts';
import { recordEvent } from '../events.ts';
import { demandSpace } from '../system/disk.ts';
import { filesDigest } from './image-archive.ts';
import { demandReference, familiarName } from './image-names.ts';
import { keepUnnamed, nameImage, noteImage } from './image-store.ts';

/**
 * Makes an image of the files of an archive, as `docker import` does.
 *
 * @param name with its tag; empty for none
 * @returns the id of the image
 * @throws EngineError for a name that cannot be, and when there is no room
 */
export function importImage(
  store: Store,
  { entries }: Archive,
  {
    name,
    message,
    config,
  }: { readonly name: string; readonly message: string; readonly config: ImageConfig },
): string {
  if (name !== '') demandReference(name);
  const files: LayerFiles = Object.fromEntries(entries.map(({ path, node }) => [`/${path}`, node]));
  const digest = filesDigest(files);
  const layer = `import ${digest}`;
  const size = entries.reduce((sum, { node }) => sum + Math.ceil(sizeOf(node) / 4096) * 4096, 4096);
  const image = buildImage({
    name: `import ${name} ${message}`,
    created: store.now,
    config,
    steps: [{ line: '', size, files: layer }],
  });
  demandSpace(store, image);
  store.write(tables.layers, layer, files);
  if (name === '') keepUnnamed(store, image);
  else nameImage(store, name, image);
  noteImage(store, image, { comment: message === '' ? 'Imported from -' : message });
  const shown = name === '' ? image.digest : familiarName(name);
  recordEvent(store, 'image', 'import', shown, { name: shown });
  return image.digest;
}
