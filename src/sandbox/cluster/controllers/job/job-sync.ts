import type { JobCondition, JobStatus } from '../../../../kubernetes/api.ts';
import type { ApiError } from '../../api-error.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { keyOf, timestamp } from '../../object.ts';
import { conditionOf, isTrue } from '../conditions.ts';
import { omitEmpty } from '../omit-empty.ts';
import type { StoredPod } from '../pod-state.ts';
import { deletePod } from '../template-pods.ts';
import { indexesText, parseIndexes } from './indexes.ts';
import { failureRecord, keepRecord } from './job-pause.ts';
import { component, isFailed, isIndexed, type StoredJob, untrack } from './job-pods.ts';
import { failsByIndex, isKept, type JobView, viewOf } from './job-view.ts';
import { manageJob } from './manage-job.ts';
import { verdictOf } from './pod-failure.ts';

type Verdict = Pick<JobCondition, 'type' | 'reason' | 'message'>;

/** When a Job has to be looked at again though nothing changes. */
export interface JobOutcome {
  /** Milliseconds since 1970. */
  readonly next: number | undefined;
  readonly failure: ApiError | undefined;
}

/** Whether a Job has come to its end, well or not. */
export function isJobFinished({ status }: StoredJob): boolean {
  return isTrue(status?.conditions, 'Complete') || isTrue(status?.conditions, 'Failed');
}

/** Brings a Job nearer to its end (k8s.io/kubernetes/pkg/controller/job, `syncJob`). */
export function syncJob(cluster: Cluster, job: StoredJob): JobOutcome {
  const view = viewOf(cluster, job);
  const key = keyOf(job);
  const record = failureRecord(cluster, key, view.newSucceeded, view.newFailed);
  const isSuspended = job.spec.suspend ?? false;
  let conditions = job.status?.conditions ?? [];
  let startTime = job.status?.startTime ?? (isSuspended ? undefined : timestamp(cluster.now));
  let verdict = verdictOn(cluster, job, view, startTime);
  let { ready, terminating } = view;
  let active = view.active.length;
  let next: number | undefined;
  let failure: ApiError | undefined;

  if (verdict) {
    for (const pod of view.active) deletePod(cluster, job, component, pod);
    terminating += active;
    active = 0;
    ready = 0;
  } else {
    if (job.metadata.deletionTimestamp === undefined) {
      const managed = manageJob(cluster, job, view, record);
      ({ active, next, failure } = managed);
      terminating += managed.deleted;
      ready -= managed.deletedReady;
    }
    if (isComplete(job, view, active)) verdict = completionsReached;
    else noteSuspension();
  }
  const deadline = deadlineOf(job, startTime);
  if (!verdict && deadline !== undefined) next = Math.min(next ?? deadline, deadline);
  write();
  return { next, failure };

  function noteSuspension(): void {
    const known = conditionOf(conditions, 'Suspended');
    if ((known?.status === 'True') === isSuspended) return;
    const [reason, message] = isSuspended
      ? (['JobSuspended', 'Job suspended'] as const)
      : (['JobResumed', 'Job resumed'] as const);
    const changed = newCondition({ type: 'Suspended', reason, message }, cluster.now, isSuspended);
    conditions = known
      ? conditions.map((each) => (each === known ? changed : each))
      : [...conditions, changed];
    startTime = isSuspended ? undefined : timestamp(cluster.now);
    tell('Normal', isSuspended ? 'Suspended' : 'Resumed', message);
  }

  function write(): void {
    const counted = countedPods(job, view, verdict);
    const isOver = verdict !== undefined && terminating === 0;
    const ends = verdict ? endConditions(conditions, verdict, isOver, cluster.now) : conditions;
    const isSuccess = verdict?.type === 'SuccessCriteriaMet';
    const hasIndexes = isIndexed(job);
    const status: JobStatus = {
      ...omitEmpty<JobStatus>({
        active,
        succeeded: hasIndexes
          ? view.succeededIndexes.size
          : (job.status?.succeeded ?? 0) + view.newSucceeded.length,
        failed: (job.status?.failed ?? 0) + counted.failed,
        completedIndexes: hasIndexes ? indexesText(view.succeededIndexes) : undefined,
        startTime,
        completionTime: isOver && isSuccess ? timestamp(cluster.now) : job.status?.completionTime,
        conditions: ends,
      }),
      ...(hasIndexes && failsByIndex(job) ? { failedIndexes: indexesText(view.failedIndexes) } : {}),
      ready,
      terminating,
      uncountedTerminatedPods: {},
    };
    cluster.updateStatus('jobs.batch', { ...job, status });
    keepRecord(cluster, key, isOver ? undefined : record);
    for (const pod of counted.pods) untrack(cluster, pod);
    if (!isOver || !verdict) return;
    const { reason = '', message = '' } = verdict;
    if (isSuccess) tell('Normal', 'Completed', 'Job completed');
    else tell('Warning', reason, message);
  }

  function tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    recordEvent(cluster, { about: job, type, reason, message, component });
  }
}

const completionsReached: Verdict = {
  type: 'SuccessCriteriaMet',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
};

