import type { AnyObject, SimulatedCluster, ToldEvent } from './simulated-cluster.ts';

/** What is to be the same in both clusters, without what chance and each one's habits decide. */
export interface View {
  readonly deployments: readonly unknown[];
  readonly replicaSets: readonly unknown[];
  /** How many Pods there are of each sort. */
  readonly pods: Readonly<Record<string, number>>;
  readonly services: readonly unknown[];
  readonly endpoints: readonly unknown[];
  readonly namespaces: readonly unknown[];
  /** What was told of each object, in order; of Pods that have no name of their own, how often each story was told. */
  readonly events: Readonly<Record<string, readonly string[] | Readonly<Record<string, number>>>>;
}

/** Sees the state of one cluster at several times; it remembers the ReplicaSets that have gone. */
export class Viewer {
  readonly #cluster: SimulatedCluster;
  /** Hashes of templates, in the order in which they came to be. */
  readonly #hashes: string[] = [];

  constructor(cluster: SimulatedCluster) {
    this.#cluster = cluster;
  }

  async view(): Promise<View> {
    const cluster = this.#cluster;
    const sets = await cluster.list('ReplicaSet');
    this.#learn(sets);
    return {
      deployments: (await cluster.list('Deployment')).map((each) => this.#plain(deploymentView(each))),
      replicaSets: sorted(sets.map((each) => this.#plain(replicaSetView(each)))),
      pods: counted((await cluster.list('Pod')).map((each) => this.#text(podView(each)))),
      services: (await cluster.list('Service')).map((each) => this.#plain(serviceView(each))),
      endpoints: sorted((await cluster.list('EndpointSlice')).map((each) => this.#plain(sliceView(each)))),
      namespaces: (await cluster.list('Namespace')).map(({ metadata, status }) => [metadata?.name, status]),
      events: this.#stories(cluster.events()),
    };
  }

  #learn(sets: readonly AnyObject[]): void {
    const known = [...sets].sort((one, other) => Number(revisionOf(one)) - Number(revisionOf(other)) || 0);
    for (const { metadata } of known) {
      const hash = metadata?.labels?.['pod-template-hash'];
      if (hash !== undefined && !this.#hashes.includes(hash)) this.#hashes.push(hash);
    }
  }

  /** Without what is random: hashes are numbered, and the ends of names are gone. */
  #text(value: unknown): string {
    let text = typeof value === 'string' ? value : JSON.stringify(value);
    for (const [place, hash] of this.#hashes.entries()) text = text.replaceAll(hash, `#${place + 1}`);
    return text
      .replace(/(#\d+|\bbare)-[a-z0-9]{5}\b/g, '$1-?')
      .replace(/\((?:[a-z0-9]{18,}|[0-9a-f-]{36})\)/g, '(uid)')
      .replace(/\b(node-\d|control-plane|worker-\d)\b/g, 'a-node')
      .replace(/\b10\.\d+\.\d+\.\d+\b/g, 'an-address');
  }

  #plain(value: unknown): unknown {
    return JSON.parse(this.#text(value));
  }

  #stories(events: readonly ToldEvent[]): View['events'] {
    const stories = new Map<string, string[]>();
    for (const { involvedObject, type, reason, message } of events) {
      const { kind, name, namespace } = involvedObject;
      const key = `${kind} ${namespace}/${name}`;
      const story = stories.get(key) ?? [];
      story.push(this.#text(`${type} ${reason}: ${message}`));
      stories.set(key, story);
    }
    const found: Record<string, readonly string[] | Record<string, number>> = {};
    for (const [key, story] of [...stories].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const plain = this.#text(key);
      if (plain.endsWith('-?')) {
        const told = (found[plain] ?? {}) as Record<string, number>;
        const text = story.join('\n');
        found[plain] = { ...told, [text]: (told[text] ?? 0) + 1 };
      } else found[plain] = story;
    }
    return found;
  }
}

function counted(texts: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const text of [...texts].sort()) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

function sorted(values: readonly unknown[]): readonly unknown[] {
  return [...values].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

const revisionMark = 'deployment.kubernetes.io/revision';

function revisionOf({ metadata }: AnyObject): string {
  return metadata?.annotations?.[revisionMark] ?? '0';
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

function conditionsOf(conditions: readonly Condition[] = []): readonly string[] {
  return conditions
    .map(({ type, status, reason = '', message = '' }) => `${type}=${status} ${reason} ${message}`.trim())
    .sort();
}

/** Zeros may be left out. */
function countsOf(status: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  return Object.fromEntries(names.map((name) => [name, status[name] ?? 0]));
}

function deploymentView({ metadata, spec, status = {} }: AnyObject): unknown {
  const found = status as Record<string, unknown> & { conditions?: readonly Condition[] };
  const { replicas, paused = false } = spec as { replicas?: number; paused?: boolean };
  return {
    name: metadata?.name,
    revision: revisionOf({ ...(metadata ? { metadata } : {}) }),
    replicas,
    paused,
    counts: countsOf(found, [
      'replicas',
      'updatedReplicas',
      'readyReplicas',
      'availableReplicas',
      'unavailableReplicas',
      'terminatingReplicas',
    ]),
    conditions: conditionsOf(found.conditions),
  };
}

function replicaSetView({ metadata = {}, spec, status = {} }: AnyObject): unknown {
  const { name, labels, ownerReferences } = metadata;
  return {
    name,
    revision: revisionOf({ metadata }),
    labels,
    owners: ownerReferences?.map((owner) => `${owner.kind}/${owner.name}`) ?? [],
    desired: metadata.annotations?.['deployment.kubernetes.io/desired-replicas'],
    replicas: (spec as { replicas?: number }).replicas,
    counts: countsOf(status as Record<string, unknown>, [
      'replicas',
      'fullyLabeledReplicas',
      'readyReplicas',
      'availableReplicas',
    ]),
  };
}

interface ContainerStatus {
  readonly ready: boolean;
  readonly restartCount: number;
  readonly started?: boolean;
  readonly state?: Readonly<
    Record<string, { readonly reason?: string; readonly exitCode?: number } | undefined>
  >;
}

function podView({ metadata = {}, spec, status = {} }: AnyObject): unknown {
  const { name = '', labels = {}, ownerReferences, deletionTimestamp } = metadata;
  const found = status as {
    phase?: string;
    reason?: string;
    conditions?: readonly Condition[];
    containerStatuses?: readonly ContainerStatus[];
    podIP?: string;
  };
  return {
    name,
    labels,
    owners: ownerReferences?.map((owner) => `${owner.kind}/${owner.name}`) ?? [],
    isScheduled: (spec as { nodeName?: string }).nodeName !== undefined,
    hasAddress: found.podIP !== undefined,
    isLeaving: deletionTimestamp !== undefined,
    phase: found.phase,
    conditions: conditionsOf(found.conditions),
    containers: (found.containerStatuses ?? []).map(({ ready, restartCount, started, state = {} }) => ({
      ready,
      restartCount,
      started: started ?? false,
      state: Object.entries(state)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([kind, value]) => [kind, value?.reason, value?.exitCode]),
    })),
  };
}

function serviceView({ metadata, spec }: AnyObject): unknown {
  const {
    type = 'ClusterIP',
    selector,
    ports = [],
    clusterIP,
  } = spec as {
    type?: string;
    selector?: unknown;
    ports?: readonly Record<string, unknown>[];
    clusterIP?: string;
  };
  return {
    name: metadata?.name,
    type,
    selector,
    hasAddress: clusterIP !== undefined && clusterIP !== 'None',
    ports: ports.map(({ name, port, targetPort, protocol = 'TCP' }) => ({
      name,
      port,
      targetPort,
      protocol,
    })),
  };
}

function sliceView(object: AnyObject): unknown {
  const {
    metadata = {},
    ports,
    endpoints,
  } = object as AnyObject & {
    ports?: readonly Record<string, unknown>[];
    endpoints?: readonly {
      conditions?: Record<string, unknown>;
      targetRef?: { kind?: string; name?: string };
    }[];
  };
  return {
    service: metadata.labels?.['kubernetes.io/service-name'],
    owners: metadata.ownerReferences?.map((owner) => `${owner.kind}/${owner.name}`),
    ports: (ports ?? []).map(({ name = '', port, protocol }) => ({ name, port, protocol })),
    endpoints: sorted(
      (endpoints ?? []).map(({ conditions = {}, targetRef }) => ({
        of: `${targetRef?.kind}/${targetRef?.name?.replace(/-[a-z0-9]{5}$/, '')}`,
        ready: conditions.ready ?? true,
        serving: conditions.serving ?? true,
        terminating: conditions.terminating ?? false,
      })),
    ),
  };
}
