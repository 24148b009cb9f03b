import { RuntimeError } from '../../../runtime/container-runtime.ts';
import { foreseen } from '../foreseen-error.ts';
import { tell } from '../node-context.ts';
import { containerNamed, containersOf, fieldPathOf, type RoledContainer } from '../pods/pod-containers.ts';
import { graceOf } from '../pods/pod-facts.ts';
import type { Kill } from '../pods/pod-record.ts';
import { type PodWork, remember, unremember } from '../pods/pod-work.ts';
import { advanceHook, beginHook } from './hooks.ts';

/** A container is given at least this, so that it need not be killed (`minimumGracePeriodInSeconds`). */
const leastGrace = 2_000;

/**
 * Begins to stop a container: its preStop hook, the stop signal, and SIGKILL when the grace is over
 * (k8s.io/kubernetes/pkg/kubelet/kuberuntime, `killContainer`). The Pod's worker waits for it.
 *
 * @param message of the event
 * @param grace seconds; the Pod's own when it is left out
 */
export function killContainer(
  work: PodWork,
  container: RoledContainer,
  message: string,
  grace?: number,
): void {
  const { context, record, pod } = work;
  const { spec } = container;
  const id = record.containers[spec.name]?.ids[0];
  if (id === undefined) return;
  tell(context, pod, record.node, 'Normal', 'Killing', message, fieldPathOf(container));
  const seconds = grace ?? pod.metadata.deletionGracePeriodSeconds ?? graceOf(pod);
  const deadline = context.cluster.now + seconds * 1000;
  const preStop = container.role === 'ephemeral' ? undefined : spec.lifecycle?.preStop;
  const kill: Kill = { container: spec.name, id, deadline, stage: 'turn' };
  const hook = preStop && seconds > 0 ? beginHook(work, container, id, preStop) : undefined;
  if (hook?.state === 'ended' && hook.failure !== undefined) sayHookFailed(work, container);
  const begun: Kill = hook?.state === 'running' ? { ...kill, stage: 'hook', hook: hook.run } : kill;
  remember(work, { kills: [...(work.record.kills ?? []), begun], step: { kind: 'kill' } });
}

/** Begins to stop everything of a Pod that runs. */
export function killAll(work: PodWork, grace: number): void {
  remember(work, { step: { kind: 'kill' } });
  for (const container of containersOf(work.pod)) {
    if (runs(work, container.spec.name)) {
      killContainer(work, container, `Stopping container ${container.spec.name}`, grace);
    }
  }
}

/**
 * Goes on with what is being stopped.
 *
 * @returns whether all of it has stopped
 */
export function advanceKills(work: PodWork): boolean {
  for (;;) {
    const before = work.record.kills ?? [];
    const after = before.flatMap((kill) => advanceKill(work, kill));
    if (after.length === 0) {
      unremember(work, 'kills', 'step');
      return true;
    }
    const isSame = after.length === before.length && after.every((kill, place) => kill === before[place]);
    if (!isSame) remember(work, { kills: after });
    // Whoever has stopped may have been what another waited for.
    if (after.length === before.length) return false;
  }
}

/** When something of what is being stopped is to be looked at again. */
export function nextKillMoment({ record, context }: PodWork): number | undefined {
  const times = (record.kills ?? []).flatMap(({ stage, hook, deadline }) => {
    if (stage === 'stopping') return [];
    return hook && 'until' in hook ? [Math.min(hook.until, deadline)] : [deadline];
  });
  const later = times.filter((at) => at > context.cluster.now);
  return later.length === 0 ? undefined : Math.min(...later);
}

/**
 * Makes the time shorter that everything still has: somebody asked a second time, with less grace. While a hook runs
 * the worker does not hear of it.
 */
export function shortenGrace(work: PodWork, grace: number): void {
  const { now } = work.context.cluster;
  const latest = now + grace * 1000;
  const known = work.record.kills ?? [];
  if (known.some(({ stage }) => stage === 'hook')) return;
  const kills = known.map((kill) => {
    if (kill.deadline <= latest) return kill;
    if (kill.stage === 'stopping') stop(work, kill.id, Math.max(latest - now, leastGrace));
    return { ...kill, deadline: latest };
  });
  remember(work, { kills });
}

function advanceKill(work: PodWork, kill: Kill): readonly Kill[] {
  const { now } = work.context.cluster;
  const container = containerNamed(work.pod, kill.container);
  if (!container || !runs(work, kill.container)) return [];
  if (kill.stage === 'stopping') return [kill];
  const preStop = container.spec.lifecycle?.preStop;
  if (kill.stage === 'hook' && kill.hook && preStop && kill.deadline > now) {
    const hook = advanceHook(work, container, preStop, kill.hook);
    if (hook.state === 'running') return [kill];
    if (hook.failure !== undefined) sayHookFailed(work, container);
  } else if (kill.stage === 'hook' && kill.hook && 'process' in kill.hook) {
    // Its command goes with the container.
    sayHookFailed(work, container);
  }
  if (kill.deadline > now && !isItsTurn(work, container))
    return [kill.stage === 'turn' ? kill : { ...kill, stage: 'turn' }];
  stop(work, kill.id, Math.max(kill.deadline - now, leastGrace));
  return runs(work, kill.container) ? [{ ...kill, stage: 'stopping' }] : [];
}

/**
 * Sidecars stop after all main containers, the last one first, so that these can use them to the end
 * (k8s.io/kubernetes/pkg/kubelet/kuberuntime/kuberuntime_termination_order.go).
 */
function isItsTurn(work: PodWork, { spec, role }: RoledContainer): boolean {
  if (role !== 'sidecar' || !work.record.ending) return true;
  const all = containersOf(work.pod);
  const place = all.findIndex((each) => each.spec.name === spec.name);
  return all.every((each, index) => {
    const comesFirst = each.role === 'main' || (each.role === 'sidecar' && index > place);
    return !comesFirst || !runs(work, each.spec.name);
  });
}

function runs({ context, record }: PodWork, name: string): boolean {
  const id = record.containers[name]?.ids[0];
  const state = id === undefined ? undefined : context.runtime.container(record.node, id)?.state;
  return state === 'running' || state === 'paused';
}

function stop({ context, record }: PodWork, id: string, grace: number): void {
  try {
    context.runtime.stop(record.node, id, grace);
  } catch (problem) {
    // It ended by itself in the meantime.
    foreseen(problem, RuntimeError);
  }
}

function sayHookFailed({ context, pod, record }: PodWork, container: RoledContainer): void {
  tell(
    context,
    pod,
    record.node,
    'Warning',
    'FailedPreStopHook',
    'PreStopHook failed',
    fieldPathOf(container),
  );
}
