import type { HostImage, Image, Layer } from '../../runtime/container-runtime.ts';

/** How much smaller a layer is on its way and in the content store, where it is compressed. */
const compression = 3;

/** Bytes of a layer as it is transferred. */
export function compressedSize({ size }: Pick<Layer, 'size'>): number {
  return Math.ceil(size / compression);
}

/** The layers that bring files: those of `docker pull` and of `RootFS`. */
export function fileLayers({ layers }: Image): readonly Layer[] {
  return layers.filter(({ size, files }) => size > 0 || files !== '');
}

/** Bytes of the manifest, which `push` prints. */
export function manifestSize(image: Image): number {
  return 320 + 154 * fileLayers(image).length;
}

/** Bytes of what is transferred of an image in all: manifest, configuration and layers. */
export function contentSize(image: Image): number {
  const layers = fileLayers(image).reduce((sum, layer) => sum + compressedSize(layer), 0);
  return layers + manifestSize(image) + configSize(image);
}

/** Bytes that an image takes: its content, and its layers unpacked. */
export function totalSize(image: Image): number {
  return contentSize(image) + image.size;
}

/** Bytes that some images take together, what they share counted once. */
export function sizeTogether(images: readonly HostImage[]): number {
  const layers = new Map<string, number>();
  let rest = 0;
  for (const { image } of images) {
    for (const layer of fileLayers(image)) layers.set(layer.digest, layer.size + compressedSize(layer));
    rest += manifestSize(image) + configSize(image);
  }
  return [...layers.values()].reduce((sum, size) => sum + size, rest);
}

/** Bytes of an image that others have as well. */
export function sharedSize(image: Image, images: readonly HostImage[]): number {
  const others = new Set(
    images
      .filter((each) => each.image.id !== image.id)
      .flatMap((each) => fileLayers(each.image).map(({ digest }) => digest)),
  );
  return fileLayers(image)
    .filter(({ digest }) => others.has(digest))
    .reduce((sum, layer) => sum + layer.size + compressedSize(layer), 0);
}

function configSize({ config, layers }: Image): number {
  return JSON.stringify(config).length + 90 * layers.length + 200;
}
