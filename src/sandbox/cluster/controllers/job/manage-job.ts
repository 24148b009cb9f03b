import type { ApiError } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { podsToDelete } from '../deletion-order.ts';
import { isReady, isTerminating, type StoredPod } from '../pod-state.ts';
import { refusalIn } from '../refusal.ts';
import { deletePod, isNamespaceTerminating } from '../template-pods.ts';
import { type FailureRecord, pauseEnd } from './job-pause.ts';
import {
  component,
  createJobPod,
  failuresBefore,
  finishedAt,
  type IndexFailures,
  indexOf,
  isIndexed,
  onlyReplacesFailed,
  type StoredJob,
  untrack,
} from './job-pods.ts';
import { failsByIndex, type JobView } from './job-view.ts';
import { verdictOf } from './pod-failure.ts';

/** As many Pods are made or deleted at a time (`MaxPodCreateDeletePerSync`). */
const burst = 500;

/** What has been done about a Job's Pods. */
export interface ManagedPods {
  readonly active: number;
  readonly deleted: number;
  readonly deletedReady: number;
  /** When more may be made, in milliseconds since 1970. */
  readonly next: number | undefined;
  readonly failure: ApiError | undefined;
}

/** Makes or deletes Pods so that as many run as are to (`manageJob`). */
export function manageJob(
  cluster: Cluster,
  job: StoredJob,
  view: JobView,
  record: FailureRecord,
): ManagedPods {
  const active = view.active.length;
  const wanted = wantedActive(job, view);
  const surplus = job.spec.suspend ? active : Math.max(0, active - wanted);
  const doomed = podsToRemove(cluster, job, view, surplus).slice(0, burst);
  if (doomed.length > 0) {
    for (const pod of doomed) {
      untrack(cluster, pod);
      deletePod(cluster, job, component, pod);
    }
    const deletedReady = doomed.filter(isReady).length;
    const deleted = doomed.length;
    return { active: active - deleted, deleted, deletedReady, next: undefined, failure: undefined };
  }
  const nothing = { active, deleted: 0, deletedReady: 0, next: undefined, failure: undefined };
  if (job.spec.suspend) return nothing;
  const missing = wanted - active - (onlyReplacesFailed(job) ? view.terminating : 0);
  if (missing <= 0) return nothing;
  const until = failsByIndex(job) ? 0 : pauseEnd(record);
  if (until > cluster.now) return { ...nothing, next: until };
  const { indexes, next } = indexesToAdd(cluster, job, view, Math.min(missing, burst));
  const { made, failure } = createSome(cluster, job, view, indexes);
  return { ...nothing, active: active + made, next, failure };
}

function wantedActive({ spec }: StoredJob, { active, succeeded }: JobView): number {
  const { parallelism = 1, completions } = spec;
  if (completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(parallelism, completions - succeeded));
}

/** Of Pods with the same number all but one go, and those whose number is too high. */
function podsToRemove(
  cluster: Cluster,
  job: StoredJob,
  { active }: JobView,
  least: number,
): readonly StoredPod[] {
  const removed: StoredPod[] = [];
  let left = active;
  if (isIndexed(job)) {
    const byIndex = new Map<number | undefined, StoredPod[]>();
    for (const pod of active) {
      const index = indexOf(pod, job);
      byIndex.set(index, [...(byIndex.get(index) ?? []), pod]);
    }
    left = [];
    for (const [index, pods] of byIndex) {
      const surplus = index === undefined ? pods : podsToDelete(pods, [], pods.length - 1, cluster.now);
      removed.push(...surplus);
      left = [...left, ...pods.filter((pod) => !surplus.includes(pod))];
    }
  }
  const more = Math.max(0, least - removed.length);
  return more > 0 ? [...removed, ...podsToDelete(left, [], more, cluster.now)] : removed;
}

function indexesToAdd(
  cluster: Cluster,
  job: StoredJob,
  view: JobView,
  count: number,
): { indexes: readonly (number | undefined)[]; next: number | undefined } {
  if (!isIndexed(job)) return { indexes: Array.from({ length: count }, () => undefined), next: undefined };
  const taken = new Set(view.active.map((pod) => indexOf(pod, job)));
  if (onlyReplacesFailed(job)) {
    for (const pod of view.pods) if (isTerminating(pod)) taken.add(indexOf(pod, job));
  }
  const indexes: number[] = [];
  let next: number | undefined;
  const { completions = 0 } = job.spec;
  for (let index = 0; index < completions && indexes.length < count; index++) {
    if (taken.has(index) || view.succeededIndexes.has(index) || view.failedIndexes.has(index)) continue;
    const before = view.lastFailed.get(index);
    const until = before ? pauseEnd(recordOf(before)) : 0;
    if (until <= cluster.now) indexes.push(index);
    else next = Math.min(next ?? until, until);
  }
  return { indexes, next };
}

function recordOf(pod: StoredPod): FailureRecord {
  const { counted, ignored } = failuresBefore(pod);
  return { failures: counted + ignored + 1, last: finishedAt(pod) };
}

/** One, then twice as many as before, until the API refuses one of them. */
function createSome(
  cluster: Cluster,
  job: StoredJob,
  view: JobView,
  indexes: readonly (number | undefined)[],
): { made: number; failure: ApiError | undefined } {
  let made = 0;
  for (let place = 0, batch = 1; place < indexes.length; batch *= 2) {
    const part = indexes.slice(place, place + batch);
    place += part.length;
    let failure: ApiError | undefined;
    for (const index of part) {
      try {
        createJobPod(cluster, job, index, failuresOf(job, view, index));
        made += 1;
      } catch (error) {
        const refusal = refusalIn(error);
        if (!isNamespaceTerminating(refusal)) failure ??= refusal;
      }
    }
    if (failure) return { made, failure };
  }
  return { made, failure: undefined };
}

function failuresOf(job: StoredJob, view: JobView, index: number | undefined): IndexFailures | undefined {
  if (index === undefined || !failsByIndex(job)) return undefined;
  const before = view.lastFailed.get(index);
  if (!before) return { counted: 0, ignored: 0 };
  const { counted, ignored } = failuresBefore(before);
  const isIgnored = verdictOf(job, before).action === 'Ignore';
  return { counted: counted + (isIgnored ? 0 : 1), ignored: ignored + (isIgnored ? 1 : 0) };
}
