import type { Simulation } from '../../../simulation.ts';
import type { Cluster } from '../../cluster.ts';
import { keyOf, objectKey } from '../../object.ts';
import type { StoredPod } from '../pod-state.ts';
import { claimNamesOf } from '../volumes/claim-state.ts';

/** What may have changed so that a Pod fits now; a claim is named by its key behind it. */
export type Cause = 'node' | 'pod-gone' | 'pod-here' | 'volume' | `claim ${string}`;

/** By which plugins a change may be of interest (`EventsToRegister` of each). */
const interest: Readonly<Record<'pod-gone' | 'pod-here' | 'volume', readonly string[]>> = {
  'pod-gone': [
    'NodeResourcesFit',
    'NodePorts',
    'VolumeRestrictions',
    'PodTopologySpread',
    'InterPodAffinity',
  ],
  'pod-here': ['PodTopologySpread', 'InterPodAffinity'],
  volume: ['VolumeBinding'],
};

/** After so long a Pod is tried again whatever happened (`DefaultPodMaxInUnschedulablePodsDuration`). */
const longestMs = 5 * 60_000;

const table = 'scheduler/refused';

interface Entry {
  readonly uid: string;
  readonly at: number;
  readonly plugins: readonly string[];
  /** Whether it waits for something to change. */
  readonly held: boolean;
}

/** The Pods that no node would take, and what each of them waits for. */
export class Refused {
  readonly #cluster: Cluster;
  readonly #simulation: Simulation;
  readonly #controller: string;

  constructor(cluster: Cluster, simulation: Simulation, controller: string) {
    this.#cluster = cluster;
    this.#simulation = simulation;
    this.#controller = controller;
  }

  isHeld(key: string, uid: string): boolean {
    const entry = this.#read(key);
    return entry?.uid === uid && entry.held;
  }

  hold(pod: StoredPod, plugins: readonly string[]): void {
    const { now, store } = this.#cluster;
    const entry: Entry = { uid: pod.metadata.uid, at: now, plugins, held: true };
    store.write(table, keyOf(pod), entry);
    this.#simulation.wake(this.#controller, `own ${keyOf(pod)}`, now + longestMs);
  }

  /** @param mayTry whether the Pod is still there and may be tried at once */
  forget(key: string, mayTry: boolean): void {
    const entry = this.#read(key);
    if (!entry) return;
    if (mayTry) this.#cluster.store.write(table, key, { ...entry, held: false });
    else this.#cluster.store.delete(table, key);
  }

  /** @returns whether any Pod may be tried again because of it */
  release(cause: Cause): boolean {
    const concerned = Object.entries(this.#cluster.store.table(table)).filter(([key, value]) => {
      const { held, plugins } = value as Entry;
      return held && this.#isOfInterest(cause, key, plugins);
    });
    for (const [key, entry] of concerned) {
      this.#cluster.store.write(table, key, { ...(entry as Entry), held: false });
    }
    return concerned.length > 0;
  }

  #isOfInterest(cause: Cause, key: string, plugins: readonly string[]): boolean {
    if (cause === 'node') return true;
    if (!cause.startsWith('claim ')) {
      const concerned = interest[cause as keyof typeof interest];
      return plugins.some((each) => concerned.includes(each));
    }
    const pod = this.#cluster.getByKey('pods', key);
    if (!pod) return false;
    const { namespace } = pod.metadata;
    return claimNamesOf(pod).some((name) => cause === `claim ${objectKey(namespace, name)}`);
  }

  #read(key: string): Entry | undefined {
    return this.#cluster.store.read(table, key) as Entry | undefined;
  }
}
