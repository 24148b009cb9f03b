import type { Node, PodAffinityTerm } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import { fitsSelector } from '../../object.ts';
import type { StoredPod } from '../pod-state.ts';
import type { NodeInfo } from './node-info.ts';

/** How many Pods there are in each part of the cluster, by `key=value` of a node's label. */
type Counts = Map<string, number>;

/**
 * Next to which other Pods a Pod has to be, or must not be; and which of them do not want it next to them
 * (k8s.io/kubernetes/pkg/scheduler/framework/plugins/interpodaffinity).
 */
export interface AffinityState {
  readonly wanted: readonly PodAffinityTerm[];
  readonly unwanted: readonly PodAffinityTerm[];
  readonly wantedCounts: Counts;
  readonly unwantedCounts: Counts;
  readonly refusedCounts: Counts;
  /** Whether the Pod is of those that it wants to be next to. */
  readonly fitsItself: boolean;
}

/** @returns undefined when nobody minds; which is clear before where nobody is choosy */
export function affinityState(
  cluster: Cluster,
  pod: StoredPod,
  infos: readonly NodeInfo[],
): AffinityState | undefined {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const wanted = podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const unwanted = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const wantedCounts: Counts = new Map();
  const unwantedCounts: Counts = new Map();
  const refusedCounts: Counts = new Map();
  for (const { node, pods, choosy } of infos) {
    for (const other of choosy) {
      for (const term of refusals(other)) {
        if (isMeant(cluster, term, other, pod)) count(refusedCounts, node, term.topologyKey);
      }
    }
    if (wanted.length === 0 && unwanted.length === 0) continue;
    for (const other of pods) {
      const isAll = wanted.length > 0 && wanted.every((term) => isMeant(cluster, term, pod, other));
      if (isAll) for (const term of wanted) count(wantedCounts, node, term.topologyKey);
      for (const term of unwanted) {
        if (isMeant(cluster, term, pod, other)) count(unwantedCounts, node, term.topologyKey);
      }
    }
  }
  if (wanted.length === 0 && unwanted.length === 0 && refusedCounts.size === 0) return undefined;
  const fitsItself = wanted.every((term) => isMeant(cluster, term, pod, pod));
  return { wanted, unwanted, wantedCounts, unwantedCounts, refusedCounts, fitsItself };
}

/** Why a node is not one to be on; undefined when it is. */
export function affinityConflict(
  state: AffinityState,
  { metadata: { labels = {} } }: Node,
): 'affinity' | 'anti-affinity' | 'existing' | undefined {
  const has = (counts: Counts, key: string) => (counts.get(`${key}=${labels[key]}`) ?? 0) > 0;
  if (!state.wanted.every(({ topologyKey }) => labels[topologyKey] !== undefined)) return 'affinity';
  const isNear = state.wanted.every(({ topologyKey }) => has(state.wantedCounts, topologyKey));
  // The first of those that want to be together may be anywhere.
  if (!isNear && !(state.wantedCounts.size === 0 && state.fitsItself)) return 'affinity';
  if (state.unwanted.some(({ topologyKey }) => has(state.unwantedCounts, topologyKey)))
    return 'anti-affinity';
  if (state.refusedCounts.size === 0) return undefined;
  return Object.keys(labels).some((key) => has(state.refusedCounts, key)) ? 'existing' : undefined;
}

/**
 * How much the Pods that are there speak for each node: by what the Pod prefers, what they prefer, and what
 * they demand. A place that is wanted counts up, one that is not counts down.
 *
 * @returns undefined when nobody has a preference
 */
export function affinityScores(
  cluster: Cluster,
  pod: StoredPod,
  infos: readonly NodeInfo[],
): Counts | undefined {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const likes = podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const dislikes = podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const hasOwn = likes.length > 0 || dislikes.length > 0;
  const scores: Counts = new Map();
  for (const { node, pods, choosy } of infos) {
    for (const other of hasOwn ? pods : choosy) {
      const add = (terms: typeof likes, sign: number, owner: StoredPod, meant: StoredPod) => {
        for (const { podAffinityTerm: term, weight } of terms) {
          if (isMeant(cluster, term, owner, meant)) count(scores, node, term.topologyKey, sign * weight);
        }
      };
      add(likes, 1, pod, other);
      add(dislikes, -1, pod, other);
      const theirs = other.spec.affinity;
      add(theirs?.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [], 1, other, pod);
      add(theirs?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [], -1, other, pod);
      const demands = theirs?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
      add(
        demands.map((podAffinityTerm) => ({ podAffinityTerm, weight: 1 })),
        1,
        other,
        pod,
      );
    }
  }
  return scores.size > 0 ? scores : undefined;
}

function refusals({ spec }: StoredPod): readonly PodAffinityTerm[] {
  return spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

/** Whether a term of one Pod is about another. */
function isMeant(cluster: Cluster, term: PodAffinityTerm, owner: StoredPod, other: StoredPod): boolean {
  return isNamespaceMeant(cluster, term, owner, other) && areLabelsMeant(term, owner, other);
}

function isNamespaceMeant(
  cluster: Cluster,
  { namespaces = [], namespaceSelector }: PodAffinityTerm,
  owner: StoredPod,
  { metadata: { namespace = '' } }: StoredPod,
): boolean {
  if (namespaces.includes(namespace)) return true;
  if (namespaces.length === 0 && !namespaceSelector) return namespace === owner.metadata.namespace;
  const labels = cluster.get('namespaces', undefined, namespace)?.metadata.labels;
  return namespaceSelector !== undefined && fitsSelector(namespaceSelector, labels);
}

function areLabelsMeant(
  { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] }: PodAffinityTerm,
  { metadata: { labels: own = {} } }: StoredPod,
  { metadata: { labels = {} } }: StoredPod,
): boolean {
  return (
    fitsSelector(labelSelector, labels) &&
    matchLabelKeys.every((key) => own[key] === undefined || labels[key] === own[key]) &&
    mismatchLabelKeys.every((key) => own[key] === undefined || labels[key] !== own[key])
  );
}

function count(counts: Counts, { metadata }: Node, key: string, by = 1): void {
  const value = metadata.labels?.[key];
  if (value === undefined) return;
  const place = `${key}=${value}`;
  counts.set(place, (counts.get(place) ?? 0) + by);
}
