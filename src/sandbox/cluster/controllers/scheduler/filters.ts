import type { PodSpec } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import { fitsNode, untoleratedTaint } from '../node-matching.ts';
import type { StoredPod } from '../pod-state.ts';
import { isChoosy, type NodeInfo } from './node-info.ts';
import { type AffinityState, affinityConflict, affinityState } from './pod-affinity.ts';
import { type Amounts, type PodRequests, requestsOf } from './requests.ts';
import { type SpreadState, spreadConflict, spreadStates } from './topology-spread.ts';
import { claimsOf, isClaimInUse, noClaims, type PodClaims, planVolumes } from './volumes.ts';

/** Why a node is none for a Pod, in the words that `kubectl describe` shows. */
export interface Rejection {
  /** The plugin that rejects it. */
  readonly plugin: string;
  readonly reasons: readonly string[];
  /** Whether it could help if other Pods went. */
  readonly mayPreempt: boolean;
}

/** What is looked up once for a Pod before nodes are compared. */
export interface Cycle {
  readonly cluster: Cluster;
  readonly pod: StoredPod;
  readonly spec: PodSpec;
  readonly requests: PodRequests;
  readonly infos: readonly NodeInfo[];
  readonly claims: PodClaims;
  readonly isClaimInUse: boolean;
  /** Whether the Pod or any other says next to which Pods it wants to be, or does not. */
  readonly isAnyChoosy: boolean;
  readonly affinity: AffinityState | undefined;
  readonly spread: readonly SpreadState[];
}

/** @returns a text when it is clear before any node was looked at that none will do */
export function beginCycle(
  cluster: Cluster,
  pod: StoredPod,
  spec: PodSpec,
  infos: readonly NodeInfo[],
): Cycle | string {
  const claims = claimsOf(cluster, pod);
  if (typeof claims === 'string') return claims;
  return {
    cluster,
    pod,
    spec,
    requests: requestsOf(spec),
    claims,
    ...sightOf(cluster, pod, claims, infos),
  };
}

/** The same cycle where other Pods run on the nodes. */
export function withNodes(cycle: Cycle, infos: readonly NodeInfo[]): Cycle {
  return {
    ...cycle,
    ...sightOf(cycle.cluster, cycle.pod, cycle.claims, infos),
  };
}

type Sight = Pick<Cycle, 'infos' | 'isClaimInUse' | 'isAnyChoosy' | 'affinity' | 'spread'>;

/** What depends on the Pods that run. */
function sightOf(cluster: Cluster, pod: StoredPod, claims: PodClaims, infos: readonly NodeInfo[]): Sight {
  const isAnyChoosy = isChoosy(pod.spec) || infos.some(({ choosy }) => choosy.length > 0);
  return {
    infos,
    isClaimInUse: claims !== noClaims && isClaimInUse(cluster, pod, infos),
    isAnyChoosy,
    affinity: isAnyChoosy ? affinityState(cluster, pod, infos) : undefined,
    spread: spreadStates(pod, infos),
  };
}

/**
 * What a node is like whatever runs on it: its readiness for new Pods, its taints, its labels. The plugins are
 * asked in the order of k8s.io/kubernetes/pkg/scheduler/apis/config/v1/default_plugins.go, and the first that
 * rejects is the one that is told of.
 */
