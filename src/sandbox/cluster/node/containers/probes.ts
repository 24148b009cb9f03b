import type { ContainerStatus, HTTPGetAction, Probe } from '../../../../kubernetes/api.ts';
import { RuntimeError } from '../../../runtime/container-runtime.ts';
import { sameValue } from '../../object.ts';
import { foreseen } from '../foreseen-error.ts';
import { tell } from '../node-context.ts';
import { connect, portOf, refusal, unknownPort } from '../pods/pod-connections.ts';
import { containersOf, fieldPathOf, type RoledContainer } from '../pods/pod-containers.ts';
import { sandboxOf } from '../pods/pod-facts.ts';
import type { ProbeRecord } from '../pods/pod-record.ts';
import { type PodWork, remember } from '../pods/pod-work.ts';
import { startFailure } from './exec-failure.ts';
import { expand } from './expansion.ts';
import { outputOf } from './hooks.ts';

type Kind = 'startup' | 'liveness' | 'readiness';

type Result = { readonly kind: 'success' } | { readonly kind: 'failure' | 'error'; readonly message: string };

const kinds: readonly Kind[] = ['startup', 'liveness', 'readiness'];

/** What the kubelet goes by before a probe has said anything (k8s.io/kubernetes/pkg/kubelet/prober/worker.go). */
const initial: Readonly<Record<Kind, ProbeRecord['result']>> = {
  startup: 'unknown',
  liveness: 'success',
  readiness: 'failure',
};

/** Exec probes print at most this much into an event. */
const mostOutput = 10 * 1024;

/** Whether any container of a Pod is probed. */
export function hasProbes({ pod }: PodWork): boolean {
  return containersOf(pod).some(({ spec }) => spec.startupProbe || spec.livenessProbe || spec.readinessProbe);
}

/**
 * Makes the probes that are due. When what they say changes, the Pod is to be synced.
 *
 * A server that answers is not asked again every period: what it would answer can only change together with
 * its container, its files or its ports, and then `settledProbes` has it asked again.
 */
export function runProbes(work: PodWork): void {
  if (work.record.ending || work.record.probedSince === undefined) return;
  const statuses = [
    ...(work.pod.status?.initContainerStatuses ?? []),
    ...(work.pod.status?.containerStatuses ?? []),
  ];
  for (const container of containersOf(work.pod)) {
    if (container.role !== 'main' && container.role !== 'sidecar') continue;
    const given = probesOf(container.spec);
    if (given.length === 0) continue;
    const status = statuses.find(({ name }) => name === container.spec.name);
    if (!status?.state?.running || !isPresent(work, status)) continue;
    for (const kind of given) advanceProbe(work, container, status, kind);
  }
}

/** When the next probe is due. */
export function nextProbeMoment({ record }: PodWork): number | undefined {
  if (record.ending) return undefined;
  let first: number | undefined;
  for (const name in record.probes) {
    const next = record.probes[name]?.next;
    if (next !== undefined && (first === undefined || next < first)) first = next;
  }
  return first;
}

/** Whether a probe has decided that a container has to be replaced. */
export function hasFailed({ record }: PodWork, name: string, kind: 'startup' | 'liveness'): boolean {
  const known = record.probes[`${name}/${kind}`];
  return known?.result === 'failure' && known.id === record.containers[name]?.ids[0];
}

function probesOf(spec: RoledContainer['spec']): readonly Kind[] {
  return kinds.filter((kind) => spec[`${kind}Probe`] !== undefined);
}

/** The status may still speak of a container that was replaced. */
function isPresent({ record }: PodWork, { name, containerID }: ContainerStatus): boolean {
  return containerID === `containerd://${record.containers[name]?.ids[0]}`;
}

function advanceProbe(work: PodWork, container: RoledContainer, status: ContainerStatus, kind: Kind): void {
  const { now } = work.context.cluster;
  const { name } = container.spec;
  const id = work.record.containers[name]?.ids[0] ?? '';
  const probe = container.spec[`${kind}Probe`] as Probe;
  const place = `${name}/${kind}`;
  const old = work.record.probes[place];
  let known: ProbeRecord = old?.id === id ? old : { id, result: initial[kind], run: 0 };
  if (isOnHold(known, status, kind)) return keep(work, place, without(known));
  if (known.process !== undefined) {
    const result = execResult(work, probe, known, known.process);
    if (!result) return keep(work, place, { ...known, next: deadlineOf(probe, known) });
    known = counted(work, container, kind, probe, without(known), result);
    return keep(work, place, { ...known, ...scheduled(work, probe, known, kind, status) });
  }
  if (known.settled) return keep(work, place, known);
  // A container that has just started need not wait a whole period to become ready.
  const isFirst = known.last === undefined && (probe.initialDelaySeconds ?? 0) === 0;
  const next = known.next ?? (isFirst && kind === 'readiness' ? now : tick(work, probe, status));
  known = { ...known, next };
  if (next > now) return keep(work, place, known);
  const begun = perform(work, container, probe, id);
  if ('process' in begun) {
    const running = { ...known, process: begun.process, since: now };
    return keep(work, place, { ...running, next: deadlineOf(probe, running) });
  }
  known = counted(work, container, kind, probe, without(known), begun);
  keep(work, place, { ...known, ...scheduled(work, probe, known, kind, status) });
}

/** A probe rests once it has decided, and all but the startup probe until that one has succeeded. */
function isOnHold(known: ProbeRecord, status: ContainerStatus, kind: Kind): boolean {
  if (kind === 'startup') return known.result !== 'unknown';
  if (kind === 'liveness' && known.result === 'failure') return true;
  return status.started !== true;
}

