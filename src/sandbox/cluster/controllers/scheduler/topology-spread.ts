import type { Node, TopologySpreadConstraint } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import { controllerOf, fitsSelector, type Stored } from '../../object.ts';
import { fitsNode, untoleratedTaint } from '../node-matching.ts';
import { isTerminating, type StoredPod } from '../pod-state.ts';
import type { NodeInfo } from './node-info.ts';

/** A constraint, and how many Pods it counts in each part of the cluster. */
export interface SpreadState {
  readonly constraint: TopologySpreadConstraint;
  readonly counts: ReadonlyMap<string, number>;
  /** In the part where there are fewest. */
  readonly fewest: number;
  /** 1 when the Pod is one of those that are counted. */
  readonly self: number;
}

/** How Pods of one owner are spread when they do not say it themselves (`systemDefaultConstraints`). */
const nodeSkew = 3;
const zoneSkew = 5;

/**
 * The constraints a node has to fit, counted (k8s.io/kubernetes/pkg/scheduler/framework/plugins/
 * podtopologyspread).
 */
export function spreadStates(pod: StoredPod, infos: readonly NodeInfo[]): readonly SpreadState[] {
  const hard = constraintsOf(pod, 'DoNotSchedule');
  if (hard.length === 0) return none;
  return hard.map((constraint) => {
    const counts = new Map<string, number>();
    for (const info of infos) {
      const { labels = {} } = info.node.metadata;
      if (!hard.every(({ topologyKey }) => labels[topologyKey] !== undefined)) continue;
      if (!isCounted(constraint, pod, info.node)) continue;
      const place = labels[constraint.topologyKey] as string;
      counts.set(place, (counts.get(place) ?? 0) + countIn(info, constraint, pod));
    }
    const isFewDomains = counts.size < (constraint.minDomains ?? 1);
    const fewest = isFewDomains || counts.size === 0 ? 0 : Math.min(...counts.values());
    return { constraint, counts, fewest, self: isMatching(constraint, pod, pod) ? 1 : 0 };
  });
}

/** Why a node does not fit; undefined when it does. */
export function spreadConflict(
  states: readonly SpreadState[],
  { metadata: { labels = {} } }: Node,
): 'skew' | 'no-label' | undefined {
  for (const { constraint, counts, fewest, self } of states) {
    const place = labels[constraint.topologyKey];
    if (place === undefined) return 'no-label';
    if ((counts.get(place) ?? 0) + self - fewest > constraint.maxSkew) return 'skew';
  }
  return undefined;
}

/**
 * Tells of each node how crowded it is with Pods of the same kind: by what the Pod prefers, or if it says
 * nothing, by how many of its owner's are there.
 *
 * @returns undefined when there is nothing to go by; otherwise a function that gives -1 for a node that is
 *     not compared
 */
export function crowding(
  cluster: Cluster,
  pod: StoredPod,
  candidates: readonly NodeInfo[],
  infos: readonly NodeInfo[],
): ((info: NodeInfo) => number) | undefined {
  if ((pod.spec.topologySpreadConstraints ?? []).length === 0) {
    return crowdingByOwner(cluster, pod, candidates, infos);
  }
  const soft = constraintsOf(pod, 'ScheduleAnyway');
  if (soft.length === 0) return undefined;
  const isCompared = ({ node }: NodeInfo) =>
    soft.every(({ topologyKey }) => node.metadata.labels?.[topologyKey] !== undefined);
  const compared = candidates.filter(isCompared);
  const parts = soft.map((constraint) => {
    const placeOf = ({ node }: NodeInfo) => node.metadata.labels?.[constraint.topologyKey];
    const counts = new Map(compared.map((info) => [placeOf(info), 0]));
    for (const info of infos) {
      const known = counts.get(placeOf(info));
      if (known === undefined || !isCompared(info) || !isCounted(constraint, pod, info.node)) continue;
      counts.set(placeOf(info), known + countIn(info, constraint, pod));
    }
    return {
      placeOf,
      counts,
      weight: weightOf(counts),
      base: constraint.maxSkew - 1,
    };
  });
  return (info) => {
    let sum = 0;
    for (const { placeOf, counts, weight, base } of parts) {
      const count = counts.get(placeOf(info));
      if (count === undefined) return -1;
      sum += count * weight + base;
    }
    return Math.round(sum);
  };
}

