import { laptopNetwork } from '../../../src/sandbox/cluster/network/cluster-network.ts';
import type {
  EngineRequest,
  EngineResponse,
  PromptResponse,
} from '../../../src/sandbox/host/engine/request.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { laptopHost } from '../../../src/sandbox/shell/laptop/laptop.ts';
import type { World } from '../../../src/sandbox/world.ts';

/** When the worlds of these tests begin. */
const begin = Date.UTC(2026, 2, 2, 9, 0, 0);

let fresh: World | undefined;

/** A world with a cluster and a laptop, and what a test asks of the Docker Engine there. */
export class HostLab {
  readonly sandbox: Sandbox;

  constructor() {
    fresh ??= Sandbox.fresh({ now: begin, seed: 7 }).snapshot();
    this.sandbox = new Sandbox(fresh);
  }

  get store() {
    return this.sandbox.simulation.store;
  }

  /** Puts images on the laptop. */
  images(...names: readonly string[]): this {
    for (const name of names) this.messages('POST', `/images/create?fromImage=${name}`);
    return this;
  }

  /** @param target a path, and a query whose values stand as they are */
  ask(
    method: EngineRequest['method'],
    target: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): EngineResponse {
    const [path = '', text = ''] = target.split(/\?(.*)/s);
    const query: Record<string, string | string[]> = {};
    for (const [name, value] of new URLSearchParams(text)) {
      const known = query[name];
      query[name] = known === undefined ? value : [known].flat().concat(value);
    }
    return this.sandbox.askEngine({ method, path, query, headers, ...(body === undefined ? {} : { body }) });
  }

  /** The answer, waited for. */
  answer(...request: Parameters<HostLab['ask']>): PromptResponse {
    const response = this.ask(...request);
    if (!('late' in response)) return response;
    for (let waited = 0; waited < 600; waited++) {
      const found = response.late();
      if (found) return found;
      this.sandbox.advance(100);
    }
    throw new Error('no answer');
  }

  /** What a GET is answered with. */
  get<T = Readonly<Record<string, unknown>>>(target: string): T {
    const response = this.answer('GET', target);
    if ('stream' in response || response.status >= 400) throw new Error(JSON.stringify(response));
    return response.body as T;
  }

  /** Status and message of an answer. */
  outcome(...request: Parameters<HostLab['ask']>): string {
    const response = this.answer(...request);
    if ('stream' in response) return `${response.status} stream`;
    const { message } = (response.body ?? {}) as { readonly message?: string };
    return message === undefined ? `${response.status}` : `${response.status} ${message}`;
  }

  /** The messages of a stream, waited for; of another answer its status and message. */
  messages(...request: Parameters<HostLab['ask']>): readonly Readonly<Record<string, unknown>>[] {
    const response = this.answer(...request);
    if (!('stream' in response)) return [{ status: response.status, ...(response.body as object) }];
    const found: Record<string, unknown>[] = [];
    for (let waited = 0; waited < 1200; waited++) {
      found.push(...(response.stream.next() as unknown as Record<string, unknown>[]));
      if (response.stream.ended) return found;
      this.sandbox.advance(100);
    }
    throw new Error('the stream does not end');
  }

  /** Makes a container and starts it. @returns its id */
  run(
    name: string,
    image: string,
    cmd: readonly string[],
    hostConfig: object = {},
    more: object = {},
  ): string {
    const body = { Image: image, Cmd: cmd.length > 0 ? cmd : null, HostConfig: hostConfig, ...more };
    const made = this.answer('POST', `/containers/create?name=${name}`, body);
    if ('stream' in made || made.status !== 201) throw new Error(JSON.stringify(made));
    const started = this.outcome('POST', `/containers/${name}/start`);
    if (started !== '204') throw new Error(started);
    this.sandbox.advance(2000);
    return (made.body as { readonly Id: string }).Id;
  }

  /** What a command in a container prints. */
  exec(id: string, command: string): string {
    const { runtime } = this.sandbox;
    const argv = ['sh', '-c', command];
    const process = runtime.exec(laptopHost, id, { argv, tty: false, stdin: false });
    this.sandbox.simulation.settle();
    this.sandbox.advance(30_000);
    const text =
      runtime
        .process(laptopHost, process)
        ?.output.map((line) => line.text)
        .join('') ?? '';
    return text;
  }

  /** What a request from the laptop to one of its own ports is answered with. */
  fetch(port: number, address = '127.0.0.1'): number | string {
    const { ways, runtime } = this.sandbox;
    const way = ways.reach(laptopNetwork, address, port, 'TCP');
    if ('failure' in way) return way.failure;
    const request = { method: 'GET', path: '/', host: address, headers: {}, body: '' };
    return runtime.ask(way.network, way.port, request, '172.30.0.1')?.status ?? 'refused';
  }

  /** Type and action of what happened, in order. */
  events(type: string): readonly string[] {
    return this.messages('GET', `/events?since=0&until=${Math.floor(this.store.now / 1000) + 1}`)
      .filter((event) => event.Type === type)
      .map(({ Action, Actor }) => {
        const { ID, Attributes } = Actor as { ID: string; Attributes: Record<string, string> };
        return `${Action} ${Attributes.name ?? ID}`;
      });
  }
}

/** The header that says who asks a registry. */
export function asUser(username: string, password: string): Readonly<Record<string, string>> {
  const text = JSON.stringify({ username, password, serveraddress: 'registry.example.com' });
  return { 'x-registry-auth': Buffer.from(text).toString('base64url') };
}

/** Filters as a query carries them. */
export function filters(values: Readonly<Record<string, readonly string[]>>): string {
  return `filters=${encodeURIComponent(JSON.stringify(values))}`;
}
