import type { ContainerStatus, Pod } from '../../../../kubernetes/api.ts';
import { statusOf } from '../containers/container-status.ts';
import { containersOf, type RoledContainer, shouldRestart } from './pod-containers.ts';

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/**
 * The phase of a Pod, from what is known of its containers (k8s.io/kubernetes/pkg/kubelet/kubelet_pods.go,
 * `getPhase`).
 *
 * @param isTerminal nothing of it is going to be started again
 * @param hasRun a main container runs or has run: a sidecar that starts again does not make it pending
 */
export function phaseOf(
  pod: Pod,
  statuses: ReadonlyMap<string, ContainerStatus>,
  isTerminal: boolean,
  hasRun: boolean,
): Phase {
  const count = { ...nothing };
  for (const container of containersOf(pod)) {
    const status = statusOf(statuses, container);
    if (container.role === 'init') countInit(count, container, pod, status);
    else if (container.role === 'sidecar') countSidecar(count, status);
    else if (container.role === 'main') countMain(count, container, pod, status);
  }
  if (count.initFailedForGood > 0) return 'Failed';
  if (count.initPending > 0 || (count.sidecarPending > 0 && !hasRun) || count.waiting > 0) return 'Pending';
  if (count.running > 0) return 'Running';
  if (count.stopped === 0) return 'Pending';
  if (!isTerminal && count.stopped !== count.stoppedForGood) return 'Running';
  return count.stopped === count.succeeded ? 'Succeeded' : 'Failed';
}

const nothing = {
  initPending: 0,
  initFailedForGood: 0,
  sidecarPending: 0,
  running: 0,
  waiting: 0,
  stopped: 0,
  stoppedForGood: 0,
  succeeded: 0,
};

type Count = typeof nothing;

function countInit(count: Count, container: RoledContainer, pod: Pod, status: ContainerStatus): void {
  const ended = status.state?.terminated ?? (status.state?.waiting && status.lastState?.terminated);
  if (!ended) count.initPending += 1;
  else if (ended.exitCode !== 0 && !shouldRestart(container, pod, ended.exitCode)) {
    count.initFailedForGood += 1;
  }
}

function countSidecar(count: Count, status: ContainerStatus): void {
  if (status.state?.running) {
    if (!status.started) count.sidecarPending += 1;
    count.running += 1;
  } else if (status.state?.waiting && !status.lastState?.terminated) {
    count.sidecarPending += 1;
    count.waiting += 1;
  }
}

function countMain(count: Count, container: RoledContainer, pod: Pod, status: ContainerStatus): void {
  const { running, terminated } = status.state ?? {};
  const ended = terminated ?? status.lastState?.terminated;
  if (running) count.running += 1;
  else if (ended) {
    count.stopped += 1;
    if (!shouldRestart(container, pod, ended.exitCode)) count.stoppedForGood += 1;
    if (terminated?.exitCode === 0) count.succeeded += 1;
  } else count.waiting += 1;
}
