import { downloadSize } from '../../cluster/node/images/image-pulls.ts';
import { resolvePull } from '../../images/registry.ts';
import type { HostImage } from '../../runtime/container-runtime.ts';
import type { NodeParts } from './node-parts.ts';

/** What the processes that hold sandboxes are started from. */
export const pauseImage = 'registry.k8s.io/pause:3.10.2';

/** The images of a node with that of its sandboxes, in the order in which crictl lists them. */
export function imagesOnNode({ runtime, node, cluster }: NodeParts): readonly HostImage[] {
  const own = runtime.images(node);
  const pause = own.some(({ tags }) => tags.includes(pauseImage))
    ? undefined
    : resolvePull(cluster.store, pauseImage);
  const held: HostImage[] =
    pause && 'image' in pause
      ? [
          {
            image: pause.image,
            tags: [pauseImage],
            digests: [`registry.k8s.io/pause@${pause.image.digest}`],
          },
        ]
      : [];
  return [...own, ...held].sort((one, other) => {
    const [first, second] = [orderOf(one), orderOf(other)];
    return first < second ? -1 : first > second ? 1 : 0;
  });
}

function orderOf({ image, tags, digests }: HostImage): string {
  return tags[0] ?? digests[0] ?? image.id;
}

/** Bytes as containerd counts them: of what was downloaded. */
export function sizeOnNode({ image }: HostImage): number {
  return downloadSize(image);
}
