import { ApiError } from '../../api-error.ts';
import { hasRunning } from '../containers/seen-container.ts';
import { killAll, shortenGrace } from '../containers/stop-containers.ts';
import { foreseen } from '../foreseen-error.ts';
import { afterAWhile, tell } from '../node-context.ts';
import { graceOf } from './pod-facts.ts';
import type { PodRecord } from './pod-record.ts';
import { writeStatus } from './pod-status.ts';
import { type PodWork, remember } from './pod-work.ts';

type Ending = NonNullable<PodRecord['ending']>;

/** Measured: from when the last container has stopped until volumes and network are gone. */
const cleanUpTime = 500;

const deadlineMessage = 'Pod was active on the node longer than the specified deadline';

/** Why a Pod is to come to its end now; undefined when it is not, or is on its way already. */
export function whyEnd({ record, pod, context }: PodWork): Ending | undefined {
  const { deletionTimestamp, deletionGracePeriodSeconds = 30 } = pod.metadata;
  if (deletionTimestamp !== undefined) {
    if (!record.ending) return { grace: deletionGracePeriodSeconds };
    // Somebody asked again, with less patience.
    return deletionGracePeriodSeconds < record.ending.grace
      ? { ...record.ending, grace: deletionGracePeriodSeconds }
      : undefined;
  }
  if (record.ending) return undefined;
  // There is no time for grace when a node runs out of memory.
  if (record.evicted !== undefined) return { grace: 0, reason: 'Evicted', message: record.evicted };
  const limit = pod.spec?.activeDeadlineSeconds;
  const since = pod.status?.startTime;
  if (limit === undefined || since === undefined) return undefined;
  if (context.cluster.now < Date.parse(since) + limit * 1000) return undefined;
  return { grace: graceOf(pod), reason: 'DeadlineExceeded', message: deadlineMessage };
}

/** Begins to stop a Pod (k8s.io/kubernetes/pkg/kubelet/kubelet.go, `SyncTerminatingPod`). */
export function beginEnding(work: PodWork, ending: Ending): void {
  const { context, pod, record } = work;
  if (record.ending) {
    remember(work, { ending });
    shortenGrace(work, ending.grace);
    return;
  }
  remember(work, { ending });
  if (ending.reason === 'DeadlineExceeded') {
    tell(context, pod, record.node, 'Normal', 'DeadlineExceeded', deadlineMessage);
  }
  writeStatus(work, { isTerminal: false, isFinal: false });
  killAll(work, ending.grace);
}

/** Goes on with a Pod that is coming to its end, whenever nothing is waited for. */
export function advanceEnding(work: PodWork): void {
  const { context, record, pod } = work;
  if (hasRunning(context.runtime, record)) {
    killAll(work, record.ending?.grace ?? 30);
    return;
  }
  const isDeleted = pod.metadata.deletionTimestamp !== undefined;
  if (!record.stopped) {
    remember(work, { stopped: true, step: { kind: 'unmount', at: afterAWhile(context, cleanUpTime) } });
    writeStatus(work, { isTerminal: true, isFinal: isDeleted });
    return;
  }
  writeStatus(work, { isTerminal: true, isFinal: true });
  remember(work, { ended: true });
  if (isDeleted) letGo(work);
}

/** Tells the API that nothing of a deleted Pod is left on the node. */
export function letGo({ context, pod }: PodWork): void {
  const { namespace, name, uid } = pod.metadata;
  try {
    context.cluster.remove('pods', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
  } catch (problem) {
    // Another one of its name may be there already.
    foreseen(problem, ApiError);
  }
}
