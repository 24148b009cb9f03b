import { admit } from './cluster/api/admission.ts';
import { ApiServer } from './cluster/api/api-server.ts';
import type { ApiRequest, ApiResponse } from './cluster/api/request.ts';
import { Cluster } from './cluster/cluster.ts';
import { allControllers } from './cluster/controllers/all-controllers.ts';
import { ClusterNetwork } from './cluster/network/cluster-network.ts';
import { clusterCertificate } from './cluster/new-cluster/certificate.ts';
import type { NodeSize } from './cluster/new-cluster/nodes.ts';
import { layOutCluster } from './cluster/new-cluster.ts';
import { settledProbes } from './cluster/node/containers/settled-probes.ts';
import { hostFacts } from './cluster/node/host-facts.ts';
import { kubelet } from './cluster/node/kubelet.ts';
import { kubeletServer } from './cluster/node/kubelet-server.ts';
import { memoryPressure } from './cluster/node/memory-pressure.ts';
import type { NodeContext } from './cluster/node/node-context.ts';
import { failNode, recoverNode } from './cluster/node/node-faults.ts';
import { nodeStatus } from './cluster/node/node-status.ts';
import { staticPods } from './cluster/node/pods/static-pods.ts';
import { podUsages } from './cluster/node/usage.ts';
import { volumeRefresh } from './cluster/node/volumes/volume-refresh.ts';
import { setLoad, type Workload } from './cluster/node/workload-load.ts';
import type { ApiObject } from './cluster/object.ts';
import { Engine } from './host/engine/engine.ts';
import type { EngineRequest, EngineResponse } from './host/engine/request.ts';
import { HostNetwork } from './host/network/host-network.ts';
import { laptopFacts } from './host/system/laptop-facts.ts';
import { Runtime } from './runtime/runtime.ts';
import { laptopHost } from './shell/laptop/laptop.ts';
import { layOutLaptop } from './shell/laptop/lay-out-laptop.ts';
import { Simulation } from './simulation.ts';
import { Store } from './store.ts';
import { Ways } from './ways.ts';
import { emptyWorld, type World } from './world.ts';

/** How a new sandbox begins. */
export interface FreshOptions {
  /** The time in the new world, in milliseconds since 1970. */
  readonly now: number;
  /** The same seed and the same steps give the same world. */
  readonly seed: number;
  /** How many nodes there are in all. 3 when it is left out. */
  readonly nodes?: number;
  readonly nodeSize?: NodeSize;
}

/** How old a new cluster is: everything in it runs, and nobody looks at how it started. */
const age = 12 * 60_000;

/** A world with everything that makes it live: what runs in it, and what answers for it. */
export class Sandbox {
  readonly simulation: Simulation;
  readonly cluster: Cluster;
  readonly runtime: Runtime;
  readonly network: ClusterNetwork;
  /** The network of the cluster and those of the Docker host. */
  readonly ways: Ways;
  readonly api: ApiServer;
  readonly engine: Engine;
  readonly #context: NodeContext;

  /** @param world that had come to rest, as `snapshot` gives it */
  constructor(world: World) {
    const store = new Store(world);
    this.simulation = new Simulation(store);
    this.cluster = new Cluster(store, admit);
    this.runtime = new Runtime(this.simulation);
    this.network = new ClusterNetwork(this.cluster);
    this.ways = new Ways(new HostNetwork(store, this.network), this.network);
    this.runtime.connect(this.ways);
    this.runtime.describeHosts((host) =>
      host === laptopHost ? laptopFacts(store) : hostFacts(this.cluster, host),
    );
    const { cluster, simulation, runtime } = this;
    this.#context = { cluster, simulation, runtime };
    const options = {
      certificate: clusterCertificate,
      podMetrics: (namespace: string) => podUsages(this.#context, namespace),
    };
    for (const each of allControllers(cluster, simulation, options)) simulation.add(each);
    simulation.add(nodeStatus(this.#context));
    simulation.add(staticPods(this.#context));
    simulation.add(kubelet(this.#context));
    simulation.add(settledProbes(this.#context));
    simulation.add(volumeRefresh(this.#context));
    simulation.add(memoryPressure(this.#context));
    this.api = new ApiServer(cluster, simulation, kubeletServer(this.#context));
    this.engine = new Engine(simulation, runtime);
  }

  /** A new world with a cluster in it that has run for some minutes. */
  static fresh({ now, seed, nodes = 3, nodeSize }: FreshOptions): Sandbox {
    const sandbox = new Sandbox(emptyWorld(now - age, seed));
    const { cluster, runtime, simulation } = sandbox;
    layOutCluster(cluster, runtime, { nodes, ...(nodeSize ? { size: nodeSize } : {}) });
    layOutLaptop(cluster.store);
    simulation.advance(age);
    // Without an index, which would have to be kept up with all that is told from now on.
    for (const { metadata } of Object.values(cluster.store.table('events')) as readonly ApiObject[])
      cluster.remove('events', metadata.namespace, metadata.name ?? '');
    simulation.settle();
    return sandbox;
  }

  /** Answers a request to the API server, and lets happen what follows from it at once. */
  request(request: ApiRequest): ApiResponse {
    const response = this.api.handle(request);
    this.simulation.settle();
    return response;
  }

  /** Answers a request to the Docker Engine of the learner's machine, and lets happen what follows from it at once. */
  askEngine(request: EngineRequest): EngineResponse {
    const response = this.engine.handle(request);
    this.simulation.settle();
    return response;
  }

  /** In how many milliseconds something happens next; undefined when nothing does. */
  untilNext(): number | undefined {
    const next = this.simulation.nextMoment();
    return next === undefined ? undefined : Math.max(0, next - this.cluster.now);
  }

  /** The world as it is, to be saved or gone back to. */
  snapshot(): World {
    return this.simulation.store.snapshot();
  }

  /** Goes on from another world, such as an earlier snapshot. */
  restore(world: World): void {
    this.simulation.restore(world);
  }

  /** Lets time pass. @returns whether `until` stopped it */
  advance(milliseconds: number, until?: () => boolean): boolean {
    return this.simulation.advance(milliseconds, until);
  }

  /** Turns a node off. @throws ApiError NotFound */
  failNode(name: string): void {
    failNode(this.#context, name);
    this.simulation.settle();
  }

  /** Turns a node on again. @throws ApiError NotFound */
  recoverNode(name: string): void {
    recoverNode(this.#context, name);
    this.simulation.settle();
  }

  /** Keeps a workload busy. @param cpuMilli thousandths of a processor in all; 0 lets it rest */
  setLoad(workload: Workload, cpuMilli: number): void {
    setLoad(this.cluster, workload, cpuMilli);
    this.simulation.settle();
  }
}
