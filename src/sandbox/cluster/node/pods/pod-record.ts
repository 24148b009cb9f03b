import type { Store } from '../../../store.ts';

/** What a kubelet remembers of a container of a Pod, whatever became of it. */
export interface ContainerRecord {
  /** The newest first, at most two: of what ran before the present one only the last is ever shown. */
  readonly ids: readonly string[];
  /** How often the present one's predecessors were replaced. */
  readonly restarts: number;
  /** What the present one was made from; a change of the Pod's image replaces it. */
  readonly image: string;
  /** Why the present one could not be started, as the runtime said it. */
  readonly startFailure?: { readonly message: string; readonly at: number };
  readonly crashes?: BackOff;
  readonly pulls?: BackOff;
  /** The last error of a pull, as the status repeats it during the back-off. */
  readonly pullError?: string;
}

/** How long to wait before trying again (k8s.io/client-go/util/flowcontrol/backoff.go). */
export interface BackOff {
  readonly ms: number;
  /** When it was last made longer. */
  readonly at: number;
}

/** Where a Pod's containers run: what they share. */
export interface Sandbox {
  /** Of the network, which is the Pod's own unless it uses the node's. */
  readonly network: string;
  readonly address: string;
  readonly at: number;
  /** How many the Pod had before; worlds of an earlier version do not say. */
  readonly attempt?: number;
  /** Process id on the node of what holds it, the first of two: the shim's, and then that of the pause process. */
  readonly pid?: number;
}

/** How far the kubelet is with stopping one container. */
export interface Kill {
  readonly container: string;
  readonly id: string;
  /** When the grace that is left comes to its end. */
  readonly deadline: number;
  readonly stage: 'hook' | 'turn' | 'stopping';
  /** Of the preStop hook that runs, or until when it sleeps. */
  readonly hook?: HookRun;
}

/** A hook that is under way. */
export type HookRun = { readonly process: string } | { readonly until: number };

/** What the worker of a Pod waits for; it does one thing after the other. */
export type Step =
  | { readonly kind: 'volumes'; readonly delay: number; readonly at: number }
  | { readonly kind: 'sandbox'; readonly at: number }
  | {
      readonly kind: 'pull';
      readonly container: string;
      readonly asked: number;
      /** When its turn came: pulls of a node are made one after the other. */
      readonly began?: number;
      readonly ends?: number;
    }
  | { readonly kind: 'hook'; readonly container: string; readonly hook: HookRun }
  | { readonly kind: 'kill' }
  | { readonly kind: 'unmount'; readonly at: number };

/** How the probes of one kind of one container stand. */
export interface ProbeRecord {
  /** Of the container that is probed; another one begins anew. */
  readonly id: string;
  /** What the kubelet goes by; `unknown` before a startup probe has come to a result. */
  readonly result: 'success' | 'failure' | 'unknown';
  readonly last?: 'success' | 'failure';
  /** How often in a row the last result came. */
  readonly run: number;
  readonly next?: number;
  /** A server answered as often as it has to: nothing else comes out until something about it changes. */
  readonly settled?: boolean;
  /** An exec probe that runs. */
  readonly process?: string;
  readonly since?: number;
}

/** What the kubelet of a node knows of a Pod besides the API's object. Stands in the table `kubelet/pods`. */
export interface PodRecord {
  readonly uid: string;
  readonly node: string;
  /** When the kubelet saw it first. */
  readonly seen: number;
  /** It was not let in; nothing more is done for it. */
  readonly rejected?: boolean;
  readonly sandbox?: Sandbox;
  /** The one before, which has ended. */
  readonly formerSandbox?: Sandbox;
  /** Names of the volumes that go with the Pod; set once all volumes are there. */
  readonly volumes?: readonly string[];
  readonly step?: Step;
  /** Containers that the present sync still starts; undefined between syncs. */
  readonly plan?: readonly string[];
  /** Containers that ran when the present sync began, and were stopped in it. */
  readonly replaced?: readonly string[];
  /** Something failed in the present sync. */
  readonly failed?: boolean;
  /** The earliest end of a back-off that the present sync ran into. */
  readonly backOffEnds?: number;
  /** When to sync next, whatever happens. */
  readonly syncAt?: number;
  /** When the kubelet asks the runtime again what has become of the containers. */
  readonly relistAt?: number;
  /** The state of all containers when the last sync began. */
  readonly observed: string;
  /** The generation that the last sync saw. */
  readonly generation: number;
  readonly containers: Readonly<Record<string, ContainerRecord>>;
  /** Why containers wait, by name. */
  readonly reasons: Readonly<Record<string, { readonly reason: string; readonly message: string }>>;
  /** By `name/liveness`, `name/readiness`, `name/startup`. */
  readonly probes: Readonly<Record<string, ProbeRecord>>;
  /** Since when its probes are made. */
  readonly probedSince?: number;
  /** Set from when all of the Pod is being stopped. */
  readonly ending?: {
    readonly grace: number;
    /** As it will be said of a Pod that was stopped for a reason. */
    readonly reason?: string;
    readonly message?: string;
  };
  /** Why the node sends the Pod away. */
  readonly evicted?: string;
  readonly kills?: readonly Kill[];
  /** No container of a Pod that ends runs any more. */
  readonly stopped?: boolean;
  /** All containers have stopped, and nothing more is done. */
  readonly ended?: boolean;
}

/** The table that these stand in. */
export const podRecords = 'kubelet/pods';

/** What the kubelet remembers of a Pod. */
export function podRecord(store: Store, key: string): PodRecord | undefined {
  return store.read(podRecords, key) as PodRecord | undefined;
}

/** Replaces what the kubelet remembers of a Pod. */
export function keepPodRecord(store: Store, key: string, record: PodRecord): void {
  store.write(podRecords, key, record);
}

/** Forgets a Pod. */
export function dropPodRecord(store: Store, key: string): void {
  store.delete(podRecords, key);
}

/** A record with another entry for one container. */
export function withContainer(record: PodRecord, name: string, container: ContainerRecord): PodRecord {
  return { ...record, containers: { ...record.containers, [name]: container } };
}

/** A record with a reason why a container waits, or without one. */
export function withReason(
  record: PodRecord,
  name: string,
  reason: { readonly reason: string; readonly message: string } | undefined,
): PodRecord {
  if (reason) return { ...record, reasons: { ...record.reasons, [name]: reason } };
  if (!(name in record.reasons)) return record;
  const { [name]: _, ...reasons } = record.reasons;
  return { ...record, reasons };
}
