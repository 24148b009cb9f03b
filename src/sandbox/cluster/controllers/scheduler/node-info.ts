import type { Node, PodSpec } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import { controllerOf, type Stored } from '../../object.ts';
import { isFinished, type StoredPod } from '../pod-state.ts';
import { type Amounts, amountsOf, type PodRequests, requestsOf } from './requests.ts';

/** A node and what the Pods on it ask for, kept up as Pods come. */
export class NodeInfo {
  readonly node: Stored<Node>;
  readonly name: string;
  /** Where nodes say in which zone they are. */
  readonly zone: string | undefined;
  readonly allocatable: Amounts;
  readonly mostPods: number;
  readonly pods: StoredPod[] = [];
  readonly ports = new Set<string>();
  /** How many Pods that are not on their way out each owner has here. */
  readonly #owned = new Map<string, number>();
  /** What was asked for last: thousands of Pods in turn ask the same, and most come to another node. */
  #lastOwner = unasked;
  /** How the room that is left was scored for the last Pod; undefined when another has come since. */
  lastRoom: { readonly requests: PodRequests; readonly score: number } | undefined;
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
    this.zone = node.metadata.labels?.['topology.kubernetes.io/zone'];
    this.allocatable = allocatableOf(node);
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
    for (const [name, amount] of amounts.others) this.others.set(name, (this.others.get(name) ?? 0) + amount);
    for (const port of hostPorts) this.ports.add(port);
    if (isChoosy(pod.spec)) this.choosy.push(pod);
    const owner = controllerOf(pod)?.uid;
    if (owner !== undefined && pod.metadata.deletionTimestamp === undefined) {
      this.#owned.set(owner, (this.#owned.get(owner) ?? 0) + 1);
    }
    this.#lastOwner = unasked;
    this.lastRoom = undefined;
  }

  /** How many Pods of an owner are here that are not on their way out. */
  ownedBy(uid: string): number {
    if (this.#lastOwner.uid !== uid) this.#lastOwner = { uid, count: this.#owned.get(uid) ?? 0 };
    return this.#lastOwner.count;
  }
}

const unasked = { uid: '', count: 0 };

/** Nodes say how they are all the time, and seldom that there is more or less of them. */
const allocatables = new WeakMap<object, Amounts>();

function allocatableOf({ status }: Node): Amounts {
  if (!status?.allocatable) return amountsOf();
  const found = allocatables.get(status.allocatable) ?? amountsOf(status.allocatable);
  allocatables.set(status.allocatable, found);
  return found;
}

/** Whether a Pod says next to which others it wants to be, or does not. */
export function isChoosy({ affinity }: PodSpec): boolean {
  return affinity?.podAffinity !== undefined || affinity?.podAntiAffinity !== undefined;
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
    const info = new NodeInfo(node, waiting.length === 0 ? pods : [...pods, ...waiting]);
    this.#known.set(info.name, { info, pods, waiting });
    return info;
  }
}

const none: readonly StoredPod[] = [];
