import { downloadSize } from '../../cluster/node/images/image-pulls.ts';
import { byText } from '../../go/go-order.ts';
import { resolvePull } from '../../images/registry.ts';
import type { HostImage } from '../../runtime/container-runtime.ts';
import type { NodeParts } from './node-parts.ts';

/** What the processes that hold sandboxes are started from. */
export const pauseImage = 'registry.k8s.io/pause:3.10.2';

/** The images of a node with that of its sandboxes, in the order in which crictl lists them. */
export function imagesOnNode({ runtime, node, cluster }: NodeParts): readonly HostImage[] {
  const own = runtime.images(node);
  const pause = resolvePull(cluster.store, pauseImage);
  const held: HostImage[] = [];
  if ('image' in pause && !own.some(({ tags }) => tags.includes(pauseImage))) {
    const { image } = pause;
    held.push({ image, tags: [pauseImage], digests: [`registry.k8s.io/pause@${image.digest}`] });
  }
  return [...own, ...held].sort((one, other) => byText(orderOf(one), orderOf(other)));
}

function orderOf({ image, tags, digests }: HostImage): string {
  return [...tags, ...digests, image.id].slice(0, 1).join();
}

/** Bytes as containerd counts them: of what was downloaded. */
export function sizeOnNode({ image }: HostImage): number {
  return downloadSize(image);
}
