import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import {
  type AnyObject,
  type Kind,
  ownNamespaces,
  type SimulatedCluster,
  type ToldEvent,
} from './simulated-cluster.ts';

/** A process in one of its containers. */
interface Process {
  listenHttp(
    port: number,
    answer: (context: unknown, request: { readonly url: URL }) => Promise<{ status: number; body: string }>,
  ): void;
  waitUntilKilled(): Promise<number>;
}

/** An image; what its containers do is code. */
interface Image {
  new (): ImageBase;
  readonly imageName: string;
  readonly imageVersion: string;
}

interface ImageBase {
  exec(context: Process, argv: readonly string[]): Promise<number>;
}

type Which = { readonly name: string; readonly namespace: string };
type List = () => Promise<{ readonly items: readonly AnyObject[] }>;
type Removal = (which: Which) => Promise<unknown>;

interface WebernetesCluster {
  readonly clock: { pause(): void; step(milliseconds: number): void };
  readonly api: {
    readonly corev1: {
      readonly listPodForAllNamespaces: List;
      readonly listServiceForAllNamespaces: List;
      readonly listNamespace: List;
      readonly deleteNamespacedPod: Removal;
      readonly deleteNamespacedService: Removal;
      readonly deleteNamespace: (which: Pick<Which, 'name'>) => Promise<unknown>;
    };
    readonly appsv1: {
      readonly listDeploymentForAllNamespaces: List;
      readonly listReplicaSetForAllNamespaces: List;
      readonly deleteNamespacedDeployment: Removal;
      readonly deleteNamespacedReplicaSet: Removal;
    };
    readonly discoveryv1: { readonly listEndpointSliceForAllNamespaces: List };
  };
  init(): Promise<void>;
  registerImage(image: Image): void;
  informer(
    resource: 'events',
    listener: (type: 'add' | 'update' | 'delete', object: ToldEvent) => void,
  ): unknown;
  apply(objects: readonly AnyObject[]): Promise<unknown>;
  close(): Promise<void>;
}

/** What is used of the package: its own types cannot be read by the settings of this project. */
export interface Webernetes {
  readonly Cluster: new () => WebernetesCluster;
  readonly BaseImage: new () => ImageBase;
}

/** Its files cannot be loaded by Node as they are: their imports have no endings. */
export async function loadWebernetes(): Promise<Webernetes> {
  const folder = mkdtempSync(join(tmpdir(), 'tutor-webernetes-'));
  try {
    const outfile = join(folder, 'webernetes.mjs');
    await build({
      entryPoints: ['@ngrok/webernetes'],
      absWorkingDir: join(import.meta.dirname, '..', '..', '..'),
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
    });
    return (await import(pathToFileURL(outfile).href)) as Webernetes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Its clock goes on in such steps, in milliseconds. */
const stepMs = 50;

/** So often all that waits for nothing but its turn gets it, between two steps of the clock. */
const turns = 15;

/** The simulator `@ngrok/webernetes`, with its clock in our hand. */
export class OtherCluster implements SimulatedCluster {
  readonly #cluster: WebernetesCluster;
  readonly #told: ToldEvent[] = [];

  private constructor(cluster: WebernetesCluster) {
    this.#cluster = cluster;
  }

  /** A cluster that has started. */
  static async start(webernetes: Webernetes): Promise<OtherCluster> {
    const cluster = new webernetes.Cluster();
    for (const image of images(webernetes)) cluster.registerImage(image);
    cluster.clock.pause();
    const other = new OtherCluster(cluster);
    await other.#until(cluster.init());
    cluster.informer('events', (type, event) => {
      if (type === 'add' && !ownNamespaces.includes(event.metadata?.namespace ?? '')) other.#told.push(event);
    });
    await other.advance(5000);
    return other;
  }

  async apply(objects: readonly AnyObject[]): Promise<void> {
    await this.#until(this.#cluster.apply(objects));
  }

  async remove(kind: Kind, name: string, namespace: string): Promise<void> {
    const { corev1, appsv1 } = this.#cluster.api;
    const which = { name, namespace };
    const removals: Partial<Record<Kind, () => Promise<unknown>>> = {
      Deployment: () => appsv1.deleteNamespacedDeployment(which),
      ReplicaSet: () => appsv1.deleteNamespacedReplicaSet(which),
      Pod: () => corev1.deleteNamespacedPod(which),
      Service: () => corev1.deleteNamespacedService(which),
      Namespace: () => corev1.deleteNamespace({ name }),
    };
    const remove = removals[kind];
    if (!remove) throw new Error(`a ${kind} is not deleted by hand here`);
    await this.#until(remove());
  }

  async advance(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += stepMs) {
      this.#cluster.clock.step(Math.min(stepMs, milliseconds - passed));
      await takeTurns();
    }
  }

  async list(kind: Kind): Promise<readonly AnyObject[]> {
    const { corev1, appsv1, discoveryv1 } = this.#cluster.api;
    const lists: Record<Kind, List> = {
      Deployment: () => appsv1.listDeploymentForAllNamespaces(),
      ReplicaSet: () => appsv1.listReplicaSetForAllNamespaces(),
      Pod: () => corev1.listPodForAllNamespaces(),
      Service: () => corev1.listServiceForAllNamespaces(),
      EndpointSlice: () => discoveryv1.listEndpointSliceForAllNamespaces(),
      Namespace: () => corev1.listNamespace(),
    };
    const { items } = await this.#until(lists[kind]());
    return items.filter(({ metadata = {} }) => {
      const namespace = kind === 'Namespace' ? metadata.name : metadata.namespace;
      return !ownNamespaces.includes(namespace ?? '');
    });
  }

  events(): readonly ToldEvent[] {
    return this.#told;
  }

  close(): Promise<void> {
    return this.#cluster.close();
  }

  /** Lets time pass until something has come to its end. */
  async #until<T>(promise: Promise<T>): Promise<T> {
    let isOver = false;
    const noted = promise.finally(() => {
      isOver = true;
    });
    noted.catch(() => undefined);
    await takeTurns();
    for (let steps = 0; !isOver; steps++) {
      if (steps > 10_000) throw new Error('it does not come to its end');
      this.#cluster.clock.step(1);
      await takeTurns();
    }
    return noted;
  }
}

async function takeTurns(): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** The images of the scenarios, as far as they show in them what those of the sandbox do. */
function images(webernetes: Webernetes): readonly Image[] {
  return [
    server(webernetes, 'nginx', '1.27', 80),
    server(webernetes, 'nginx', '1.28', 80),
    server(webernetes, 'registry.example.com/shop/web', '1.4', 8080),
    busybox(webernetes),
  ];
}

/** A web server with one page. */
function server({ BaseImage }: Webernetes, name: string, version: string, port: number): Image {
  return class extends BaseImage {
    static readonly imageName = name;
    static readonly imageVersion = version;
    readonly defaultCommand = ['serve'];

    override async exec(context: Process, argv: readonly string[]): Promise<number> {
      if (argv[0] !== 'serve') return super.exec(context, argv);
      context.listenHttp(port, async (_, { url }) =>
        url.pathname === '/' ? { status: 200, body: 'Welcome' } : { status: 404, body: 'not found' },
      );
      return context.waitUntilKilled();
    }
  };
}

/** Tools that, as the first process of a container, do not hear the signal TERM. */
function busybox({ BaseImage }: Webernetes): Image {
  return class extends BaseImage {
    static readonly imageName = 'busybox';
    static readonly imageVersion = '1.36';

    signalHandler(): void {}
  };
}
