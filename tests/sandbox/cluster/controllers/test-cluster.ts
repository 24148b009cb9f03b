import type { CoreEvent, Pod, PodCondition, PodSpec } from '../../../../src/kubernetes/api.ts';
import { admit } from '../../../../src/sandbox/cluster/api/admission.ts';
import { type Admission, Cluster } from '../../../../src/sandbox/cluster/cluster.ts';
import { allControllers } from '../../../../src/sandbox/cluster/controllers/all-controllers.ts';
import { isNodeUp } from '../../../../src/sandbox/cluster/node/node-power.ts';
import { type Stored, timestamp } from '../../../../src/sandbox/cluster/object.ts';
import { type Controller, Simulation } from '../../../../src/sandbox/simulation.ts';
import { Store } from '../../../../src/sandbox/store.ts';
import { emptyWorld, type World } from '../../../../src/sandbox/world.ts';

/** When the world of the tests begins. */
const start = Date.parse('2026-01-01T00:00:00Z');

export interface TestClusterOptions {
  readonly nodes?: number;
  readonly admit?: Admission;
  readonly world?: World;
  /** What the first container of each Pod uses, for the autoscaler. */
  readonly cpuMilli?: (pod: Pod) => number;
}

/**
 * A cluster with all controllers and a kubelet that makes Pods run one second after they got their node. A
 * Pod with the annotation `ends` ends so many seconds later, with `ends-with` as its exit code; one with
 * `never-ready` does not become ready. Deleted Pods go after one second, where the node has power.
 */
export class TestCluster {
  readonly cluster: Cluster;
  readonly simulation: Simulation;
  readonly store: Store;

  constructor(options: TestClusterOptions = {}) {
    this.store = new Store(options.world ?? emptyWorld(start, 1));
    this.cluster = new Cluster(this.store, options.admit ?? admit);
    this.simulation = new Simulation(this.store);
    const cpu = options.cpuMilli ?? (() => 0);
    const controllers = allControllers(this.cluster, this.simulation, {
      certificate: 'a certificate',
      podMetrics: (namespace) => podMetrics(this.cluster, namespace, cpu),
    });
    for (const controller of controllers) this.simulation.add(controller);
    this.simulation.add(fakeKubelet(this.cluster, this.simulation));
    this.#listen();
    if (!options.world) this.#furnish(options.nodes ?? 2);
  }

  readonly #told: { readonly name: string | undefined; readonly text: string }[] = [];

  #listen(): void {
    this.store.listen(({ table, after }) => {
      if (table !== 'events' || after === undefined) return;
      const { involvedObject, reason, message } = after as CoreEvent;
      this.#told.push({ name: involvedObject.name, text: `${reason}: ${message}` });
    });
  }

  #furnish(nodes: number): void {
    for (const name of ['default', 'kube-system']) this.addNamespace(name);
    for (let number = 1; number <= nodes; number++) this.addNode(`worker-${number}`);
    this.cluster.create('storageclasses.storage.k8s.io', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'standard' },
      provisioner: 'rancher.io/local-path',
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
    });
    this.simulation.settle();
  }

  addNamespace(name: string): void {
    this.cluster.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
  }

  addNode(
    name: string,
    more: { labels?: Record<string, string>; cpu?: string; memory?: string; pods?: string } = {},
  ): void {
    const room = {
      cpu: more.cpu ?? '4',
      memory: more.memory ?? '8Gi',
      'ephemeral-storage': '100Gi',
      pods: more.pods ?? '110',
    };
    this.cluster.create('nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'kubernetes.io/hostname': name, ...more.labels } },
      spec: {},
      status: {
        allocatable: room,
        capacity: room,
        conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: timestamp(this.cluster.now) }],
      },
    });
  }

  /** Lets seconds pass. */
  pass(seconds: number): void {
    this.simulation.advance(seconds * 1000);
  }

  pods(namespace = 'default'): readonly Stored<Pod>[] {
    return this.cluster.list('pods', namespace);
  }

  /** `reason: message` of what was told about an object, in the order it was told. */
  events(name: string): string[] {
    return this.#told.filter((each) => each.name === name).map(({ text }) => text);
  }
}

