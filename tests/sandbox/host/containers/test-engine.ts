import { Engine } from '../../../../src/sandbox/host/engine/engine.ts';
import type {
  EngineRequest,
  EngineResponse,
  EngineStream,
  PromptResponse,
} from '../../../../src/sandbox/host/engine/request.ts';
import { Runtime } from '../../../../src/sandbox/runtime/runtime.ts';
import { laptopHost } from '../../../../src/sandbox/shell/laptop/laptop.ts';
import { layOutLaptop } from '../../../../src/sandbox/shell/laptop/lay-out-laptop.ts';
import { Simulation } from '../../../../src/sandbox/simulation.ts';
import { Store } from '../../../../src/sandbox/store.ts';
import { emptyWorld } from '../../../../src/sandbox/world.ts';

/** When the worlds of these tests begin. */
export const begin = Date.UTC(2026, 0, 5, 9, 0, 0);

type Body = Readonly<Record<string, unknown>>;

/** An engine with some images, and nothing else in its world. */
export class TestEngine {
  readonly store = new Store(emptyWorld(begin, 7));
  readonly simulation = new Simulation(this.store);
  readonly runtime = new Runtime(this.simulation);
  readonly engine = new Engine(this.simulation, this.runtime);

  constructor(images: readonly string[] = ['busybox:1.36']) {
    layOutLaptop(this.store);
    for (const reference of images) this.pull(reference);
  }

  pull(reference: string): void {
    const pull = this.runtime.resolvePull(laptopHost, reference);
    if ('failure' in pull) throw new Error(pull.message);
    this.runtime.keepImage(laptopHost, pull.reference, pull.image);
  }

  /** Asks, and lets happen what follows at once. @param target a path and a query */
  ask(method: EngineRequest['method'], target: string, body?: unknown): EngineResponse {
    const [path = '', query = ''] = target.split('?');
    const response = this.engine.handle({
      method,
      path,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: {},
      ...(body === undefined ? {} : { body }),
    });
    this.simulation.settle();
    return response;
  }

  /** Asks, and waits for the answer. */
  answer(method: EngineRequest['method'], target: string, body?: unknown): PromptResponse {
    const response = this.ask(method, target, body);
    if (!('late' in response)) return response;
    for (let waited = 0; waited < 1000; waited++) {
      const found = response.late();
      if (found) return found;
      this.simulation.advance(100);
    }
    throw new Error('no answer');
  }

  /** What a GET is answered with. */
  get<T = Record<string, never>>(target: string): T {
    const response = this.answer('GET', target);
    return ('body' in response ? response.body : undefined) as T;
  }

  /** What `inspect` says of a part of a container, such as `State`. */
  inspect<T = Record<string, unknown>>(name: string, part: string): T {
    return this.get<Record<string, T>>(`/containers/${name}/json`)[part] as T;
  }

  /** Status and message of an answer. */
  outcome(method: EngineRequest['method'], target: string, body?: unknown): string {
    const response = this.answer(method, target, body);
    if ('stream' in response) return `${response.status} stream`;
    const { message } = (response.body ?? {}) as { readonly message?: string };
    return message === undefined ? `${response.status}` : `${response.status} ${message}`;
  }

  /** Makes a container of busybox. @returns its id */
  create(name: string, body: Body = {}): string {
    const target = `/containers/create?name=${name}`;
    const response = this.answer('POST', target, { Image: 'busybox:1.36', ...body });
    if (response.status !== 201 || 'stream' in response) throw new Error(JSON.stringify(response));
    return (response.body as { readonly Id: string }).Id;
  }

  /** Makes one and starts it. @returns its id */
  run(name: string, body: Body = {}): string {
    const id = this.create(name, body);
    const outcome = this.outcome('POST', `/containers/${name}/start`);
    if (outcome !== '204') throw new Error(outcome);
    return id;
  }

  /** One that runs `sh -c`. @returns its id */
  script(name: string, text: string, body: Body = {}): string {
    return this.run(name, { Cmd: ['sh', '-c', text], ...body });
  }

  /** Everything a stream gives until it ends, or so many milliseconds have passed. */
  read(stream: EngineStream, milliseconds = 60_000): string {
    let text = '';
    for (let waited = 0; ; waited += 100) {
      for (const each of stream.next()) text += textOf(each);
      if (stream.ended || waited >= milliseconds) return text;
      this.simulation.advance(100);
    }
  }

  /** The stream that a request is answered with. */
  stream(method: EngineRequest['method'], target: string, body?: unknown): EngineStream {
    const response = this.ask(method, target, body);
    if ('stream' in response) return response.stream;
    throw new Error(JSON.stringify(response));
  }

  /** The log of a container. */
  logs(name: string, query = ''): string {
    return this.read(this.stream('GET', `/containers/${name}/logs?stdout=1&stderr=1${query}`));
  }

  /** Runs a command in a container: what it wrote, and its code where that is not 0. */
  exec(name: string, cmd: readonly string[], more: Body = {}): string {
    const made = this.answer('POST', `/containers/${name}/exec`, {
      Cmd: cmd,
      AttachStdout: true,
      AttachStderr: true,
      ...more,
    });
    if ('stream' in made || made.status !== 201) throw new Error(JSON.stringify(made));
    const { Id: id } = made.body as { readonly Id: string };
    const text = this.read(this.stream('POST', `/exec/${id}/start`, {}));
    const { ExitCode: code } = this.get<{ readonly ExitCode: number }>(`/exec/${id}/json`);
    return code === 0 ? text : `${text}[${code}]`;
  }

  advance(milliseconds: number): void {
    this.simulation.advance(milliseconds);
  }

  /** What happened to containers, such as `start web`, without what was looked at or executed. */
  events(name: string): readonly string[] {
    return Object.entries(this.store.table('docker/events'))
      .sort(([one], [other]) => Number(one) - Number(other))
      .map(([, event]) => event as { type: string; action: string; attributes: Record<string, string> })
      .filter(({ type, attributes }) => type === 'container' && attributes.name === name)
      .map(({ action, attributes }) => eventText(action, attributes))
      .filter((text) => !text.startsWith('exec_'));
  }
}

function eventText(action: string, { signal, exitCode }: Record<string, string>): string {
  if (action === 'kill') return `kill ${signal}`;
  return action === 'die' ? `die ${exitCode}` : action;
}

function textOf(piece: unknown): string {
  const { text } = piece as { readonly text?: string };
  return text ?? `${JSON.stringify(piece)}\n`;
}
