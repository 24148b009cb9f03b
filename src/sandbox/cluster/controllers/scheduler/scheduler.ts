import type { Node, PodCondition, PodStatus } from '../../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { keyOf, timestamp } from '../../object.ts';
import { textOrder } from '../age.ts';
import { conditionOf, transitionTime, withCondition } from '../conditions.ts';
import { omitAbsent } from '../omit-empty.ts';
import { isFinished, isTerminating, type StoredPod } from '../pod-state.ts';
import type { Cycle } from './filters.ts';
import { type NodeInfo, NodeInfos } from './node-info.ts';
import { Placer, type Refusal } from './placement.ts';
import { priorityOf } from './preemption.ts';
import { type Cause, Refused } from './refused.ts';
import { planVolumes } from './volumes.ts';
import { WaitingPods } from './waiting-pods.ts';

const name = 'scheduler';
const component = 'default-scheduler';

/**
 * Gives Pods their nodes (k8s.io/kubernetes/pkg/scheduler). Its keys are `queue` for the Pods that may be
 * tried (and `batch` when they are), `moved cause` when something has changed that may help others, `own key` and `gone key` for news
 * of a Pod itself, and `volumes key` for one that waits for its volumes.
 */
export function schedulerController(cluster: Cluster, simulation: Simulation): Controller {
  const nodes = new NodeInfos(cluster);
  const refused = new Refused(cluster, simulation, name);
  const waiting = new WaitingPods(cluster, simulation, name);
  let scheduled: PodCondition = { type: 'PodScheduled', status: 'True' };
  let last:
    | {
        readonly before: StoredPod['status'];
        readonly condition: PodCondition;
        readonly status: PodStatus;
      }
    | undefined;

  return {
    name,
    tables: ['pods', 'nodes', 'persistentvolumeclaims', 'persistentvolumes', 'storageclasses.storage.k8s.io'],
    concerns: newsOf,
    reconcile(key) {
      const space = key.indexOf(' ');
      const [what, subject] = space < 0 ? [key, ''] : [key.slice(0, space), key.slice(space + 1)];
      switch (what) {
        case 'moved':
          if (refused.release(subject as Cause)) simulation.enqueue(name, 'queue');
          return;
        case 'own':
          refused.forget(subject, true);
          simulation.enqueue(name, 'queue');
          return;
        case 'gone':
          refused.forget(subject, false);
          waiting.forget(subject);
          return;
        case 'volumes':
          lookAtVolumes(subject);
          return;
        case 'queue':
          // What else is to happen at this moment happens first: claims are looked at before their Pods.
          simulation.enqueue(name, 'batch');
          return;
        default:
          schedule();
      }
    },
  };

  function schedule(): void {
    const pending = pendingPods(cluster).filter((pod) => !waiting.has(keyOf(pod), pod.metadata.uid));
    const pods = pending.filter((pod) => !refused.isHeld(keyOf(pod), pod.metadata.uid));
    if (pods.length === 0) return;
    const infos = nodes.look(waiting.byNode());
    const placer = new Placer(cluster, infos, nominatedPods(pending));
    const changed = new Set<NodeInfo>();
    for (const pod of pods.sort(byImportance)) {
      const placement = placer.place(pod, pod.spec);
      if (!('info' in placement)) {
        refuse(pod, placement);
        continue;
      }
      const { info, cycle } = placement;
      if (startVolumes(pod, cycle, info)) {
        placer.add(info, pod);
        continue;
      }
      placer.add(info, bind(pod, info.name));
      changed.add(info);
    }
    const byNode = waiting.byNode();
    for (const info of changed) nodes.keep(info, byNode.get(info.name));
  }

  /** Pods that get their nodes at one moment share what is said of it. */
  function scheduledNow({ metadata: { generation } }: StoredPod): PodCondition {
    const lastTransitionTime = timestamp(cluster.now);
    if (scheduled.lastTransitionTime !== lastTransitionTime || scheduled.observedGeneration !== generation) {
      scheduled = {
        type: 'PodScheduled',
        status: 'True',
        lastTransitionTime,
        ...(generation === undefined ? {} : { observedGeneration: generation }),
      };
    }
    return scheduled;
  }

  function boundStatus(pod: StoredPod): PodStatus {
    const condition = scheduledNow(pod);
    if (last?.before !== pod.status || last?.condition !== condition) {
      const { nominatedNodeName: _, ...status } = pod.status ?? {};
      const conditions = withCondition(status.conditions, condition);
      last = { before: pod.status, condition, status: { ...status, conditions } };
    }
    return last.status;
  }

  function bind(pod: StoredPod, node: string): StoredPod {
    const { namespace, name: podName } = pod.metadata;
    const bound = cluster.bind(pod, node, boundStatus(pod));
    refused.forget(keyOf(pod), false);
    const message = `Successfully assigned ${namespace}/${podName} to ${node}`;
    recordEvent(cluster, { about: pod, type: 'Normal', reason: 'Scheduled', message, component });
    return bound;
  }

  /** @returns whether the Pod has to wait for volumes before it may have its node */
  function startVolumes(pod: StoredPod, { claims }: Cycle, info: NodeInfo): boolean {
    if (claims.delayed.length === 0) return false;
    const plan = planVolumes(cluster, claims, info);
    if (!('bindings' in plan)) throw new Error(`the claims of ${keyOf(pod)} fit no longer`);
    // What is expected is told, since it takes a while (`NominatedNodeNameForExpectation`).
    const status = { ...pod.status, nominatedNodeName: info.name };
    waiting.begin(cluster.updateStatus('pods', { ...pod, status }), info.name, plan);
    return true;
  }

  function lookAtVolumes(key: string): void {
    const found = waiting.look(key);
    if (!found) return;
    const { pod, node, failure } = found;
    if (failure === undefined) {
      bind(pod, node);
      return;
    }
    const refusal = { message: failure, plugins: ['VolumeBinding'], nominated: undefined, victims: [] };
    refuse(pod, refusal, 'SchedulerError');
  }

  /** @param reason what the condition gives as one: that no node fits, or that something went wrong */
  function refuse(pod: StoredPod, refusal: Refusal, reason = 'Unschedulable'): void {
    const { message, plugins, nominated, victims } = refusal;
    recordEvent(cluster, { about: pod, type: 'Warning', reason: 'FailedScheduling', message, component });
    const { generation } = pod.metadata;
    const known = conditionOf(pod.status?.conditions, 'PodScheduled');
    const condition: PodCondition = omitAbsent<PodCondition>({
      type: 'PodScheduled',
      status: 'False',
      reason,
      message,
      lastTransitionTime: transitionTime(known, 'False', cluster.now),
      observedGeneration: generation,
    });
    const conditions = withCondition(pod.status?.conditions, condition);
    const status = omitAbsent<PodStatus>({ ...pod.status, conditions, nominatedNodeName: nominated });
    cluster.updateStatus('pods', { ...pod, status });
    refused.hold(pod, plugins);
    for (const victim of victims) evict(victim, pod);
  }

  function evict(victim: StoredPod, pod: StoredPod): void {
    const { namespace, name: podName } = victim.metadata;
    const latest = cluster.get('pods', namespace, podName);
    if (!latest || isTerminating(latest)) return;
    const target: PodCondition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: `${component}: preempting to accommodate a higher priority pod`,
      lastTransitionTime: timestamp(cluster.now),
    };
    const conditions = withCondition(latest.status?.conditions, target);
    cluster.updateStatus('pods', { ...latest, status: { ...latest.status, conditions } });
    cluster.remove('pods', namespace, podName);
    const message = `Preempted by pod ${pod.metadata.uid} on node ${victim.spec.nodeName}`;
    recordEvent(cluster, { about: victim, type: 'Normal', reason: 'Preempted', message, component });
  }
}

