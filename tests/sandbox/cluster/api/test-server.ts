import { admit } from '../../../../src/sandbox/cluster/api/admission.ts';
import { ApiServer } from '../../../../src/sandbox/cluster/api/api-server.ts';
import type { ApiRequest, ApiResponse, WatchStream } from '../../../../src/sandbox/cluster/api/request.ts';
import type { NodeBackend } from '../../../../src/sandbox/cluster/api/subresources/node-backend.ts';
import { Cluster } from '../../../../src/sandbox/cluster/cluster.ts';
import { Simulation } from '../../../../src/sandbox/simulation.ts';
import { Store } from '../../../../src/sandbox/store.ts';
import { emptyWorld, type World } from '../../../../src/sandbox/world.ts';

/** What a response of the server says, whatever its form. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked at as JSON.
  readonly body: any;
  readonly warnings: readonly string[];
}

/** When the tests' worlds begin. */
export const start = Date.UTC(2026, 10, 20, 8, 0, 0);

/** Nothing runs on the nodes of these tests. */
const idleBackend: NodeBackend = {
  logs: (pod, options) => `${pod.metadata.name} ${JSON.stringify(options)}\n`,
  exec: (_pod, container, spec) => ({
    kind: 'process',
    next: () => [{ at: start, stream: 'stdout', text: `${container}: ${spec.argv.join(' ')}\n` }],
    write: () => undefined,
    closeInput: () => undefined,
    exitCode: 0,
    close: () => undefined,
  }),
  attach: (pod, container, options) => idleBackend.exec(pod, container, { argv: ['attached'], ...options }),
  forward: () => ({ kind: 'forward', ask: () => undefined, close: () => undefined }),
  nodeMetrics: () => [
    { name: 'worker-1', at: start, windowMs: 10_043, cpuNano: 124_877_269, memoryBytes: 717_636 * 1024 },
  ],
  podMetrics: () => [
    {
      namespace: 'default',
      name: 'web',
      at: start,
      windowMs: 15_000,
      containers: [{ name: 'web', cpuNano: 0, memoryBytes: 4096 }],
    },
  ],
};

/** An API server over a world with one namespace and no controllers. */
export class TestServer {
  readonly store: Store;
  readonly cluster: Cluster;
  readonly api: ApiServer;

  constructor(world?: World) {
    this.store = new Store(world ?? emptyWorld(start, 7));
    this.cluster = new Cluster(this.store, admit);
    this.api = new ApiServer(this.cluster, new Simulation(this.store), idleBackend);
    if (world) return;
    this.addNamespace('default');
  }

  /** A namespace with what its controllers put into it. */
  addNamespace(name: string): void {
    this.cluster.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
      status: { phase: 'Active' },
    });
    this.cluster.create('serviceaccounts', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: name },
    });
  }

  /** @param address with its query, as it stands behind the host */
  ask(
    method: ApiRequest['method'],
    address: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Answer {
    const response = this.respond(method, address, body, headers);
    if ('stream' in response) throw new Error(`a stream of ${response.stream.kind}`);
    const { status, warnings = [] } = response;
    return { status, body: 'body' in response ? response.body : response.text, warnings };
  }

  respond(
    method: ApiRequest['method'],
    address: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): ApiResponse {
    const [path = '', search = ''] = address.split('?');
    const query: Record<string, string | string[]> = {};
    for (const [name, value] of new URLSearchParams(search)) {
      const known = query[name];
      query[name] = known === undefined ? value : [...(typeof known === 'string' ? [known] : known), value];
    }
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    return this.api.handle({
      method,
      path,
      query,
      headers: { ...type, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  }

  watch(address: string, headers: Readonly<Record<string, string>> = {}): WatchStream {
    const response = this.respond('GET', address, undefined, headers);
    if ('stream' in response && response.stream.kind === 'watch') return response.stream;
    throw new Error(`no watch: ${JSON.stringify(response)}`);
  }
}

/** Headers of a patch. */
export const patchType = (kind: 'json' | 'merge' | 'strategic' | 'apply') => ({
  'content-type':
    kind === 'apply'
      ? 'application/apply-patch+yaml'
      : `application/${kind === 'strategic' ? 'strategic-merge' : kind}-patch+json`,
});

/** What kubectl accepts when it prints a list. */
export const asTable = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
