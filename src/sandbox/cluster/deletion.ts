import type { Namespace, ObjectMeta, Pod } from '../../kubernetes/api.ts';
import type { ApiObject } from './object.ts';
import type { Resource } from './resources.ts';

/** How an object is deleted, as the API's DeleteOptions say it. */
export interface Deletion {
  readonly gracePeriodSeconds?: number;
  readonly propagation?: 'Foreground' | 'Background' | 'Orphan';
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

/**
 * How many seconds an object has to end. Only a Pod that is on a node and has not ended takes time
 * (k8s.io/kubernetes/pkg/registry/core/pod).
 */
export function graceOf(
  resource: Resource,
  old: ApiObject,
  { gracePeriodSeconds }: Pick<Deletion, 'gracePeriodSeconds'>,
): number {
  if (resource !== 'pods') return 0;
  const { spec, status } = old as Pod;
  if (!spec?.nodeName || status?.phase === 'Succeeded' || status?.phase === 'Failed') return 0;
  return gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30;
}

/** Who has to let an object go that is deleted in this way. */
export function finalizersFor(
  { finalizers = [] }: ObjectMeta,
  propagation: Deletion['propagation'],
): readonly string[] {
  const others = finalizers.filter((each) => each !== 'foregroundDeletion' && each !== 'orphan');
  if (propagation === 'Foreground') return [...others, 'foregroundDeletion'];
  if (propagation === 'Orphan') return [...others, 'orphan'];
  return propagation === 'Background' ? others : finalizers;
}

/** Whether somebody has still to let an object go. */
export function isHeld(object: ApiObject): boolean {
  return (object.metadata.finalizers ?? []).length > 0 || isHeldBySpec(object);
}

/** A Namespace has finalizers in its spec too, which wait until what is in it is gone. */
export function isHeldBySpec(object: ApiObject): boolean {
  return object.kind === 'Namespace' && ((object as Namespace).spec?.finalizers ?? []).length > 0;
}

/** An object that has begun to go: a Namespace says so in its phase. */
export function whileLeaving<T extends ApiObject>(object: T): T {
  if (object.kind !== 'Namespace') return object;
  return { ...object, status: { ...(object as Namespace).status, phase: 'Terminating' } };
}
