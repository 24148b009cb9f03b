import type { Container, Pod, PodCondition } from '../../../kubernetes/api.ts';
import type { Stored } from '../object.ts';

export type StoredPod = Stored<Pod>;

/** Whether a Pod says that it is ready. */
export function isReady(pod: Pod): boolean {
  return readyCondition(pod)?.status === 'True';
}

/** Since when a Pod is ready, in milliseconds since 1970; undefined when it is not. */
export function readySince(pod: Pod): number | undefined {
  const ready = readyCondition(pod);
  if (ready?.status !== 'True') return undefined;
  const { lastTransitionTime = '1970-01-01T00:00:00Z' } = ready;
  return Date.parse(lastTransitionTime);
}

/** Whether a Pod has been ready for long enough (k8s.io/kubernetes/pkg/api/v1/pod, `IsPodAvailable`). */
export function isAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  if (minReadySeconds === 0) return isReady(pod);
  const since = readySince(pod);
  return since !== undefined && since + minReadySeconds * 1000 <= now;
}

/**
 * When the next of the Pods will have been ready for long enough.
 *
 * @returns milliseconds since 1970; undefined when none is on its way
 */
export function nextAvailable(
  pods: readonly Pod[],
  minReadySeconds: number,
  now: number,
): number | undefined {
  let next: number | undefined;
  if (minReadySeconds === 0) return next;
  for (const pod of pods) {
    const since = readySince(pod);
    if (since === undefined) continue;
    const at = since + minReadySeconds * 1000;
    if (at > now && (next === undefined || at < next)) next = at;
  }
  return next;
}

/** Whether a Pod has ended and will not run again. */
export function isFinished({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** Whether somebody has asked for a Pod to go. */
export function isTerminating({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Whether a Pod counts as one of its owner's replicas (k8s.io/kubernetes/pkg/controller, `IsPodActive`). */
export function isActive(pod: Pod): boolean {
  return !isFinished(pod) && !isTerminating(pod);
}

/** Whether an init container goes on running beside the others. */
export function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

/** A loop, since this is asked of every Pod all the time. */
function readyCondition({ status }: Pod): PodCondition | undefined {
  if (!status?.conditions) return undefined;
  for (const condition of status.conditions) if (condition.type === 'Ready') return condition;
  return undefined;
}
