import type { Cluster } from '../../cluster.ts';
import { claim } from '../owners.ts';
import { isActive, isFinished, isReady, isTerminating, type StoredPod } from '../pod-state.ts';
import { type Indexes, parseIndexes } from './indexes.ts';
import {
  failuresBefore,
  finishedAt,
  indexOf,
  isFailed,
  isIndexed,
  isTracked,
  type StoredJob,
} from './job-pods.ts';
import { verdictOf } from './pod-failure.ts';

/** A Job's Pods as they are looked at once. */
export interface JobView {
  readonly pods: readonly StoredPod[];
  readonly active: readonly StoredPod[];
  /** Those that have ended and have not been counted. */
  readonly newSucceeded: readonly StoredPod[];
  readonly newFailed: readonly StoredPod[];
  readonly ready: number;
  readonly terminating: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Of a Job whose Pods have numbers. */
  readonly succeededIndexes: Indexes;
  readonly failedIndexes: Indexes;
  /** The last Pod that failed for a number that is to be tried again, where numbers fail by themselves. */
  readonly lastFailed: ReadonlyMap<number, StoredPod>;
}

/** Whether each number may fail as often as it likes up to a limit of its own. */
export function failsByIndex({ spec }: StoredJob): boolean {
  return spec.backoffLimitPerIndex !== undefined;
}

/** Looks at a Job's Pods. */
export function viewOf(cluster: Cluster, job: StoredJob): JobView {
  const pods = claim(cluster, 'pods', job, job.spec.selector);
  const active = pods.filter(isActive);
  const uncounted = pods.filter(
    (pod) => isTracked(pod) && (!isIndexed(job) || indexOf(pod, job) !== undefined),
  );
  const newSucceeded = uncounted.filter((pod) => pod.status?.phase === 'Succeeded');
  const newFailed = uncounted.filter((pod) => isFailed(pod, job));
  const { completions = 0 } = job.spec;
  const succeededIndexes = parseIndexes(job.status?.completedIndexes, completions);
  const failedIndexes = parseIndexes(job.status?.failedIndexes, completions);
  const lastFailed = new Map<number, StoredPod>();
  if (isIndexed(job)) {
    for (const pod of newSucceeded) succeededIndexes.add(knownIndex(pod, job));
    if (failsByIndex(job)) {
      for (const pod of newFailed) if (isIndexOver(job, pod)) failedIndexes.add(knownIndex(pod, job));
      collectLastFailed(job, active, newFailed, succeededIndexes, failedIndexes, lastFailed);
    }
  }
  const countedFailures = newFailed.filter((pod) => verdictOf(job, pod).action !== 'Ignore');
  return {
    pods,
    active,
    newSucceeded,
    newFailed,
    ready: active.filter(isReady).length,
    terminating: pods.filter((pod) => isTerminating(pod) && !isFinished(pod)).length,
    succeeded: isIndexed(job) ? succeededIndexes.size : (job.status?.succeeded ?? 0) + newSucceeded.length,
    failed: (job.status?.failed ?? 0) + countedFailures.filter((pod) => !isKept(pod, job, lastFailed)).length,
    succeededIndexes,
    failedIndexes,
    lastFailed,
  };
}

/** Whether a Pod that failed is kept uncounted until its number is tried again. */
export function isKept(pod: StoredPod, job: StoredJob, lastFailed: JobView['lastFailed']): boolean {
  const index = indexOf(pod, job);
  return index !== undefined && lastFailed.get(index)?.metadata.uid === pod.metadata.uid;
}

function isIndexOver(job: StoredJob, pod: StoredPod): boolean {
  const { action } = verdictOf(job, pod);
  if (action === 'FailIndex') return true;
  const { backoffLimitPerIndex = 0 } = job.spec;
  return action !== 'Ignore' && failuresBefore(pod).counted >= backoffLimitPerIndex;
}

/** The number of a Pod that was counted since it has one. */
function knownIndex(pod: StoredPod, job: StoredJob): number {
  return indexOf(pod, job) as number;
}

function collectLastFailed(
  job: StoredJob,
  active: readonly StoredPod[],
  failed: readonly StoredPod[],
  succeededIndexes: Indexes,
  failedIndexes: Indexes,
  found: Map<number, StoredPod>,
): void {
  const running = new Set(active.map((pod) => indexOf(pod, job)));
  for (const pod of failed) {
    const index = knownIndex(pod, job);
    if (succeededIndexes.has(index) || failedIndexes.has(index) || running.has(index)) continue;
    const known = found.get(index);
    if (!known || finishedAt(pod) >= finishedAt(known)) found.set(index, pod);
  }
}
