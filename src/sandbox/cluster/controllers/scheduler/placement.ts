import type { PodSpec } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import type { StoredPod } from '../pod-state.ts';
import { beginCycle, type Cycle, changingRejection, fixedRejection, type Rejection } from './filters.ts';
import { NodeInfo } from './node-info.ts';
import { type Asked, histogram, preempt, priorityOf } from './preemption.ts';
import { fixedScores, scoresOf } from './scores.ts';

/** Where a Pod goes, or why it goes nowhere. */
export type Placement = { readonly info: NodeInfo; readonly cycle: Cycle } | Refusal;

/** Why a Pod goes nowhere. */
export interface Refusal {
  readonly message: string;
  /** The plugins that stood in the way: what changes for them is a reason to try again. */
  readonly plugins: readonly string[];
  /** The node that it waits for from now on, where others make room for it. */
  readonly nominated: string | undefined;
  /** Those that have to make room. */
  readonly victims: readonly StoredPod[];
}

/** What is the same for all Pods of one template. */
interface TemplateChoice {
  readonly spec: PodSpec;
  readonly candidates: readonly NodeInfo[];
  readonly scores: readonly number[];
  readonly rejections: ReadonlyMap<NodeInfo, Rejection>;
  /** What came out for the last Pod of it that could not be placed, while nothing was taken away. */
  failure: Placement | undefined;
}

/** Chooses nodes for Pods, one after another, on a view of the nodes that is kept up as they are placed. */
export class Placer {
  readonly #cluster: Cluster;
  readonly #infos: readonly NodeInfo[];
  readonly #nominated: ReadonlyMap<string, readonly StoredPod[]>;
  #last: TemplateChoice | undefined;

  /** @param nominated Pods that others are making room for, by node */
  constructor(
    cluster: Cluster,
    infos: readonly NodeInfo[],
    nominated: ReadonlyMap<string, readonly StoredPod[]>,
  ) {
    this.#cluster = cluster;
    this.#infos = infos;
    this.#nominated = nominated;
  }

  /** Chooses a node; the caller says with `add` when the Pod goes there. */
  place(pod: StoredPod, spec: PodSpec): Placement {
    const choice = this.#choiceFor(spec);
    // What was refused to one Pod is refused to its like, as long as its claims are not another's.
    const isLike = !spec.volumes?.some((each) => each.persistentVolumeClaim || each.ephemeral);
    if (choice.failure && isLike && pod.status?.nominatedNodeName === undefined) return choice.failure;
    const placement = this.#place(pod, spec, choice);
    if (!('info' in placement)) choice.failure = placement.victims.length > 0 ? undefined : placement;
    return placement;
  }

