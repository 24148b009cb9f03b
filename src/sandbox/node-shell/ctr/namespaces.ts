import { byText } from '../../go/go-order.ts';
import type { Container, HostImage } from '../../runtime/container-runtime.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { laptopHost } from '../../shell/laptop/laptop.ts';
import { imagesOnNode, pauseImage, sizeOnNode } from '../cri/images-on-node.ts';
import type { NodeParts } from '../cri/node-parts.ts';
import { podsOnNode } from '../cri/pods-on-node.ts';
import type { CtrContainer, CtrImage, CtrNamespace } from './ctr.ts';

/** What the containerd of a node has: all of it belongs to the kubelet. */
export function namespacesOnNode(parts: NodeParts): readonly CtrNamespace[] {
  const pods = podsOnNode(parts);
  const sandboxes = pods
    .flatMap((pod) => pod.sandboxes)
    .map(
      ({ id, isReady, pausePid }): CtrContainer => ({
        id,
        image: pauseImage,
        ...(isReady ? { task: { pid: pausePid, status: 'RUNNING' } as const } : {}),
      }),
    );
  const containers = pods
    .flatMap((pod) => pod.containers)
    .map(({ container }) => ctrContainer(container, container.spec.image));
  return [
    {
      name: 'k8s.io',
      containers: byId([...sandboxes, ...containers]),
      images: imagesOnNode(parts)
        .flatMap((each) => refsOf(each, [...each.tags, ...each.digests], true))
        .sort(byRef),
    },
  ];
}

/** What the containerd of the learner's machine has: all of it belongs to the Docker Engine. */
export function namespacesOnLaptop(runtime: Runtime): readonly CtrNamespace[] {
  const containers = runtime
    .containers(laptopHost)
    .filter(({ state }) => state === 'running' || state === 'paused');
  return [
    {
      name: 'moby',
      containers: byId(containers.map((each) => ctrContainer(each, imageName(runtime, each)))),
      images: runtime
        .images(laptopHost)
        .flatMap((each) => refsOf(each, each.tags, false))
        .sort(byRef),
    },
  ];
}

function imageName(runtime: Runtime, { imageId, spec }: Container): string {
  const found = runtime.findImage(laptopHost, imageId);
  return (
    found?.tags.find((tag) => tag.endsWith(`/${spec.image}`) || tag === spec.image) ??
    found?.tags[0] ??
    spec.image
  );
}

function ctrContainer({ id, state, pid }: Container, image: string): CtrContainer {
  const status = state === 'paused' ? 'PAUSED' : 'RUNNING';
  return { id, image, ...(state === 'running' || state === 'paused' ? { task: { pid, status } } : {}) };
}

function byId(containers: readonly CtrContainer[]): readonly CtrContainer[] {
  return [...containers].sort((one, other) => byText(one.id, other.id));
}

function refsOf(each: HostImage, refs: readonly string[], isManaged: boolean): readonly CtrImage[] {
  return refs.map((ref) => ({ ref, digest: each.image.digest, size: sizeOnNode(each), isManaged }));
}

function byRef({ ref: one }: CtrImage, { ref: other }: CtrImage): number {
  return byText(one, other);
}
