import type { ApiRequest, WatchStream } from '../../../src/sandbox/cluster/api/request.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import {
  type AnyObject,
  type Kind,
  ownNamespaces,
  places,
  type SimulatedCluster,
  type ToldEvent,
} from './simulated-cluster.ts';

/** The sandbox, with as many nodes for Pods as the other simulator has. */
export class OurCluster implements SimulatedCluster {
  readonly #sandbox: Sandbox;
  readonly #watch: WatchStream;
  readonly #told: ToldEvent[] = [];

  /** @param now when it begins, in milliseconds since 1970 */
  constructor(now: number) {
    this.#sandbox = Sandbox.fresh({ now, seed: 1, nodes: 4 });
    this.#bringImages(['nginx:1.27', 'nginx:1.28', 'busybox:1.36', 'registry.example.com/shop/web:1.4']);
    const response = this.#sandbox.request(request('GET', '/api/v1/events', undefined, { watch: 'true' }));
    if (!('stream' in response) || response.stream.kind !== 'watch')
      throw new Error('events cannot be watched');
    this.#watch = response.stream;
  }

  async apply(objects: readonly AnyObject[]): Promise<void> {
    for (const object of objects) {
      const { name = '', namespace = 'default' } = object.metadata ?? {};
      const kind = object.kind as Kind;
      const there = this.#sandbox.request(request('GET', pathOf(kind, namespace, name)));
      if (there.status === 404) this.#demand(request('POST', pathOf(kind, namespace), object));
      else this.#demand(request('PATCH', pathOf(kind, namespace, name), object));
    }
  }

  async remove(kind: Kind, name: string, namespace: string): Promise<void> {
    this.#demand(request('DELETE', pathOf(kind, namespace, name), { propagationPolicy: 'Background' }));
  }

  async advance(milliseconds: number): Promise<void> {
    this.#sandbox.advance(milliseconds);
  }

  async list(kind: Kind): Promise<readonly AnyObject[]> {
    const { items } = this.#demand(request('GET', places[kind])) as { items: readonly AnyObject[] };
    return items.filter(({ metadata = {} }) => {
      const namespace = kind === 'Namespace' ? metadata.name : metadata.namespace;
      // The cluster's own Service stands in the namespace default; the other simulator has none.
      const isOwn = metadata.name === 'kubernetes' && namespace === 'default';
      return !isOwn && !ownNamespaces.includes(namespace ?? '');
    });
  }

  events(): readonly ToldEvent[] {
    for (const { type, object } of this.#watch.next()) {
      const told = object as ToldEvent;
      if (type === 'ADDED' && !ownNamespaces.includes(told.metadata?.namespace ?? '')) this.#told.push(told);
    }
    return this.#told;
  }

  async close(): Promise<void> {
    this.#watch.close();
  }

  /** The other simulator knows no pulling: what it knows is on every node. */
  #bringImages(references: readonly string[]): void {
    const { cluster, runtime } = this.#sandbox;
    for (const { metadata } of cluster.list('nodes')) {
      for (const reference of references) {
        const pull = runtime.resolvePull(metadata.name, reference);
        if (!('image' in pull)) throw new Error(`there is no image ${reference}`);
        runtime.keepImage(metadata.name, reference, pull.image);
      }
    }
  }

  #demand(asked: ApiRequest): unknown {
    const response = this.#sandbox.request(asked);
    if (response.status >= 300 || !('body' in response)) {
      throw new Error(`${asked.method} ${asked.path}: ${JSON.stringify(response)}`);
    }
    return response.body;
  }
}

function request(
  method: ApiRequest['method'],
  path: string,
  body?: unknown,
  query: ApiRequest['query'] = {},
): ApiRequest {
  const headers = method === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : {};
  return { method, path, query, headers, body };
}

function pathOf(kind: Kind, namespace: string, name?: string): string {
  const place = places[kind];
  const slash = place.lastIndexOf('/');
  const whole =
    kind === 'Namespace' ? place : `${place.slice(0, slash)}/namespaces/${namespace}${place.slice(slash)}`;
  return name === undefined ? whole : `${whole}/${name}`;
}