/** Constraints count by how many parts there are, so that those of many parts do not drown. */
function weightOf(parts: { readonly size: number }): number {
  return Math.log(parts.size + 2);
}

/** By how many of its owner's are on each node and, where nodes say in which zone they are, in each zone. */
function crowdingByOwner(
  cluster: Cluster,
  pod: StoredPod,
  candidates: readonly NodeInfo[],
  infos: readonly NodeInfo[],
): ((info: NodeInfo) => number) | undefined {
  const countIn = ownerCount(cluster, pod);
  if (!countIn) return undefined;
  const weight = weightOf({ size: candidates.length });
  const onNode = (info: NodeInfo) => countIn(info) * weight + nodeSkew - 1;
  if (!candidates.some(({ zone }) => zone !== undefined)) return (info) => Math.round(onNode(info));
  const zones = new Map(candidates.map((info) => [info.zone, 0]));
  for (const info of infos) {
    const known = zones.get(info.zone);
    if (known !== undefined) zones.set(info.zone, known + countIn(info));
  }
  return (info) => {
    const { zone } = info;
    const inZone = zone === undefined ? 0 : (zones.get(zone) as number) * weightOf(zones) + zoneSkew - 1;
    return Math.round(onNode(info) + inZone);
  };
}

/** Counts the Pods that belong together with one: those of its owner, or of its Services (`DefaultSelector`). */
function ownerCount(cluster: Cluster, pod: StoredPod): ((info: NodeInfo) => number) | undefined {
  const owner = controllerOf(pod);
  if (owner?.kind === 'ReplicaSet' || owner?.kind === 'StatefulSet') return (info) => info.ownedBy(owner.uid);
  const { namespace = '', labels } = pod.metadata;
  const selectors = cluster
    .list('services', namespace)
    .map(({ spec: { selector = {} } }) => ({ matchLabels: selector }))
    .filter((each) => Object.keys(each.matchLabels).length > 0 && fitsSelector(each, labels));
  if (selectors.length === 0) return undefined;
  return ({ pods }) =>
    pods.filter(
      (other) =>
        other.metadata.namespace === namespace &&
        !isTerminating(other) &&
        selectors.every((each) => fitsSelector(each, other.metadata.labels)),
    ).length;
}

const none: readonly never[] = [];

function constraintsOf({ spec }: StoredPod, action: string): readonly TopologySpreadConstraint[] {
  const all = spec.topologySpreadConstraints ?? none;
  return all.length === 0 ? none : all.filter((each) => each.whenUnsatisfiable === action);
}

/** Whether a node's Pods are counted at all. */
function isCounted(
  { nodeAffinityPolicy = 'Honor', nodeTaintsPolicy = 'Ignore' }: TopologySpreadConstraint,
  { spec }: StoredPod,
  node: Stored<Node>,
): boolean {
  if (nodeAffinityPolicy === 'Honor' && !fitsNode(spec, node)) return false;
  if (nodeTaintsPolicy !== 'Honor') return true;
  return !untoleratedTaint(node.spec.taints, spec.tolerations, ['NoSchedule', 'NoExecute']);
}

function countIn({ pods }: NodeInfo, constraint: TopologySpreadConstraint, pod: StoredPod): number {
  let count = 0;
  for (const other of pods) {
    if (other.metadata.namespace !== pod.metadata.namespace || isTerminating(other)) continue;
    if (isMatching(constraint, pod, other)) count += 1;
  }
  return count;
}

function isMatching(
  { labelSelector, matchLabelKeys = [] }: TopologySpreadConstraint,
  { metadata: { labels: own = {} } }: StoredPod,
  { metadata: { labels = {} } }: StoredPod,
): boolean {
  return (
    fitsSelector(labelSelector, labels) &&
    matchLabelKeys.every((key) => own[key] === undefined || labels[key] === own[key])
  );
}
