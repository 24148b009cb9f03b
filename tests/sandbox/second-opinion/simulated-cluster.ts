/** An object of the API as a scenario gives it or a cluster has it. */
export interface AnyObject {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly metadata?: Metadata | undefined;
  readonly spec?: unknown;
  readonly status?: unknown;
}

interface Metadata {
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[] | undefined;
  readonly deletionTimestamp?: unknown;
  readonly resourceVersion?: string | undefined;
}

/** An event as it was told. */
export interface ToldEvent {
  readonly metadata?: Pick<Metadata, 'namespace'> | undefined;
  readonly involvedObject: {
    readonly kind?: string | undefined;
    readonly name?: string | undefined;
    readonly namespace?: string | undefined;
  };
  readonly type?: string | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

/** The kinds that both simulators have. */
export type Kind = 'Deployment' | 'ReplicaSet' | 'Pod' | 'Service' | 'EndpointSlice' | 'Namespace';

/** A simulated cluster, as far as two of them can be asked the same. */
export interface SimulatedCluster {
  /** Creates objects, or merges them into those that are there. */
  apply(objects: readonly AnyObject[]): Promise<void>;
  /** Deletes an object as `kubectl delete` does. */
  remove(kind: Kind, name: string, namespace: string): Promise<void>;
  /** Lets time pass, in milliseconds. */
  advance(milliseconds: number): Promise<void>;
  /** The objects of a kind in all namespaces but those of the cluster itself. */
  list(kind: Kind): Promise<readonly AnyObject[]>;
  /** All events that were told so far, each once, in the order in which they first were. */
  events(): readonly ToldEvent[];
  close(): Promise<void>;
}

/** Namespaces that are the cluster's own. */
export const ownNamespaces: readonly string[] = [
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
];

/** In which group, version and path the objects of a kind are. */
export const places: Readonly<Record<Kind, string>> = {
  Deployment: '/apis/apps/v1/deployments',
  ReplicaSet: '/apis/apps/v1/replicasets',
  Pod: '/api/v1/pods',
  Service: '/api/v1/services',
  EndpointSlice: '/apis/discovery.k8s.io/v1/endpointslices',
  Namespace: '/api/v1/namespaces',
};
