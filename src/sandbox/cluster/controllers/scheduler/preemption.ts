import type { LabelSelector } from '../../../../kubernetes/api.ts';
import { fitsSelector } from '../../object.ts';
import { conditionOf } from '../conditions.ts';
import { isTerminating, type StoredPod } from '../pod-state.ts';
import { type Cycle, changingRejection, type Rejection, withNodes } from './filters.ts';
import { NodeInfo } from './node-info.ts';

/** What preemption comes to: Pods that have to make room, or why none would help. */
export type Preemption = {
  /** The node where room is made for the Pod, now or already. */
  readonly nominated: string | undefined;
} & ({ readonly victims: readonly StoredPod[] } | { readonly message: string });

/** Why a node is none for a Pod, given what runs there and who else is to come there. */
export type Asked = (cycle: Cycle, info: NodeInfo) => Rejection | undefined;

/** A node where it would help if some Pods went. */
interface Candidate {
  readonly node: string;
  /** The most important first. */
  readonly victims: readonly StoredPod[];
  /** How many of them go against a PodDisruptionBudget. */
  readonly violations: number;
}

/** The priority of a Pod; without one it is 0. */
export function priorityOf({ spec: { priority = 0 } }: StoredPod): number {
  return priority;
}

/**
 * Looks for less important Pods whose room a Pod could take
 * (k8s.io/kubernetes/pkg/scheduler/framework/preemption).
 *
 * @param rejections of every node
 * @param ask what a node would say if it ran other Pods
 */
export function preempt(
  cycle: Cycle,
  rejections: ReadonlyMap<NodeInfo, Rejection>,
  ask: Asked = changingRejection,
): Preemption {
  const { pod, infos } = cycle;
  if (pod.spec.preemptionPolicy === 'Never') {
    return {
      message: 'not eligible due to preemptionPolicy=Never.',
      nominated: pod.status?.nominatedNodeName,
    };
  }
  const nominated = infos.find(({ name }) => name === pod.status?.nominatedNodeName);
  const isHopeful = nominated && rejections.get(nominated)?.mayPreempt;
  if (isHopeful && nominated.pods.some((other) => isMakingRoom(other) && isLesser(other, pod))) {
    const message = 'not eligible due to a terminating pod on the nominated node.';
    return { message, nominated: nominated.name };
  }
  const reasons = new Map<string, number>();
  const count = (reason: string) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const candidates: Candidate[] = [];
  for (const info of infos) {
    if (!rejections.get(info)?.mayPreempt) {
      count('Preemption is not helpful for scheduling');
      continue;
    }
    const found = victimsOn(cycle, info, ask);
    if ('reasons' in found) for (const reason of found.reasons) count(reason);
    else candidates.push(found);
  }
  const best = bestOf(candidates, cycle.cluster.now);
  if (best) return { nominated: best.node, victims: best.victims };
  const message = `0/${infos.length} nodes are available: ${histogram(reasons)}.`;
  return { message, nominated: undefined };
}

/** How often each reason was given, in the order of the texts. */
export function histogram(reasons: ReadonlyMap<string, number>): string {
  return [...reasons]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
}

function isLesser(other: StoredPod, pod: StoredPod): boolean {
  return priorityOf(other) < priorityOf(pod);
}

function isMakingRoom(pod: StoredPod): boolean {
  const target = conditionOf(pod.status?.conditions, 'DisruptionTarget');
  return isTerminating(pod) && target?.status === 'True' && target.reason === 'PreemptionByScheduler';
}

/** @returns the reasons why not, or whom it takes */
function victimsOn(
  cycle: Cycle,
  info: NodeInfo,
  ask: Asked,
): Candidate | { readonly reasons: readonly string[] } {
  const lesser = info.pods.filter((other) => isLesser(other, cycle.pod));
  if (lesser.length === 0) return { reasons: ['No preemption victims found for incoming pod'] };
  const kept = new Set(info.pods.filter((other) => !isLesser(other, cycle.pod)));
  const rejection = rejectionWith(cycle, info, kept, ask);
  if (rejection) return rejection;
  // All of them gone would do. As many as can may stay, the most important first.
  const byImportance = moreImportantFirst(cycle.cluster.now);
  const { violating, others } = byBudget(cycle, lesser.sort(byImportance));
  const victims: StoredPod[] = [];
  let violations = 0;
  for (const other of [...violating, ...others]) {
    kept.add(other);
    if (!rejectionWith(cycle, info, kept, ask)) continue;
    kept.delete(other);
    victims.push(other);
    if (violating.includes(other)) violations += 1;
  }
  return { node: info.name, victims: victims.sort(byImportance), violations };
}

function rejectionWith(
  cycle: Cycle,
  info: NodeInfo,
  kept: ReadonlySet<StoredPod>,
  ask: Asked,
): Rejection | undefined {
  const smaller = new NodeInfo(info.node, kept);
  const infos = cycle.infos.map((each) => (each === info ? smaller : each));
  return ask(withNodes(cycle, infos), smaller);
}

function moreImportantFirst(now: number): (one: StoredPod, other: StoredPod) => number {
  return (one, other) => priorityOf(other) - priorityOf(one) || startOf(one, now) - startOf(other, now);
}

/** One that has not started counts as if it did now (`GetPodStartTime`). */
function startOf({ status }: StoredPod, now: number): number {
  return status?.startTime === undefined ? now : Date.parse(status.startTime);
}

function byBudget(
  { cluster }: Cycle,
  pods: readonly StoredPod[],
): { violating: readonly StoredPod[]; others: readonly StoredPod[] } {
  const budgets = cluster.list('poddisruptionbudgets.policy').map(({ metadata, spec, status }) => ({
    namespace: metadata.namespace,
    fits: (labels: Labels) => !isEmptySelector(spec.selector) && fitsSelector(spec.selector, labels),
    granted: status?.disruptedPods ?? {},
    left: status?.disruptionsAllowed ?? 0,
  }));
  const violating = new Set<StoredPod>();
  for (const pod of pods) {
    const { namespace, name, labels } = pod.metadata;
    for (const budget of budgets) {
      if (budget.namespace !== namespace || name in budget.granted || !budget.fits(labels)) continue;
      budget.left -= 1;
      if (budget.left < 0) violating.add(pod);
    }
  }
  return { violating: [...violating], others: pods.filter((pod) => !violating.has(pod)) };
}

type Labels = StoredPod['metadata']['labels'];

/** A budget with such a selector guards all Pods, and yet none is spared for it. */
function isEmptySelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** The node where the least is lost (`pickOneNodeForPreemption`). */
function bestOf(candidates: readonly Candidate[], now: number): Candidate | undefined {
  const keysOf = ({ violations, victims }: Candidate): readonly number[] => {
    const highest = Math.max(...victims.map(priorityOf));
    const important = victims.filter((each) => priorityOf(each) === highest);
    return [
      violations,
      highest,
      victims.reduce((sum, each) => sum + priorityOf(each) + 2 ** 31, 0),
      victims.length,
      -Math.min(...important.map((each) => startOf(each, now))),
    ];
  };
  const ranked = candidates.map((candidate) => ({ candidate, keys: keysOf(candidate) }));
  ranked.sort(({ keys: one }, { keys: other }) => {
    const differences = one.map((key, place) => key - (other[place] as number));
    return differences.find((difference) => difference !== 0) ?? 0;
  });
  return ranked[0]?.candidate;
}