/** When to probe next; not at all when nothing else can come out. */
function scheduled(
  work: PodWork,
  probe: Probe,
  known: ProbeRecord,
  kind: Kind,
  status: ContainerStatus,
): Pick<ProbeRecord, 'next' | 'settled'> {
  if (isOnHold(known, status, kind)) return {};
  const isSettled = known.result === 'success' && known.last === 'success' && !probe.exec;
  return isSettled ? { settled: true } : { next: tick(work, probe, status) };
}

/** Probes are made at multiples of their period from when the Pod was first synced. */
function tick(
  work: PodWork,
  { periodSeconds = 10, initialDelaySeconds = 0 }: Probe,
  status: ContainerStatus,
): number {
  const { now } = work.context.cluster;
  const period = periodSeconds * 1000;
  const base = work.record.probedSince ?? now;
  const started = Date.parse(status.state?.running?.startedAt ?? '') || now;
  const earliest = Math.max(now + 1, started + initialDelaySeconds * 1000);
  return base + Math.ceil((earliest - base) / period) * period;
}

function deadlineOf({ timeoutSeconds = 1 }: Probe, { since = 0 }: ProbeRecord): number {
  return since + timeoutSeconds * 1000;
}

/** Takes a result into account. */
function counted(
  work: PodWork,
  container: RoledContainer,
  kind: Kind,
  { failureThreshold = 3, successThreshold = 1 }: Probe,
  known: ProbeRecord,
  result: Result,
): ProbeRecord {
  if (result.kind !== 'success') {
    const word = kind === 'startup' ? 'Startup' : kind === 'liveness' ? 'Liveness' : 'Readiness';
    const how = result.kind === 'error' ? 'errored and resulted in unknown state' : 'failed';
    const { context, pod, record } = work;
    const text = `${word} probe ${how}: ${result.message}`;
    tell(context, pod, record.node, 'Warning', 'Unhealthy', text, fieldPathOf(container));
  }
  if (result.kind === 'error') return known;
  const run = known.last === result.kind ? known.run + 1 : 1;
  const threshold = result.kind === 'success' ? successThreshold : failureThreshold;
  const next: ProbeRecord = { ...known, last: result.kind, run: Math.min(run, threshold) };
  if (run < threshold || known.result === result.kind) return next;
  remember(work, { syncAt: work.context.cluster.now });
  return { ...next, result: result.kind };
}

function perform(
  work: PodWork,
  container: RoledContainer,
  probe: Probe,
  id: string,
): Result | { readonly process: string } {
  const { runtime } = work.context;
  const { node } = work.record;
  if (probe.exec) {
    try {
      const argv = staticallyExpanded(container, probe.exec.command ?? []);
      return { process: runtime.exec(node, id, { argv, tty: false, stdin: false }) };
    } catch (problem) {
      const why = startFailure(work.context.cluster.store, foreseen(problem, RuntimeError));
      return { kind: 'error', message: `rpc error: code = Unknown desc = ${why}` };
    }
  }
  if (probe.httpGet) return httpResult(work, container, probe.httpGet, probe);
  if (probe.tcpSocket) {
    const port = portOf(container, probe.tcpSocket.port);
    if (port === undefined) return { kind: 'error', message: unknownPort(probe.tcpSocket.port) };
    const { network, address } = sandboxOf(work.record);
    if (runtime.listens(network, port)) return { kind: 'success' };
    return { kind: 'failure', message: refusal(address, port) };
  }
  return { kind: 'error', message: 'probes by gRPC are not simulated' };
}

function httpResult(
  work: PodWork,
  container: RoledContainer,
  action: HTTPGetAction,
  { timeoutSeconds = 1 }: Probe,
): Result {
  const answer = connect(work, container, action, 'probe', timeoutSeconds * 1000);
  if (answer.kind !== 'answer') return answer;
  const { status } = answer.response;
  if (status >= 200 && status < 400) return { kind: 'success' };
  return { kind: 'failure', message: `HTTP probe failed with statuscode: ${status}` };
}

/** @returns undefined while the process runs */
function execResult(work: PodWork, probe: Probe, known: ProbeRecord, id: string): Result | undefined {
  const { runtime, cluster } = work.context;
  const { node } = work.record;
  const process = runtime.process(node, id);
  if (!process) return { kind: 'error', message: 'the process is gone' };
  if (process.state === 'running') {
    if (deadlineOf(probe, known) > cluster.now) return undefined;
    runtime.forget(node, process.id);
    const command = probe.exec?.command?.join(' ');
    return {
      kind: 'failure',
      message: `command timed out: "${command}" timed out after ${probe.timeoutSeconds ?? 1}s`,
    };
  }
  runtime.forget(node, process.id);
  if (process.exitCode === 0) return { kind: 'success' };
  return { kind: 'failure', message: outputOf(process.output).slice(0, mostOutput) };
}

/** Variables in the command of a probe: only those that the Pod gives a plain value. */
function staticallyExpanded({ spec }: RoledContainer, command: readonly string[]): readonly string[] {
  const values = new Map((spec.env ?? []).map(({ name, value = '' }) => [name, value]));
  return command.map((word) => expand(word, (name) => values.get(name)));
}

function without({ process: _, since: __, next: ___, ...rest }: ProbeRecord): ProbeRecord {
  return rest;
}

function keep(work: PodWork, place: string, record: ProbeRecord): void {
  const known = work.record.probes[place];
  if (known && sameValue(known, record)) return;
  remember(work, { probes: { ...work.record.probes, [place]: record } });
}