  /** Counts a Pod on the node that was chosen for it. */
  add(info: NodeInfo, pod: StoredPod): void {
    info.add(pod);
    // Pods that want to be near others may have found their place now.
    if (this.#last && pod.spec.affinity?.podAffinity) this.#last.failure = undefined;
  }

  #choiceFor(spec: PodSpec): TemplateChoice {
    const last = this.#last;
    if (last && isSameTemplate(last.spec, spec)) return last;
    const candidates: NodeInfo[] = [];
    const rejections = new Map<NodeInfo, Rejection>();
    const named = namedNodes(spec);
    for (const info of this.#infos) {
      const rejection = named && !named.includes(info.name) ? unnamed : fixedRejection(spec, info);
      if (rejection) rejections.set(info, rejection);
      else candidates.push(info);
    }
    const scores = fixedScores(spec, candidates, this.#infos);
    this.#last = { spec, candidates, scores, rejections, failure: undefined };
    return this.#last;
  }

  #place(pod: StoredPod, spec: PodSpec, choice: TemplateChoice): Placement {
    if (this.#infos.length === 0) {
      return refusal(pod, 'no nodes available to schedule pods', ['none']);
    }
    const cycle = beginCycle(this.#cluster, pod, spec, this.#infos);
    if (typeof cycle === 'string') {
      // The second text is what the preemption of resource claims says when there was nothing to look at.
      const message = `0/${this.#infos.length} nodes are available: ${cycle}. not found`;
      // A claim that is not there is waited for by its name.
      return refusal(pod, message, cycle.endsWith('not found') ? [] : ['VolumeBinding']);
    }
    let rejections: Map<NodeInfo, Rejection> | undefined;
    for (const info of choice.candidates) {
      const rejection = this.#rejection(cycle, info);
      if (!rejection) continue;
      rejections ??= new Map(choice.rejections);
      rejections.set(info, rejection);
    }
    const isFitting = (info: NodeInfo) => !rejections?.has(info);
    const fitting = rejections ? choice.candidates.filter(isFitting) : choice.candidates;
    const scores = rejections
      ? choice.scores.filter((_, place) => isFitting(choice.candidates[place] as NodeInfo))
      : choice.scores;
    if (fitting.length === 0) {
      return failureOf(cycle, rejections ?? choice.rejections, (other, info) => this.#rejection(other, info));
    }
    return { info: this.#best(cycle, fitting, scores), cycle };
  }

  /** Which of the equally good ones it is is left to chance, as upstream. */
  #best(cycle: Cycle, fitting: readonly NodeInfo[], fixed: readonly number[]): NodeInfo {
    if (fitting.length === 1) return fitting[0] as NodeInfo;
    const scores = scoresOf(cycle, fitting, fixed);
    let most = Number.NEGATIVE_INFINITY;
    let count = 0;
    for (const score of scores) {
      if (score > most) count = 0;
      if (score >= most) count += 1;
      most = Math.max(most, score);
    }
    let left = count > 1 ? this.#cluster.store.random(count) : 0;
    return fitting.find((_, place) => scores[place] === most && left-- === 0) as NodeInfo;
  }

  /** Room that others make for a Pod is not given to one that is less important. */
  #rejection(cycle: Cycle, info: NodeInfo): Rejection | undefined {
    const rejection = changingRejection(cycle, info);
    if (rejection || this.#nominated.size === 0) return rejection;
    const { uid } = cycle.pod.metadata;
    const before = (this.#nominated.get(info.name) ?? []).filter(
      (other) => other.metadata.uid !== uid && priorityOf(other) >= priorityOf(cycle.pod),
    );
    if (before.length === 0) return undefined;
    return changingRejection(cycle, new NodeInfo(info.node, [...info.pods, ...before]));
  }
}

/** Where nobody else could help. */
function refusal({ status }: StoredPod, message: string, plugins: readonly string[]): Refusal {
  return {
    message,
    plugins,
    nominated: status?.nominatedNodeName,
    victims: [],
  };
}

const unnamed: Rejection = {
  plugin: 'NodeAffinity',
  reasons: ["node(s) didn't satisfy plugin(s) [NodeAffinity]"],
  mayPreempt: false,
};

/** A Pod whose affinity names nodes, as those of a DaemonSet do, is not compared with others. */
function namedNodes({ affinity }: PodSpec): readonly string[] | undefined {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!terms || terms.length === 0) return undefined;
  const names = terms.map(({ matchFields = [] }) =>
    matchFields.filter(({ key, operator }) => key === 'metadata.name' && operator === 'In'),
  );
  if (names.some((fields) => fields.length === 0)) return undefined;
  return names.flatMap((fields) => fields.flatMap(({ values = [] }) => values));
}

function isSameTemplate(one: PodSpec, other: PodSpec): boolean {
  return (
    one.containers === other.containers &&
    one.initContainers === other.initContainers &&
    one.affinity === other.affinity &&
    one.nodeSelector === other.nodeSelector &&
    one.tolerations === other.tolerations &&
    one.topologySpreadConstraints === other.topologySpreadConstraints &&
    one.priority === other.priority
  );
}

function failureOf(cycle: Cycle, rejections: ReadonlyMap<NodeInfo, Rejection>, ask: Asked): Refusal {
  const reasons = new Map<string, number>();
  const plugins = new Set<string>();
  for (const { reasons: each, plugin } of rejections.values()) {
    plugins.add(plugin);
    for (const reason of each) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const head = `0/${cycle.infos.length} nodes are available: ${histogram(reasons)}.`;
  const preemption = preempt(cycle, rejections, ask);
  const common = { plugins: [...plugins], nominated: preemption.nominated };
  if ('victims' in preemption) return { ...common, message: head, victims: preemption.victims };
  const message = `${head} no new claims to deallocate, preemption: ${preemption.message}`;
  return { ...common, message, victims: [] };
}
