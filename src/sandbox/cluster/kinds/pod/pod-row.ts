import type { ContainerState, Pod, PodStatus } from '../../../../kubernetes/api.ts';
import type { Stored } from '../../object.ts';
import { ageColumn, ageOf, nameColumn, since, text, wide } from '../cells.ts';
import type { Cell, Column, RowContext } from '../kind.ts';

/** Columns of a Pod's Table (k8s.io/kubernetes/pkg/printers/internalversion, printers.go, as all here). */
export const podColumns: readonly Column[] = [
  nameColumn,
  text('Ready'),
  text('Status'),
  text('Restarts'),
  ageColumn,
  wide('IP'),
  wide('Node'),
  wide('Nominated Node'),
  wide('Readiness Gates'),
];

/** What a Pod's containers come to. */
interface Summary {
  readonly status: string;
  readonly ready: number;
  readonly restarts: number;
  /** When the last container that was started again had ended. */
  readonly lastRestart: string | undefined;
}

/** A Pod's row. */
export function podRow(pod: Stored<Pod>, context: RowContext): readonly Cell[] {
  const { status = {}, spec } = pod;
  const sidecars = spec?.initContainers?.filter(isSidecar).length ?? 0;
  const { ready, restarts, lastRestart, status: shown } = summaryOf(pod);
  const ago = restarts > 0 && lastRestart !== undefined ? ` (${since(lastRestart, context)} ago)` : '';
  return [
    pod.metadata.name,
    `${ready}/${(spec?.containers.length ?? 0) + sidecars}`,
    whileLeaving(pod, shown),
    `${restarts}${ago}`,
    ageOf(pod, context),
    status.podIPs?.[0]?.ip || '<none>',
    spec?.nodeName || '<none>',
    status.nominatedNodeName || '<none>',
    gatesCell(pod),
  ];
}

function summaryOf(pod: Stored<Pod>): Summary {
  const { status = {} } = pod;
  const isGated = status.conditions?.some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  const reason = isGated ? 'SchedulingGated' : status.reason || status.phase || '';
  const beginning = initSummary(pod);
  const isInitialized = status.conditions?.some(
    ({ type, status: state }) => type === 'Initialized' && state === 'True',
  );
  if (beginning.reason !== undefined && !isInitialized) {
    const { ready, restarts, lastRestart } = beginning;
    return { status: beginning.reason, ready, restarts, lastRestart };
  }
  return runningSummary(status, beginning, beginning.reason ?? reason);
}

interface InitSummary extends Omit<Summary, 'status'> {
  /** What the Pod's start waits for; undefined when it waits for nothing any more. */
  readonly reason: string | undefined;
  readonly sidecarRestarts: number;
  readonly lastSidecarRestart: string | undefined;
}

function initSummary({ spec, status }: Stored<Pod>): InitSummary {
  const sidecars = new Set(spec?.initContainers?.filter(isSidecar).map(({ name }) => name));
  let ready = 0;
  let restarts = 0;
  let lastRestart: string | undefined;
  let sidecarRestarts = 0;
  let lastSidecarRestart: string | undefined;
  let reason: string | undefined;
  for (const [index, container] of (status?.initContainerStatuses ?? []).entries()) {
    const { state = {}, restartCount, lastState } = container;
    const finished = lastState?.terminated?.finishedAt;
    restarts += restartCount;
    lastRestart = later(lastRestart, finished);
    if (sidecars.has(container.name)) {
      sidecarRestarts += restartCount;
      lastSidecarRestart = later(lastSidecarRestart, finished);
    }
    if (state.terminated?.exitCode === 0) continue;
    if (sidecars.has(container.name) && container.started) {
      if (container.ready) ready += 1;
      continue;
    }
    reason = waitingReason(state, index, spec?.initContainers?.length ?? 0);
    break;
  }
  return { ready, restarts, lastRestart, sidecarRestarts, lastSidecarRestart, reason };
}

function waitingReason({ terminated, waiting }: ContainerState, index: number, count: number): string {
  if (terminated) return `Init:${endReason(terminated)}`;
  const isExplained = waiting?.reason && waiting.reason !== 'PodInitializing';
  return isExplained ? `Init:${waiting.reason}` : `Init:${index}/${count}`;
}

function runningSummary(status: PodStatus, beginning: InitSummary, before: string): Summary {
  const containers = [...(status.containerStatuses ?? [])].reverse();
  let { ready, sidecarRestarts: restarts, lastSidecarRestart: lastRestart } = beginning;
  let reason = before;
  let failure: string | undefined;
  let hasRunning = false;
  for (const { state = {}, ready: isReady, restartCount, lastState } of containers) {
    restarts += restartCount;
    lastRestart = later(lastRestart, lastState?.terminated?.finishedAt);
    if (state.waiting?.reason) reason = state.waiting.reason;
    else if (state.terminated) {
      reason = endReason(state.terminated);
      if (state.terminated.exitCode !== 0) failure = reason;
    } else if (isReady && state.running) {
      hasRunning = true;
      ready += 1;
    }
  }
  if (reason === 'Completed') {
    const isPodReady = status.conditions?.some(
      ({ type, status: state }) => type === 'Ready' && state === 'True',
    );
    if (hasRunning && isPodReady) reason = 'Running';
    else if (failure !== undefined) reason = failure;
    else if (hasRunning) reason = 'NotReady';
  }
  return { status: reason, ready, restarts, lastRestart };
}

function endReason({ reason, signal, exitCode }: NonNullable<ContainerState['terminated']>): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

function whileLeaving({ metadata, status }: Stored<Pod>, shown: string): string {
  if (metadata.deletionTimestamp === undefined) return shown;
  if (status?.reason === 'NodeLost') return 'Unknown';
  return status?.phase === 'Failed' || status?.phase === 'Succeeded' ? shown : 'Terminating';
}

function gatesCell({ spec, status }: Stored<Pod>): string {
  const gates = spec?.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const met = gates.filter(
    (gate) => status?.conditions?.find(({ type }) => type === gate.conditionType)?.status === 'True',
  );
  return `${met.length}/${gates.length}`;
}

function isSidecar({ restartPolicy }: { readonly restartPolicy?: string }): boolean {
  return restartPolicy === 'Always';
}

function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? other : one;
}
