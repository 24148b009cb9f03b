import type { Store } from '../../store.ts';
import { tables } from '../records.ts';

/** Who listens on which port of which network. */
export class Listeners {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * @param isLocal whether it listens on the loopback address alone
   * @returns false when another process has the port
   */
  open(network: string, port: number, process: string, isLocal: boolean): boolean {
    const known = this.#entry(network, port);
    if (known && known.process !== process) return false;
    const entry: Listener = { network, port, process, ...(isLocal ? { isLocal } : {}) };
    if (!known || known.isLocal !== entry.isLocal)
      this.#store.write(tables.listeners, `${network}:${port}`, entry);
    return true;
  }

  /** Closes all ports of a process. */
  close(network: string, process: string): void {
    const ports = this.portsOf(network);
    for (const [port, owner] of ports)
      if (owner === process) this.#store.delete(tables.listeners, `${network}:${port}`);
  }

  /** Key of the process that listens for who comes by the loopback address, or from elsewhere. */
  at(network: string, port: number, byLoopback: boolean): string | undefined {
    const entry = this.#entry(network, port);
    return entry?.isLocal && !byLoopback ? undefined : entry?.process;
  }

  /** The ports of a network that somebody listens on, and who does. */
  portsOf(network: string): readonly (readonly [port: number, process: string])[] {
    const index = this.#store.index(tables.listeners, 'network', (entry: Listener) => [entry.network]);
    return (index.entries(network) as Listener[]).map(({ port, process }) => [port, process] as const);
  }

  #entry(network: string, port: number): Listener | undefined {
    return this.#store.read(tables.listeners, `${network}:${port}`) as Listener | undefined;
  }
}

interface Listener {
  readonly isLocal?: boolean;
  readonly network: string;
  readonly process: string;
  readonly port: number;
}
