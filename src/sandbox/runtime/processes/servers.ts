import type { Store } from '../../store.ts';
import type { HttpRequest, HttpResponse } from '../container-runtime.ts';
import type { Way } from '../network-ways.ts';
import type { Program } from '../program.ts';
import { type ContainerRecord, keyOn, type ProcessRecord, tables } from '../records.ts';
import type { Kernel } from './kernel.ts';
import { Listeners } from './listeners.ts';
import { ProcessCall } from './process-call.ts';

/** A way that ends somewhere. */
type OpenWay = Exclude<Way, { readonly failure: string }>;

/** Processes that listen, and those who ask them. */
export class Servers {
  readonly #kernel: Kernel;
  readonly #store: Store;
  readonly #listeners: Listeners;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#store = kernel.store;
    this.#listeners = new Listeners(kernel.store);
  }

  /** @param isLocal whether on the loopback address alone @returns false when another process has the port */
  listen({ spec }: ContainerRecord, record: ProcessRecord, port: number, isLocal: boolean): boolean {
    return this.#listeners.open(spec.network, port, keyOn(record.host, record.id), isLocal);
  }

  /** Closes all ports of a process. */
  unlisten({ spec }: ContainerRecord, record: ProcessRecord): void {
    this.#listeners.close(spec.network, keyOn(record.host, record.id));
  }

  listens(way: OpenWay): boolean {
    return this.#listenerAt(way) !== undefined;
  }

  /** Whether somebody listens there who cannot answer: the kernel takes connections of a paused container. */
  isFrozen(way: OpenWay): boolean {
    const record = this.#listenerAt(way);
    return record !== undefined && this.#kernel.container(record.host, record.container)?.state === 'paused';
  }

  ask(way: OpenWay, request: HttpRequest, from: string): HttpResponse | undefined {
    return this.#reached(way, (call, program) => program.serve?.(call, request, from, way.port));
  }

  talk(way: OpenWay, text: string, from: string): string | undefined {
    return this.#reached(way, (call, program) => program.talk?.(call, text, from, way.port));
  }

  #listenerAt({ network, port, loopback = false }: OpenWay): ProcessRecord | undefined {
    const key = this.#listeners.at(network, port, loopback);
    const record =
      key === undefined ? undefined : (this.#store.read(tables.processes, key) as ProcessRecord | undefined);
    return record?.exitCode === undefined ? record : undefined;
  }

  #reached<T>(way: OpenWay, answer: (call: ProcessCall, program: Program) => T): T | undefined {
    const record = this.#listenerAt(way);
    const container = record && this.#kernel.container(record.host, record.container);
    if (!record || container?.state !== 'running') return undefined;
    const call = new ProcessCall(this.#kernel, container, record);
    const before = call.state;
    const found = answer(call, this.#kernel.program(record.program));
    if (call.state !== before) call.save();
    return found;
  }
}