function isComplete({ spec }: StoredJob, { succeeded }: JobView, active: number): boolean {
  if (active > 0) return false;
  return spec.completions === undefined ? succeeded > 0 : succeeded >= spec.completions;
}

/** Whether it is decided already how the Job ends, and how. */
function verdictOn(
  cluster: Cluster,
  job: StoredJob,
  view: JobView,
  startTime: string | undefined,
): Verdict | undefined {
  const { conditions } = job.status ?? {};
  const known = conditionOf(conditions, 'SuccessCriteriaMet') ?? conditionOf(conditions, 'FailureTarget');
  if (known?.status === 'True') return known;
  const failed = (reason: string, message: string): Verdict => ({ type: 'FailureTarget', reason, message });
  for (const pod of view.pods.filter((each) => isFailed(each, job))) {
    const { message } = verdictOf(job, pod);
    if (message !== undefined) return failed('PodFailurePolicy', message);
  }
  const { backoffLimit = 6, completions = 1, maxFailedIndexes } = job.spec;
  if (view.failed > backoffLimit || hasRestartedTooOften(job, view.pods, backoffLimit)) {
    return failed('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  }
  const deadline = deadlineOf(job, startTime);
  if (deadline !== undefined && cluster.now >= deadline) {
    return failed('DeadlineExceeded', 'Job was active longer than specified deadline');
  }
  if (!isIndexed(job)) return undefined;
  if (failsByIndex(job)) {
    const lost = view.failedIndexes.size;
    if (maxFailedIndexes !== undefined && lost > maxFailedIndexes) {
      const message = 'Job has exceeded the specified maximal number of failed indexes';
      return failed('MaxFailedIndexesExceeded', message);
    }
    if (lost > 0 && lost + view.succeededIndexes.size >= completions) {
      return failed('FailedIndexes', 'Job has failed indexes');
    }
  }
  return successByPolicy(job, view);
}

function successByPolicy({ spec }: StoredJob, { succeededIndexes }: JobView): Verdict | undefined {
  if (succeededIndexes.size === 0) return undefined;
  const { completions = 0 } = spec;
  const place = (spec.successPolicy?.rules ?? []).findIndex(
    ({ succeededIndexes: wanted, succeededCount }) => {
      if (wanted === undefined)
        return succeededCount !== undefined && succeededIndexes.size >= succeededCount;
      const indexes = parseIndexes(wanted, completions);
      const count = [...indexes].filter((index) => succeededIndexes.has(index)).length;
      return indexes.size > 0 && count >= (succeededCount ?? indexes.size);
    },
  );
  if (place < 0) return undefined;
  const message = `Matched rules at index ${place}`;
  return { type: 'SuccessCriteriaMet', reason: 'SuccessPolicy', message };
}

/** Pods that are started again in place count by their restarts. */
function hasRestartedTooOften({ spec }: StoredJob, pods: readonly StoredPod[], limit: number): boolean {
  if (spec.template.spec?.restartPolicy !== 'OnFailure') return false;
  let restarts = 0;
  for (const { status } of pods) {
    if (status?.phase !== 'Running' && status?.phase !== 'Pending') continue;
    const { initContainerStatuses = [], containerStatuses = [] } = status;
    for (const { restartCount } of [...initContainerStatuses, ...containerStatuses]) restarts += restartCount;
  }
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

function deadlineOf({ spec }: StoredJob, startTime: string | undefined): number | undefined {
  if (spec.activeDeadlineSeconds === undefined || startTime === undefined || spec.suspend) return undefined;
  return Date.parse(startTime) + spec.activeDeadlineSeconds * 1000;
}

/** The Pods that are counted now. When it is over, all that are left are, as failed unless the Job succeeds. */
function countedPods(
  job: StoredJob,
  view: JobView,
  verdict: Verdict | undefined,
): { pods: readonly StoredPod[]; failed: number } {
  const isLost = verdict?.type === 'FailureTarget';
  const succeeded = new Set(view.newSucceeded);
  const failing = view.newFailed.filter((pod) => verdict || !isKept(pod, job, view.lastFailed));
  const rest = isLost ? view.active : [];
  const isOver = verdict !== undefined || job.metadata.deletionTimestamp !== undefined;
  const pods = isOver ? view.pods : [...succeeded, ...failing];
  const failed = [...failing, ...rest].filter((pod) => verdictOf(job, pod).action !== 'Ignore');
  return { pods, failed: failed.length };
}

function newCondition({ type, reason, message }: Verdict, now: number, isTrueNow = true): JobCondition {
  const at = timestamp(now);
  return omitEmpty<JobCondition>({
    type,
    status: isTrueNow ? 'True' : 'False',
    lastProbeTime: at,
    lastTransitionTime: at,
    reason,
    message,
  });
}

/** First what is decided, and when no Pod is on its way out any more, that it is over. */
function endConditions(
  known: readonly JobCondition[],
  verdict: Verdict,
  isOver: boolean,
  now: number,
): readonly JobCondition[] {
  const decided = conditionOf(known, verdict.type) ? known : [...known, newCondition(verdict, now)];
  if (!isOver) return decided;
  const type = verdict.type === 'SuccessCriteriaMet' ? 'Complete' : 'Failed';
  return [...decided, newCondition({ ...verdict, type }, now)];
}
