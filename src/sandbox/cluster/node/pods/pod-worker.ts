import { takeHostPid } from '../../../runtime/processes/process-ids.ts';
import { joinNetwork, networkOfNode, networkOfPod } from '../../network/pod-networks.ts';
import { advanceHook } from '../containers/hooks.ts';
import { hasProbes, nextProbeMoment, runProbes } from '../containers/probes.ts';
import { observationOf } from '../containers/seen-container.ts';
import { continuePull, finishStart, type Outcome, startContainer } from '../containers/start-container.ts';
import { advanceKills, killAll, killContainer, nextKillMoment } from '../containers/stop-containers.ts';
import { foreseen } from '../foreseen-error.ts';
import { missingPullSecrets } from '../images/image-credentials.ts';
import { leaveQueue } from '../images/image-pulls.ts';
import { addressOfNode, afterAWhile, jittered, tell } from '../node-context.ts';
import { MountError, setUpVolumes } from '../volumes/volumes.ts';
import { isReadinessStale } from './pod-conditions.ts';
import { demandContainer, isOnHostNetwork } from './pod-containers.ts';
import { advanceEnding, beginEnding, whyEnd } from './pod-ending.ts';
import { generationOf, graceOf } from './pod-facts.ts';
import { planFor } from './pod-plan.ts';
import type { PodRecord } from './pod-record.ts';
import { writeSandboxReady, writeStatus } from './pod-status.ts';
import { fieldSources, type PodWork, remember, unremember } from './pod-work.ts';

/** Measured: from when a Pod's volumes are asked for until its network is there. */
const sandboxTime = 400;

/** How often the kubelet asks the runtime what has become of its containers (k8s.io/kubernetes/pkg/kubelet/pleg). */
const relistPeriod = 1_000;

/** How long a worker waits after something failed (`backOffPeriod`), and at most between two syncs. */
const retryPause = 10_000;
const syncPeriod = 60_000;

/** Pauses between two tries to mount (k8s.io/kubernetes/pkg/util/goroutinemap/exponentialbackoff). */
const firstMountPause = 500;
const longestMountPause = 122_000;

/**
 * Does everything for a Pod that can be done at this moment: one thing after the other, as its worker in the
 * kubelet does (k8s.io/kubernetes/pkg/kubelet/pod_workers.go and kubelet.go, `SyncPod`).
 *
 * @returns when to come again; undefined when only a change can make something happen
 */
export function workOn(work: PodWork): number | undefined {
  const isProbed = hasProbes(work);
  let before: PodRecord;
  do {
    before = work.record;
    if (isProbed) runProbes(work);
    while (advance(work)) if (work.record.ended) return undefined;
    // What a sync has started may be probed at once, and what a probe says may be a reason to sync.
  } while (isProbed && work.record !== before);
  noticeChanges(work);
  return nextMoment(work);
}

/** Does the next thing. @returns whether there was something to do that need not wait */
function advance(work: PodWork): boolean {
  if (mustEnd(work)) return true;
  if (work.record.step) return advanceStep(work);
  if (work.record.ending) advanceEnding(work);
  else if (work.record.plan) startNext(work);
  else if (isDue(work)) beginSync(work);
  else return false;
  return true;
}

/** Looks whether the Pod is to come to its end now; it may be in the middle of something. */
function mustEnd(work: PodWork): boolean {
  const why = whyEnd(work);
  if (!why) return false;
  const { step } = work.record;
  if (step?.kind === 'pull') leaveQueue(work, demandContainer(work.pod, step.container));
  unremember(work, 'plan', ...(step?.kind === 'kill' ? [] : (['step'] as const)));
  beginEnding(work, why);
  return true;
}

function isDue({ record, pod, context }: PodWork): boolean {
  const { now } = context.cluster;
  if (record.generation !== generationOf(pod)) return true;
  // An object that was made anew for a Pod from a file says nothing yet.
  if (pod.status?.startTime === undefined || isReadinessStale(pod)) return true;
  return (
    (record.syncAt ?? Number.POSITIVE_INFINITY) <= now || (record.relistAt ?? Number.POSITIVE_INFINITY) <= now
  );
}

/** Begins to bring the Pod nearer to what is wanted. */
function beginSync(work: PodWork): void {
  const { context, pod } = work;
  unremember(work, 'syncAt', 'relistAt', 'failed', 'backOffEnds', 'replaced');
  remember(work, {
    observed: observationOf(context.runtime, work.record),
    generation: generationOf(pod),
  });
  if (!work.record.sandbox && Object.keys(work.record.containers).length > 0) {
    const text = 'Pod sandbox changed, it will be killed and re-created.';
    tell(context, pod, work.record.node, 'Normal', 'SandboxChanged', text);
  }
  const phase = writeStatus(work, { isTerminal: false, isFinal: false });
  if (phase === 'Succeeded' || phase === 'Failed') {
    beginEnding(work, { grace: graceOf(pod) });
    return;
  }
  if (!work.record.volumes) mount(work, firstMountPause);
  else if (!work.record.sandbox)
    remember(work, { step: { kind: 'sandbox', at: afterAWhile(context, sandboxTime) } });
  else makePlan(work);
}

/**
 * Goes on with what the worker waits for.
 *
 * @returns whether it is over
 */