function newsOf(change: Change): readonly string[] {
  switch (change.table) {
    case 'pods':
      return newsOfPod(change);
    case 'nodes':
      return isNewsOfNode(change) ? ['moved node'] : [];
    case 'persistentvolumeclaims':
      return [`moved claim ${change.key}`];
    case 'persistentvolumes':
    case 'storageclasses.storage.k8s.io':
      return ['moved volume'];
    default:
      return [];
  }
}

function newsOfPod({ key, before, after }: Change): readonly string[] {
  const old = before as StoredPod | undefined;
  const now = after as StoredPod | undefined;
  if (now && isPending(now)) {
    if (!old || !isPending(old)) return queue;
    return old.spec === now.spec && old.metadata.labels === now.metadata.labels ? [] : [`own ${key}`];
  }
  if (old && isPending(old)) return now?.spec.nodeName ? podHere : [`gone ${key}`];
  if (!old?.spec.nodeName || isFinished(old)) return none;
  if (!now || isFinished(now)) return ['moved pod-gone'];
  return old.metadata.labels === now.metadata.labels ? none : podHere;
}

/** What is said of every Pod is not made anew for each. */
const none: readonly string[] = [];
const queue: readonly string[] = ['queue'];
const podHere: readonly string[] = ['moved pod-here'];
const pending: readonly string[] = ['pending'];

function isNewsOfNode({ before, after }: Change): boolean {
  const old = before as Node | undefined;
  const now = after as Node | undefined;
  return (
    old?.spec !== now?.spec ||
    old?.metadata.labels !== now?.metadata.labels ||
    old?.status?.allocatable !== now?.status?.allocatable
  );
}

/** Whether a Pod is to be given a node by this scheduler. */
function isPending(pod: StoredPod): boolean {
  const { nodeName, schedulerName = component, schedulingGates = [] } = pod.spec;
  return (
    !nodeName &&
    schedulerName === component &&
    schedulingGates.length === 0 &&
    !isTerminating(pod) &&
    !isFinished(pod)
  );
}

function pendingPods(cluster: Cluster): readonly StoredPod[] {
  const stateOf = (pod: StoredPod) => (isPending(pod) ? pending : none);
  return cluster.store.index('pods', 'scheduling', stateOf).entries('pending') as StoredPod[];
}

function nominatedPods(pods: readonly StoredPod[]): ReadonlyMap<string, readonly StoredPod[]> {
  const byNode = new Map<string, StoredPod[]>();
  for (const pod of pods) {
    const node = pod.status?.nominatedNodeName;
    if (node !== undefined) byNode.set(node, [...(byNode.get(node) ?? []), pod]);
  }
  return byNode;
}

/** The most important first, then the oldest; those of one second stay in the order of their keys, as they come. */
function byImportance(one: StoredPod, other: StoredPod): number {
  const difference = priorityOf(other) - priorityOf(one);
  if (difference !== 0) return difference;
  return textOrder(one.metadata.creationTimestamp, other.metadata.creationTimestamp);
}
