import type { Container, PodSpec } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { CommandFailure } from '../failures.ts';

/** Where the Pods' description stands in an object of a kind. */
const places: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Deployment: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
};

/** Whether an object has a description of Pods. */
export function hasPodSpec({ kind }: ApiObject): boolean {
  return Object.hasOwn(places, kind);
}

/**
 * An object with the description of its Pods changed.
 *
 * @throws CommandFailure for an object that has none (k8s.io/kubectl/pkg/polymorphichelpers/updatepodspec.go)
 */
export function withPodSpec(object: ApiObject, change: (spec: PodSpec) => PodSpec): ApiObject {
  const place = places[object.kind];
  if (!place) {
    const version = object.apiVersion.split('/').at(-1);
    throw new CommandFailure(
      `the object is not a pod or does not have a pod template: *${version}.${object.kind}`,
    );
  }
  return changedAt(object, place, change as (value: unknown) => unknown) as ApiObject;
}

/** A value with what stands at a place in it changed. */
export function changedAt(
  value: unknown,
  [step, ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): unknown {
  if (step === undefined) return change(value);
  const map = (value ?? {}) as Readonly<Record<string, unknown>>;
  return { ...map, [step]: changedAt(map[step], rest, change) };
}

/** A description of Pods with those of its containers changed that a pattern such as `web` or `*` names. */
export function withContainers(
  spec: PodSpec,
  pattern: string,
  change: (container: Container) => Container,
): { readonly spec: PodSpec; readonly count: number } {
  let count = 0;
  const each = (container: Container): Container => {
    if (!fitsPattern(container.name, pattern)) return container;
    count += 1;
    return change(container);
  };
  const containers = spec.containers.map(each);
  const initContainers = spec.initContainers?.map(each);
  return { spec: { ...spec, containers, ...(initContainers ? { initContainers } : {}) }, count };
}

function fitsPattern(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
