import type { ContainerPort } from '../../../kubernetes/api.ts';
import { containersOf as specsOf } from '../../cluster/node/pods/pod-containers.ts';
import { sha256 } from '../../images/sha256.ts';
import type { HostImage } from '../../runtime/container-runtime.ts';
import { type CriContainer, type CriSandbox, sandboxLabels } from '../cri/pods-on-node.ts';
import { nanoseconds } from './output.ts';

/** States as the API of containerd calls them. */
export function containerState({ container, failure }: CriContainer): 'CREATED' | 'RUNNING' | 'EXITED' {
  if (failure !== undefined) return 'EXITED';
  if (container.state === 'created') return 'CREATED';
  return container.state === 'exited' ? 'EXITED' : 'RUNNING';
}

/** A container as `crictl ps -o json` lists it (runtime.v1.Container). */
export function containerEntry(given: CriContainer): object {
  const { container, name, attempt, sandbox } = given;
  return {
    id: container.id,
    podSandboxId: sandbox.id,
    metadata: { name, attempt },
    image: {
      image: container.imageId,
      annotations: {},
      userSpecifiedImage: imageAsked(given),
      runtimeHandler: '',
      imageRef: '',
    },
    imageRef: container.imageId,
    state: `CONTAINER_${containerState(given)}`,
    createdAt: nanoseconds(container.createdAt),
    labels: container.spec.labels,
    annotations: containerAnnotations(given),
    imageId: container.imageId,
  };
}

/** The image as the Pod's author wrote it. */
export function imageAsked({ sandbox, name, container }: CriContainer): string {
  return specOf(sandbox, name)?.image ?? container.spec.image;
}

/** What the kubelet notes on a container (k8s.io/kubernetes/pkg/kubelet/kuberuntime/labels.go). */
export function containerAnnotations({
  sandbox,
  name,
  attempt,
}: CriContainer): Readonly<Record<string, string>> {
  const spec = specOf(sandbox, name);
  const ports = spec?.ports ?? [];
  return {
    'io.kubernetes.container.hash': sha256(JSON.stringify(spec ?? name)).slice(0, 8),
    ...(ports.length > 0 ? { 'io.kubernetes.container.ports': JSON.stringify(ports.map(portEntry)) } : {}),
    'io.kubernetes.container.restartCount': `${attempt}`,
    'io.kubernetes.container.terminationMessagePath': spec?.terminationMessagePath ?? '/dev/termination-log',
    'io.kubernetes.container.terminationMessagePolicy': spec?.terminationMessagePolicy ?? 'File',
    'io.kubernetes.pod.terminationGracePeriod': `${sandbox.pod?.spec?.terminationGracePeriodSeconds ?? 30}`,
  };
}

/** A port in the order in which Go writes its fields. */
function portEntry({ name, hostPort, containerPort, protocol, hostIP }: ContainerPort): ContainerPort {
  return {
    ...(name !== undefined && { name }),
    ...(hostPort !== undefined && { hostPort }),
    containerPort,
    ...(protocol !== undefined && { protocol }),
    ...(hostIP !== undefined && { hostIP }),
  };
}

/** What the Pod says of a container. */
function specOf({ pod }: CriSandbox, name: string) {
  return pod && specsOf(pod).find(({ spec }) => spec.name === name)?.spec;
}

/** A sandbox as `crictl pods -o json` lists it (runtime.v1.PodSandbox). */
export function sandboxEntry(sandbox: CriSandbox): object {
  const { id, name, uid, namespace, attempt, isReady, createdAt } = sandbox;
  return {
    id,
    metadata: { name, uid, namespace, attempt },
    state: isReady ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
    createdAt: nanoseconds(createdAt),
    labels: sandboxLabels(sandbox),
    annotations: sandboxAnnotations(sandbox),
    runtimeHandler: '',
  };
}

/** What the kubelet notes on a sandbox: where the Pod came from, and the Pod's own annotations. */
export function sandboxAnnotations({ pod, createdAt }: CriSandbox): Readonly<Record<string, string>> {
  return {
    'kubernetes.io/config.seen': new Date(createdAt).toISOString(),
    'kubernetes.io/config.source': 'api',
    ...pod?.metadata.annotations,
  };
}

/** An image as `crictl images -o json` lists it (runtime.v1.Image). */
export function imageEntry({ image, tags, digests }: HostImage, size: number): object {
  return {
    id: image.id,
    repoTags: tags,
    repoDigests: digests,
    size: `${size}`,
    username: image.config.user?.split(':')[0]?.replace(/^\d+$/, '') ?? '',
    pinned: isPinned(tags),
  };
}

/** The image of the process that holds a sandbox is never cleaned up. */
export function isPinned(tags: readonly string[]): boolean {
  return tags.some((tag) => tag.startsWith('registry.k8s.io/pause:'));
}
