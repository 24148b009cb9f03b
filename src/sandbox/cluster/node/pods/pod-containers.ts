import type { Container, EphemeralContainer, Pod, PodSpec } from '../../../../kubernetes/api.ts';
import type { ApiObject } from '../../object.ts';

/** Any container of a Pod. */
export type AnyContainer = Container | EphemeralContainer;

/** What part a container has in its Pod. */
export type ContainerRole = 'init' | 'sidecar' | 'main' | 'ephemeral';

export interface RoledContainer {
  readonly spec: AnyContainer;
  readonly role: ContainerRole;
}

/** By the list of main containers, which the Pods of a template share; with the other lists it was found for. */
const known = new WeakMap<object, Known>();

interface Known {
  readonly initContainers: PodSpec['initContainers'];
  readonly ephemeralContainers: PodSpec['ephemeralContainers'];
  readonly all: readonly RoledContainer[];
}

/** All containers that a Pod has, the ephemeral ones last. */
export function containersOf({ spec }: Pod): readonly RoledContainer[] {
  if (!spec) return [];
  const { initContainers, ephemeralContainers } = spec;
  const found = known.get(spec.containers);
  const isFound =
    found?.initContainers === initContainers && found?.ephemeralContainers === ephemeralContainers;
  if (found && isFound) return found.all;
  const all: RoledContainer[] = [];
  for (const each of spec.initContainers ?? []) {
    all.push({ spec: each, role: each.restartPolicy === 'Always' ? 'sidecar' : 'init' });
  }
  for (const each of spec.containers) all.push({ spec: each, role: 'main' });
  for (const each of spec.ephemeralContainers ?? []) all.push({ spec: each, role: 'ephemeral' });
  known.set(spec.containers, { initContainers, ephemeralContainers, all });
  return all;
}

/** The container of a name. */
export function containerNamed(pod: Pod, name: string): RoledContainer | undefined {
  return containersOf(pod).find(({ spec }) => spec.name === name);
}

/** The container of a name that a Pod is known to have: none is ever taken away. */
export function demandContainer(pod: Pod, name: string): RoledContainer {
  const found = containerNamed(pod, name);
  if (!found) throw new Error(`there is no container ${name} in ${formatPod(pod)}`);
  return found;
}

/** The part of a Pod that an event about one of its containers names. */
export function fieldPathOf({ spec, role }: RoledContainer): string {
  if (role === 'ephemeral') return `spec.ephemeralContainers{${spec.name}}`;
  return role === 'main' ? `spec.containers{${spec.name}}` : `spec.initContainers{${spec.name}}`;
}

/** A Pod as the kubelet names it in messages: `web_default(uid)`. */
export function formatPod({ metadata }: ApiObject): string {
  return `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
}

/**
 * Whether a container that ended is started again, by its own restart policy and rules or else the Pod's
 * (k8s.io/kubernetes/pkg/api/v1/pod, `ContainerShouldRestart`).
 */
export function shouldRestart({ spec, role }: RoledContainer, pod: Pod, exitCode: number): boolean {
  if (role === 'ephemeral') return false;
  for (const { action, exitCodes } of spec.restartPolicyRules ?? []) {
    const isListed = exitCodes?.values?.includes(exitCode) === true;
    if (action === 'Restart' && isListed === (exitCodes?.operator === 'In')) return true;
  }
  const policy = spec.restartPolicy ?? pod.spec?.restartPolicy ?? 'Always';
  // Init containers of a Pod that always restarts are only restarted until they have succeeded.
  if (role === 'init' && policy === 'Always') return exitCode !== 0;
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** Whether a Pod's containers use the node's network. */
export function isOnHostNetwork({ spec }: Pick<Pod, 'spec'>): boolean {
  return spec?.hostNetwork === true;
}

/** Whether a Pod comes from a file on its node, and not from the API. */
export function isStatic({ metadata }: ApiObject): boolean {
  return metadata.annotations?.['kubernetes.io/config.source'] === 'file';
}
