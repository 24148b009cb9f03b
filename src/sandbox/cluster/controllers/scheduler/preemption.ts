import type { PodDisruptionBudget } from '../../../../kubernetes/api.ts';
import { fitsSelector, type Stored } from '../../object.ts';
import { conditionOf } from '../conditions.ts';
import { isTerminating, type StoredPod } from '../pod-state.ts';
import { beginCycle, type Cycle, changingRejection, type Rejection } from './filters.ts';
import { NodeInfo } from './node-info.ts';

/** What preemption comes to: Pods that have to make room, or why none would help. */
export type Preemption =
  | { readonly node: string; readonly victims: readonly StoredPod[] }
  | { readonly message: string };

/** A node where it would help if some Pods went. */
interface Candidate {
  readonly node: string;
  /** The most important first. */
  readonly victims: readonly StoredPod[];
  /** How many of them go against a PodDisruptionBudget. */
  readonly violations: number;
}

/** The priority of a Pod; without one it is 0. */
export function priorityOf({ spec }: StoredPod): number {
  return spec?.priority ?? 0;
}

/**
 * Looks for less important Pods whose room a Pod could take
 * (k8s.io/kubernetes/pkg/scheduler/framework/preemption).
 *
 * @param rejections of every node
 */
export function preempt(cycle: Cycle, rejections: ReadonlyMap<NodeInfo, Rejection>): Preemption {
  const { pod, infos } = cycle;
  if (pod.spec?.preemptionPolicy === 'Never') {
    return { message: 'not eligible due to preemptionPolicy=Never.' };
  }
  const nominated = infos.find(({ name }) => name === pod.status?.nominatedNodeName);
  if (nominated?.pods.some((other) => isMakingRoom(other) && priorityOf(other) < priorityOf(pod))) {
    return { message: 'not eligible due to a terminating pod on the nominated node.' };
  }
  const reasons = new Map<string, number>();
  const count = (reason: string) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const candidates: Candidate[] = [];
  for (const info of infos) {
    if (!rejections.get(info)?.mayPreempt) {
      count('Preemption is not helpful for scheduling');
      continue;
    }
    const found = victimsOn(cycle, info);
    if (Array.isArray(found)) for (const reason of found as readonly string[]) count(reason);
    else candidates.push(found as Candidate);
  }
  const best = bestOf(candidates);
  if (best) return best;
  return { message: `0/${infos.length} nodes are available: ${histogram(reasons)}.` };
}

/** How often each reason was given, in the order of the texts. */
export function histogram(reasons: ReadonlyMap<string, number>): string {
  return [...reasons]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
}

function isMakingRoom(pod: StoredPod): boolean {
  const target = conditionOf(pod.status?.conditions, 'DisruptionTarget');
  return isTerminating(pod) && target?.reason === 'PreemptionByScheduler';
}

/** @returns the reasons why not, or whom it takes */
function victimsOn(cycle: Cycle, info: NodeInfo): Candidate | readonly string[] {
  const own = priorityOf(cycle.pod);
  const lesser = info.pods.filter((other) => priorityOf(other) < own);
  if (lesser.length === 0) return ['No preemption victims found for incoming pod'];
  const kept = new Set(info.pods.filter((other) => priorityOf(other) >= own));
  const rejection = rejectionWith(cycle, info, kept);
  if (rejection) return rejection.reasons;
  // All of them gone would do. As many as can may stay, the most important first.
  const { violating, others } = byBudget(cycle, lesser.sort(moreImportantFirst));
  const victims: StoredPod[] = [];
  let violations = 0;
  for (const other of [...violating, ...others]) {
    kept.add(other);
    if (!rejectionWith(cycle, info, kept)) continue;
    kept.delete(other);
    victims.push(other);
    if (violating.includes(other)) violations += 1;
  }
  return { node: info.name, victims: victims.sort(moreImportantFirst), violations };
}

function rejectionWith(cycle: Cycle, info: NodeInfo, kept: ReadonlySet<StoredPod>): Rejection | undefined {
  const smaller = new NodeInfo(info.node, kept);
  const infos = cycle.infos.map((each) => (each === info ? smaller : each));
  const again = beginCycle(cycle.cluster, cycle.pod, cycle.spec, infos);
  if (typeof again === 'string') return { plugin: 'VolumeBinding', reasons: [again], mayPreempt: false };
  return changingRejection(again, smaller);
}

function moreImportantFirst(one: StoredPod, other: StoredPod): number {
  const difference = priorityOf(other) - priorityOf(one);
  return difference !== 0 ? difference : startOf(one) - startOf(other);
}

function startOf({ status, metadata }: StoredPod): number {
  return Date.parse(status?.startTime ?? metadata.creationTimestamp);
}

function byBudget(
  { cluster }: Cycle,
  pods: readonly StoredPod[],
): { violating: readonly StoredPod[]; others: readonly StoredPod[] } {
  const left = new Map<Stored<PodDisruptionBudget>, number>();
  for (const budget of cluster.list('poddisruptionbudgets.policy')) {
    left.set(budget, budget.status?.disruptionsAllowed ?? 0);
  }
  const violating = new Set<StoredPod>();
  for (const pod of pods) {
    const { namespace, labels } = pod.metadata;
    for (const [budget, allowed] of left) {
      if (budget.metadata.namespace !== namespace || !fitsSelector(budget.spec?.selector, labels)) continue;
      left.set(budget, allowed - 1);
      if (allowed <= 0) violating.add(pod);
    }
  }
  return { violating: [...violating], others: pods.filter((pod) => !violating.has(pod)) };
}

/** The node where the least is lost (`pickOneNodeForPreemption`). */
function bestOf(candidates: readonly Candidate[]): Candidate | undefined {
  const keysOf = ({ violations, victims }: Candidate): readonly number[] => [
    violations,
    Math.max(...victims.map(priorityOf)),
    victims.reduce((sum, each) => sum + priorityOf(each) + 2 ** 31, 0),
    victims.length,
    -Math.min(...victims.map(startOf)),
  ];
  const ranked = candidates.map((candidate) => ({ candidate, keys: keysOf(candidate) }));
  ranked.sort((one, other) => {
    const place = one.keys.findIndex((key, index) => key !== other.keys[index]);
    return place === -1 ? 0 : (one.keys[place] ?? 0) - (other.keys[place] ?? 0);
  });
  return ranked[0]?.candidate;
}
