import type { Node } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import { controllerOf, type Stored } from '../../object.ts';
import { isFinished, type StoredPod } from '../pod-state.ts';
import { type Amounts, amountsOf, requestsOf } from './requests.ts';

/** A node and what the Pods on it ask for, kept up as Pods come. */
export class NodeInfo {
  readonly node: Stored<Node>;
  readonly name: string;
  readonly allocatable: Amounts;
  readonly mostPods: number;
  readonly pods: StoredPod[] = [];
  readonly ports = new Set<string>();
  /** How many Pods that are not on their way out each owner has here. */
  readonly owned = new Map<string, number>();
  readonly others = new Map<string, number>();
  /** Pods that say next to which others they want to be, or do not. */
  readonly choosy: StoredPod[] = [];
  cpuMilli = 0;
  memory = 0;
  ephemeral = 0;
  nonZeroMilli = 0;
  nonZeroMemory = 0;

  constructor(node: Stored<Node>, pods: Iterable<StoredPod>) {
    this.node = node;
    this.name = node.metadata.name;
    this.allocatable = amountsOf(node.status?.allocatable);
    this.mostPods = this.allocatable.others.get('pods') ?? 0;
    for (const pod of pods) this.add(pod);
  }

  /** Counts a Pod that is here from now on. One that has ended counts no more. */
  add(pod: StoredPod): void {
    if (!pod.spec || isFinished(pod)) return;
    const { amounts, nonZeroMilli, nonZeroMemory, hostPorts } = requestsOf(pod.spec);
    this.pods.push(pod);
    this.cpuMilli += amounts.cpuMilli;
    this.memory += amounts.memory;
    this.ephemeral += amounts.ephemeral;
    this.nonZeroMilli += nonZeroMilli;
    this.nonZeroMemory += nonZeroMemory;
    for (const [name, amount] of amounts.others) {
      this.others.set(name, (this.others.get(name) ?? 0) + amount);
    }
    for (const port of hostPorts) this.ports.add(port);
    if (pod.spec.affinity?.podAffinity || pod.spec.affinity?.podAntiAffinity) this.choosy.push(pod);
    const owner = controllerOf(pod)?.uid;
    if (owner !== undefined && pod.metadata.deletionTimestamp === undefined) {
      this.owned.set(owner, (this.owned.get(owner) ?? 0) + 1);
    }
  }
}

interface Remembered {
  readonly info: NodeInfo;
  /** What it was made from; both are other objects when something has changed. */
  readonly pods: readonly StoredPod[];
  readonly waiting: readonly StoredPod[];
}

/**
 * All nodes with their Pods. Those of which nothing has changed are kept from one look to the next, so that a
 * look costs no more than what is new.
 */
export class NodeInfos {
  readonly #cluster: Cluster;
  readonly #known = new Map<string, Remembered>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /**
   * The nodes as they are now, in the order of their names.
   *
   * @param waiting Pods that have a node in mind and wait for their volumes, by node
   */
  look(waiting: ReadonlyMap<string, readonly StoredPod[]>): readonly NodeInfo[] {
    const nodes = this.#cluster.list('nodes');
    if (this.#known.size > nodes.length) this.#known.clear();
    return nodes.map((node) => this.#look(node, waiting.get(node.metadata.name) ?? none));
  }

  /** Says that a Pod was put on a node, so that the node need not be counted anew. */
  keep(info: NodeInfo, waiting: readonly StoredPod[] = none): void {
    this.#known.set(info.name, { info, pods: this.#cluster.podsOn(info.name), waiting });
  }

  #look(node: Stored<Node>, waiting: readonly StoredPod[]): NodeInfo {
    const pods = this.#cluster.podsOn(node.metadata.name);
    const known = this.#known.get(node.metadata.name);
    if (
      known &&
      known.info.node === node &&
      known.pods === pods &&
      known.waiting.length === 0 &&
      waiting.length === 0
    ) {
      return known.info;
    }
    const info = new NodeInfo(node, [...pods, ...waiting]);
    this.#known.set(info.name, { info, pods, waiting });
    return info;
  }
}

const none: readonly StoredPod[] = [];
