import type { Simulation } from '../../../simulation.ts';
import type { Cluster } from '../../cluster.ts';
import { keyOf } from '../../object.ts';
import { textOrder } from '../age.ts';
import type { StoredPod } from '../pod-state.ts';
import { bindVolume, isFullyBound, selectedNode, selectNode } from '../volumes/claim-state.ts';
import { claimsOf, type VolumePlan } from './volumes.ts';

/** So often it is looked whether the volumes are there (`BindPodVolumes`). */
const pauseMs = 1_000;

/** And for so long (k8s.io/kubernetes/pkg/scheduler/apis/config, `BindTimeoutSeconds`). */
const longestMs = 600_000;

const table = 'scheduler/waiting';

interface Entry {
  readonly uid: string;
  readonly node: string;
  readonly since: number;
}

/** Pods for which a node was chosen, and that get it when their volumes are there. */
export class WaitingPods {
  readonly #cluster: Cluster;
  readonly #simulation: Simulation;
  readonly #controller: string;

  constructor(cluster: Cluster, simulation: Simulation, controller: string) {
    this.#cluster = cluster;
    this.#simulation = simulation;
    this.#controller = controller;
  }

  has(key: string, uid: string): boolean {
    return this.#read(key)?.uid === uid;
  }

  forget(key: string): void {
    this.#cluster.store.delete(table, key);
  }

  /** Binds the volumes that are there, and asks for those that are not. */
  begin(pod: StoredPod, node: string, { bindings, toProvision }: VolumePlan): void {
    const { now, store } = this.#cluster;
    const entry: Entry = { uid: pod.metadata.uid, node, since: now };
    store.write(table, keyOf(pod), entry);
    for (const [claim, volume] of bindings) bindVolume(this.#cluster, volume, claim);
    for (const claim of toProvision) selectNode(this.#cluster, claim, node);
    this.#simulation.wake(this.#controller, `volumes ${keyOf(pod)}`, now + pauseMs);
  }

  /** @returns the Pod when it has waited enough, with what went wrong; undefined while it waits on */
  look(key: string): { pod: StoredPod; node: string; failure?: string } | undefined {
    const entry = this.#read(key);
    if (!entry) return undefined;
    const pod = this.#cluster.getByKey('pods', key);
    if (!pod || pod.metadata.uid !== entry.uid || pod.spec.nodeName) {
      this.forget(key);
      return undefined;
    }
    const claims = claimsOf(this.#cluster, pod);
    const { node, since } = entry;
    const failure = (text: string) => {
      this.forget(key);
      return { pod, node, failure: `running PreBind plugin "VolumeBinding": binding volumes: ${text}` };
    };
    if (typeof claims === 'string') return failure(`failed to check provisioning pvc: ${claims}`);
    if (claims.delayed.length === 0 && claims.bound.every(isFullyBound)) {
      this.forget(key);
      return { pod, node };
    }
    const left = claims.delayed.find((claim) => {
      const selected = selectedNode(claim);
      return selected !== undefined && selected !== node;
    });
    if (left) return failure(`provisioning failed for PVC "${left.metadata.name}"`);
    if (this.#cluster.now - since >= longestMs) return failure('context deadline exceeded');
    this.#simulation.wake(this.#controller, `volumes ${key}`, this.#cluster.now + pauseMs);
    return undefined;
  }

  /** They count on their nodes already. */
  byNode(): ReadonlyMap<string, readonly StoredPod[]> {
    const byNode = new Map<string, StoredPod[]>();
    const entries = Object.entries(this.#cluster.store.table(table));
    for (const [key, value] of entries.sort(([one], [other]) => textOrder(one, other))) {
      const { node, uid } = value as Entry;
      const pod = this.#cluster.getByKey('pods', key);
      if (pod?.metadata.uid === uid) byNode.set(node, [...(byNode.get(node) ?? []), pod]);
    }
    return byNode;
  }

  #read(key: string): Entry | undefined {
    return this.#cluster.store.read(table, key) as Entry | undefined;
  }
}
