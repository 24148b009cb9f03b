import type { ContainerStatus, Pod, PodCondition, PodStatus } from '../../../../kubernetes/api.ts';
import type { Writable } from '../../object.ts';
import { timestamp } from '../../object.ts';
import { containerStatuses, statusOf } from '../containers/container-status.ts';
import { addressOfNode } from '../node-context.ts';
import { podConditions, sandboxReady } from './pod-conditions.ts';
import { containersOf } from './pod-containers.ts';
import { generationOf } from './pod-facts.ts';
import { type Phase, phaseOf } from './pod-phase.ts';
import type { PodRecord } from './pod-record.ts';
import type { PodWork } from './pod-work.ts';
import { qosClass } from './qos-class.ts';

/** How a status is written. */
export interface Writing {
  /** Nothing of the Pod is going to be started again. */
  readonly isTerminal: boolean;
  /**
   * The containers have stopped, and it may be said that the Pod has ended. Before that its phase stays what
   * it was (k8s.io/kubernetes/pkg/kubelet/status, `mergePodStatus`).
   */
  readonly isFinal: boolean;
}

/**
 * Writes a Pod's status as the kubelet sees it now (k8s.io/kubernetes/pkg/kubelet/kubelet_pods.go,
 * `generateAPIPodStatus`).
 *
 * @returns the phase that the containers stand for, which may not have been written yet
 */
export function writeStatus(work: PodWork, { isTerminal, isFinal }: Writing): Phase {
  const { context, pod, record } = work;
  const { cluster, runtime } = context;
  const before: PodStatus = pod.status ?? {};
  const statuses = containerStatuses(runtime, pod, record);
  const hasRun = hasRunMain(pod, record);
  const { ending } = record;
  const seen: Phase = ending?.reason ? 'Failed' : phaseOf(pod, statuses, isTerminal, hasRun);
  const had = before.phase as Phase | undefined;
  const isEnd = (phase: Phase | undefined) => phase === 'Succeeded' || phase === 'Failed';
  const phase = isEnd(had) ? (had as Phase) : seen;
  const written = isEnd(phase) && !isFinal ? (had ?? 'Pending') : phase;
  const hasSandbox = record.sandbox !== undefined && !isTerminal;
  const conditions = podConditions({ pod, phase, statuses, hasSandbox, now: cluster.now });
  const reason = isFinal && ending?.reason ? ending.reason : had === written ? before.reason : undefined;
  const message = isFinal && ending?.message ? ending.message : had === written ? before.message : undefined;
  const isDisrupted = isFinal && ending?.reason === 'Evicted';
  const { main, init, ephemeral } = listsOf(pod, statuses);
  const status: Writable<PodStatus> = {
    conditions: isDisrupted
      ? withDisruption(pod, conditions, ending?.message ?? '', cluster.now)
      : conditions,
    containerStatuses: main,
  };
  if (ephemeral.length > 0) status.ephemeralContainerStatuses = ephemeral;
  if (init.length > 0) status.initContainerStatuses = init;
  addAddresses(work, status);
  if (message) status.message = message;
  status.observedGeneration = generationOf(pod);
  status.phase = written;
  status.qosClass = before.qosClass ?? qosClass(pod);
  if (reason) status.reason = reason;
  status.startTime = before.startTime ?? timestamp(cluster.now);
  work.pod = cluster.updateStatus('pods', { ...pod, status } as Pod) as PodWork['pod'];
  return phase;
}

/** Writes that a Pod has its network, before anything is started in it (kubelet.go, `OnPodSandboxReady`). */
export function writeSandboxReady(work: PodWork): void {
  const { context, pod } = work;
  const conditions = sandboxReady(pod.status?.conditions ?? [], context.cluster.now);
  work.pod = context.cluster.updateStatus('pods', { ...pod, status: { ...pod.status, conditions } });
}

/** Writes that the node does not take a Pod (k8s.io/kubernetes/pkg/kubelet/kubelet.go, `rejectPod`). */
export function writeRejection(work: PodWork, reason: string, message: string): void {
  const { context, pod } = work;
  const status: PodStatus = {
    message: `Pod was rejected: ${message}`,
    observedGeneration: generationOf(pod),
    phase: 'Failed',
    qosClass: qosClass(pod),
    reason,
    startTime: timestamp(context.cluster.now),
  };
  work.pod = context.cluster.updateStatus('pods', { ...pod, status } as Pod) as PodWork['pod'];
}

/** Whether a main container runs or has run. */
function hasRunMain(pod: Pod, { containers }: PodRecord): boolean {
  for (const { spec, role } of containersOf(pod)) {
    if (role === 'main' && containers[spec.name]?.ids[0] !== undefined) return true;
  }
  return false;
}

function listsOf(pod: Pod, statuses: ReadonlyMap<string, ContainerStatus>) {
  const init: ContainerStatus[] = [];
  const main: ContainerStatus[] = [];
  const ephemeral: ContainerStatus[] = [];
  for (const container of containersOf(pod)) {
    const { role } = container;
    const status = statusOf(statuses, container);
    if (role === 'main') main.push(status);
    else if (role === 'ephemeral') ephemeral.push(status);
    else init.push(status);
  }
  // Main containers stand in the order of their names, the others in that of the spec.
  if (main.length > 1) main.sort((one, other) => (one.name < other.name ? -1 : 1));
  return { main, init, ephemeral };
}

function addAddresses({ context, pod, record }: PodWork, status: Writable<PodStatus>): void {
  const hostIP = addressOfNode(context.cluster.get('nodes', undefined, record.node));
  const podIP = record.sandbox?.address ?? (pod.spec?.hostNetwork ? hostIP : pod.status?.podIP);
  status.hostIP = hostIP;
  status.hostIPs = [{ ip: hostIP }];
  if (!podIP) return;
  status.podIP = podIP;
  status.podIPs = [{ ip: podIP }];
}

function withDisruption(
  { metadata, status }: Pod,
  conditions: readonly PodCondition[],
  message: string,
  now: number,
): readonly PodCondition[] {
  if (status?.conditions?.some(({ type }) => type === 'DisruptionTarget')) return conditions;
  const disruption: PodCondition = {
    lastTransitionTime: timestamp(now),
    message,
    observedGeneration: generationOf({ metadata }),
    reason: 'TerminationByKubelet',
    status: 'True',
    type: 'DisruptionTarget',
  };
  return [disruption, ...conditions];
}