/** A container that sleeps. */
export function podSpec(more: Partial<PodSpec> = {}): PodSpec {
  return {
    containers: [{ name: 'web', image: 'nginx:1.27' }],
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    ...more,
  };
}

function podMetrics(cluster: Cluster, namespace: string, cpu: (pod: Pod) => number) {
  return cluster.list('pods', namespace).map((pod) => ({
    namespace,
    name: pod.metadata.name,
    at: cluster.now,
    windowMs: 15_000,
    containers: [{ name: 'web', cpuNano: cpu(pod) * 1e6, memoryBytes: 2 ** 20 }],
  }));
}

function fakeKubelet(cluster: Cluster, simulation: Simulation): Controller {
  const name = 'kubelet';
  return {
    name,
    concerns({ table, key, after, before }) {
      if (table !== 'pods') return [];
      const pod = after as Pod | undefined;
      const old = before as Pod | undefined;
      const isNews =
        pod?.spec?.nodeName !== old?.spec?.nodeName ||
        pod?.metadata.deletionTimestamp !== old?.metadata.deletionTimestamp;
      return pod?.spec?.nodeName && isNews ? [`news ${key}`] : [];
    },
    reconcile(key) {
      const space = key.indexOf(' ');
      const pod = cluster.getByKey('pods', key.slice(space + 1));
      if (!pod) return;
      const later = (what: string, seconds: number) =>
        simulation.wake(name, `${what} ${key.slice(space + 1)}`, cluster.now + seconds * 1000);
      if (!isNodeUp(cluster.store, pod.spec.nodeName ?? '')) return;
      switch (key.slice(0, space)) {
        case 'news':
          later(pod.metadata.deletionTimestamp === undefined ? 'run' : 'kill', 1);
          return;
        case 'run': {
          if (pod.status?.phase !== 'Pending') return;
          const isReady = pod.metadata.annotations?.['never-ready'] === undefined;
          writeStatus(cluster, pod, 'Running', isReady);
          const ends = pod.metadata.annotations?.ends;
          if (ends !== undefined) later('end', Number(ends));
          return;
        }
        case 'end': {
          const code = Number(pod.metadata.annotations?.['ends-with'] ?? 0);
          writeStatus(cluster, pod, code === 0 ? 'Succeeded' : 'Failed', false, code);
          return;
        }
        default: {
          const { metadata } = pod;
          if (pod.status?.phase === 'Running') writeStatus(cluster, pod, 'Failed', false, 143);
          cluster.remove('pods', metadata.namespace, metadata.name, { gracePeriodSeconds: 0 });
        }
      }
    },
  };
}

function writeStatus(cluster: Cluster, pod: Stored<Pod>, phase: string, isReady: boolean, code = 0): void {
  const now = timestamp(cluster.now);
  const kept = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'Ready');
  const ready: PodCondition = { type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: now };
  const isOver = phase !== 'Running';
  const [first] = pod.spec?.containers ?? [];
  const address = pod.status?.podIP ?? `10.244.0.${cluster.store.random(250)}`;
  cluster.updateStatus('pods', {
    ...pod,
    status: {
      ...pod.status,
      phase,
      startTime: pod.status?.startTime ?? now,
      podIP: address,
      podIPs: [{ ip: address }],
      conditions: [...kept, ready],
      containerStatuses: [
        {
          name: first?.name ?? 'web',
          image: first?.image ?? '',
          imageID: '',
          ready: isReady,
          restartCount: 0,
          state: isOver
            ? { terminated: { exitCode: code, finishedAt: now, startedAt: now } }
            : { running: { startedAt: now } },
        },
      ],
    },
  });
}
