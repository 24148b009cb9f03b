import type { Store } from '../../store.ts';
import type { HttpRequest, HttpResponse } from '../container-runtime.ts';
import type { Program } from '../program.ts';
import { type ContainerRecord, keyOn, type ProcessRecord, tables } from '../records.ts';
import type { Kernel } from './kernel.ts';
import { Listeners } from './listeners.ts';
import { ProcessCall } from './process-call.ts';

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

  /** @returns false when another process has the port */
  listen({ spec }: ContainerRecord, record: ProcessRecord, port: number): boolean {
    return this.#listeners.open(spec.network, port, keyOn(record.host, record.id));
  }

  /** Closes all ports of a process. */
  unlisten({ spec }: ContainerRecord, record: ProcessRecord): void {
    this.#listeners.close(spec.network, keyOn(record.host, record.id));
  }

  listens(network: string, port: number): boolean {
    return this.#listenerAt(network, port) !== undefined;
  }

  ask(network: string, port: number, request: HttpRequest, from: string): HttpResponse | undefined {
    return this.#reached(network, port, (call, program) => program.serve?.(call, request, from, port));
  }

  talk(network: string, port: number, text: string, from: string): string | undefined {
    return this.#reached(network, port, (call, program) => program.talk?.(call, text, from, port));
  }

  #listenerAt(network: string, port: number): ProcessRecord | undefined {
    const key = this.#listeners.at(network, port);
    const record =
      key === undefined ? undefined : (this.#store.read(tables.processes, key) as ProcessRecord | undefined);
    return record?.exitCode === undefined ? record : undefined;
  }

  #reached<T>(
    network: string,
    port: number,
    answer: (call: ProcessCall, program: Program) => T,
  ): T | undefined {
    const record = this.#listenerAt(network, port);
    const container = record && this.#kernel.container(record.host, record.container);
    if (!record || container?.state !== 'running') return undefined;
    const call = new ProcessCall(this.#kernel, container, record);
    const before = call.state;
    const found = answer(call, this.#kernel.program(record.program));
    if (call.state !== before) call.save();
    return found;
  }
}