export function fixedRejection(spec: PodSpec, { node }: NodeInfo): Rejection | undefined {
  const { taints, unschedulable } = node.spec;
  if (unschedulable && !toleratesUnschedulable(spec)) {
    return final('NodeUnschedulable', 'node(s) were unschedulable');
  }
  if (untoleratedTaint(taints, spec.tolerations, ['NoSchedule', 'NoExecute'])) {
    return final('TaintToleration', 'node(s) had untolerated taint(s)');
  }
  if (!fitsNode(spec, node)) {
    return final('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
  }
  return undefined;
}

/** What depends on what runs on a node, after `fixedRejection`. */
export function changingRejection(cycle: Cycle, info: NodeInfo): Rejection | undefined {
  const { requests, claims, affinity, spread } = cycle;
  if (requests.hostPorts.length > 0 && requests.hostPorts.some((port) => isTaken(port, info.ports))) {
    return passing('NodePorts', "node(s) didn't have free ports for the requested pod ports");
  }
  const missing = roomRejection(requests, info);
  if (missing) return missing;
  if (cycle.isClaimInUse) {
    return passing(
      'VolumeRestrictions',
      'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
    );
  }
  if (claims.bound.length > 0 || claims.delayed.length > 0) {
    const plan = planVolumes(cycle.cluster, claims, info);
    if (isReasons(plan)) return { plugin: 'VolumeBinding', reasons: plan, mayPreempt: false };
  }
  const skew = spread.length > 0 ? spreadConflict(spread, info.node) : undefined;
  if (skew === 'skew') return passing('PodTopologySpread', unspread);
  if (skew) return final('PodTopologySpread', `${unspread} (missing required label)`);
  switch (affinity && affinityConflict(affinity, info.node)) {
    case 'affinity':
      return final('InterPodAffinity', "node(s) didn't match pod affinity rules");
    case 'anti-affinity':
      return passing('InterPodAffinity', "node(s) didn't match pod anti-affinity rules");
    case 'existing':
      return passing('InterPodAffinity', "node(s) didn't satisfy existing pods anti-affinity rules");
    default:
      return undefined;
  }
}

const unspread = "node(s) didn't match pod topology spread constraints";

function isReasons(plan: ReturnType<typeof planVolumes>): plan is readonly string[] {
  return Array.isArray(plan);
}

function final(plugin: string, reason: string): Rejection {
  return { plugin, reasons: [reason], mayPreempt: false };
}

function passing(plugin: string, reason: string): Rejection {
  return { plugin, reasons: [reason], mayPreempt: true };
}

function toleratesUnschedulable({ tolerations }: PodSpec): boolean {
  const taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
  return !untoleratedTaint([taint], tolerations, ['NoSchedule']);
}

/** An address that stands for all of them clashes with each. */
function isTaken(port: string, taken: ReadonlySet<string>): boolean {
  if (taken.has(port)) return true;
  const [address, protocol, number] = port.split(' ');
  if (address !== '0.0.0.0') return taken.has(`0.0.0.0 ${protocol} ${number}`);
  return [...taken].some((each) => each.endsWith(` ${protocol} ${number}`));
}

function roomRejection({ amounts }: PodRequests, info: NodeInfo): Rejection | undefined {
  if (hasRoom(amounts, info)) return undefined;
  const { allocatable } = info;
  let reasons: string[] | undefined;
  let mayPreempt = true;
  const lacks = (reason: string, wanted: number, used: number, all: number) => {
    if (wanted <= 0 || wanted + used <= all) return;
    reasons ??= [];
    reasons.push(reason);
    if (wanted > all) mayPreempt = false;
  };
  if (info.pods.length + 1 > info.mostPods) reasons = ['Too many pods'];
  lacks('Insufficient cpu', amounts.cpuMilli, info.cpuMilli, allocatable.cpuMilli);
  lacks('Insufficient memory', amounts.memory, info.memory, allocatable.memory);
  lacks('Insufficient ephemeral-storage', amounts.ephemeral, info.ephemeral, allocatable.ephemeral);
  for (const [name, amount] of amounts.others) {
    lacks(`Insufficient ${name}`, amount, info.others.get(name) ?? 0, allocatable.others.get(name) ?? 0);
  }
  return reasons && { plugin: 'NodeResourcesFit', reasons, mayPreempt };
}

/** Most Pods are asked of all nodes, and most nodes have room: that is found out without further ado. */
function hasRoom({ cpuMilli, memory, ephemeral, others }: Amounts, info: NodeInfo): boolean {
  const { allocatable } = info;
  return (
    info.pods.length < info.mostPods &&
    (cpuMilli <= 0 || cpuMilli + info.cpuMilli <= allocatable.cpuMilli) &&
    (memory <= 0 || memory + info.memory <= allocatable.memory) &&
    (ephemeral <= 0 || ephemeral + info.ephemeral <= allocatable.ephemeral) &&
    others.size === 0
  );
}