function advanceStep(work: PodWork): boolean {
  const { step } = work.record;
  const { now } = work.context.cluster;
  switch (step?.kind) {
    case 'volumes':
      if (step.at > now) return false;
      mount(work, Math.min(step.delay * 2, longestMountPause));
      return true;
    case 'sandbox':
      if (step.at > now) return false;
      unremember(work, 'step');
      makeSandbox(work);
      writeSandboxReady(work);
      makePlan(work);
      return true;
    case 'pull':
      return goOn(work, step.container, continuePull(work, demandContainer(work.pod, step.container)));
    case 'hook': {
      const container = demandContainer(work.pod, step.container);
      const hook = advanceHook(work, container, container.spec.lifecycle?.postStart, step.hook);
      if (hook.state === 'running') return false;
      unremember(work, 'step');
      goOn(work, step.container, finishStart(work, container, hook.failure));
      return true;
    }
    case 'kill':
      return advanceKills(work);
    case 'unmount':
      if (step.at > now) return false;
      unremember(work, 'step');
      return true;
    default:
      return true;
  }
}

function mount(work: PodWork, delay: number): void {
  const { context, pod, record } = work;
  let volumes: readonly string[];
  try {
    volumes = setUpVolumes(context, pod, record.node, fieldSources(work));
  } catch (problem) {
    tell(context, pod, record.node, 'Warning', 'FailedMount', foreseen(problem, MountError).message);
    remember(work, { step: { kind: 'volumes', delay, at: afterAWhile(context, delay) } });
    return;
  }
  remember(work, {
    volumes,
    probedSince: context.cluster.now,
    step: { kind: 'sandbox', at: afterAWhile(context, sandboxTime) },
  });
}

function makeSandbox(work: PodWork): void {
  const { context, pod, record, key } = work;
  const { cluster } = context;
  const node = cluster.get('nodes', undefined, record.node);
  const isHost = isOnHostNetwork(pod);
  const network = isHost ? networkOfNode(record.node) : networkOfPod(record.uid);
  const address = isHost
    ? addressOfNode(node)
    : joinNetwork(cluster.store, network, record.node, node?.spec?.podCIDR ?? '', key);
  const attempt = record.formerSandbox ? (record.formerSandbox.attempt ?? 0) + 1 : 0;
  remember(work, {
    sandbox: { network, address, at: cluster.now, attempt, pid: takeHostPid(cluster.store, record.node) },
    probedSince: record.probedSince ?? cluster.now,
  });
}

function makePlan(work: PodWork): void {
  const { start, kill, isOver } = planFor(work);
  if (isOver) {
    // Sidecars go last: what is over is seen at the next look.
    killAll(work, graceOf(work.pod));
    remember(work, { plan: [] });
    return;
  }
  // Mostly there is nothing to do.
  if (start.length === 0 && kill.length === 0) return endSync(work);
  for (const { container, message } of kill) killContainer(work, container, message);
  remember(work, { plan: start });
  if (kill.length > 0) remember(work, { replaced: kill.map(({ container }) => container.spec.name) });
  const missing = start.length > 0 ? missingPullSecrets(work.context.cluster, work.pod) : [];
  if (missing.length > 0) {
    const text = `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`;
    tell(work.context, work.pod, work.record.node, 'Warning', 'FailedToRetrieveImagePullSecret', text);
  }
}

/** Starts the next container of the plan, or ends the sync when there is none. */
function startNext(work: PodWork): void {
  const [name, ...rest] = work.record.plan ?? [];
  if (name === undefined) {
    endSync(work);
    return;
  }
  remember(work, { plan: rest });
  goOn(work, name, startContainer(work, demandContainer(work.pod, name)));
}

/**
 * Takes into account what became of starting a container: nothing more is started in a Pod one of whose init
 * containers could not be.
 *
 * @returns whether the worker is free for the next
 */
function goOn(work: PodWork, name: string, outcome: Outcome): boolean {
  if (outcome === 'busy') return false;
  if (outcome === 'failed' && demandContainer(work.pod, name).role === 'init') remember(work, { plan: [] });
  return true;
}

function endSync(work: PodWork): void {
  const { record, context } = work;
  const { now } = context.cluster;
  unremember(work, 'plan');
  if (!record.failed) return;
  const pause = record.backOffEnds === undefined ? retryPause : Math.max(record.backOffEnds - now, 0);
  const wait = jittered(context, Math.min(pause, syncPeriod));
  remember(work, { syncAt: afterAWhile(context, wait) });
}

/** What changed since the last sync is seen when the kubelet asks the runtime again. */
function noticeChanges(work: PodWork): void {
  const { record, context } = work;
  if (record.step || record.plan || record.ending || record.relistAt !== undefined) return;
  if (observationOf(context.runtime, record) === record.observed) return;
  const { now } = context.cluster;
  remember(work, { relistAt: (Math.floor(now / relistPeriod) + 1) * relistPeriod });
}

function nextMoment(work: PodWork): number | undefined {
  const { record, pod, context } = work;
  const { step } = record;
  const { now } = context.cluster;
  let next = sooner(now, sooner(now, record.syncAt, record.relistAt), nextProbeMoment(work));
  if (step?.kind === 'kill') next = sooner(now, next, nextKillMoment(work));
  else if (step?.kind === 'pull') next = sooner(now, next, step.ends);
  else if (step?.kind === 'hook')
    next = sooner(now, next, 'until' in step.hook ? step.hook.until : undefined);
  else if (step) next = sooner(now, next, step.at);
  const limit = pod.spec?.activeDeadlineSeconds;
  if (limit !== undefined && !record.ending && pod.status?.startTime) {
    next = sooner(now, next, Date.parse(pod.status.startTime) + limit * 1000);
  }
  return next;
}

/** The earlier one of two times that are to come. */
function sooner(now: number, one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || one <= now) return other !== undefined && other > now ? other : undefined;
  return other !== undefined && other > now && other < one ? other : one;
}
