import type { Store } from '../../store.ts';
import { tables } from '../records.ts';

/** Who listens on which port of which network. */
export class Listeners {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @returns false when another process has the port */
  open(network: string, port: number, process: string): boolean {
    const known = this.at(network, port);
    if (known !== undefined && known !== process) return false;
    if (known === undefined)
      this.#store.write(tables.listeners, `${network}:${port}`, { network, port, process });
    return true;
  }

  /** Closes all ports of a process. */
  close(network: string, process: string): void {
    const ports = this.portsOf(network);
    for (const [port, owner] of ports)
      if (owner === process) this.#store.delete(tables.listeners, `${network}:${port}`);
  }

  /** Key of the process that listens. */
  at(network: string, port: number): string | undefined {
    return (this.#store.read(tables.listeners, `${network}:${port}`) as Listener | undefined)?.process;
  }

  /** The ports of a network that somebody listens on, and who does. */
  portsOf(network: string): readonly (readonly [port: number, process: string])[] {
    const index = this.#store.index(tables.listeners, 'network', (entry: Listener) => [entry.network]);
    return (index.entries(network) as Listener[]).map(({ port, process }) => [port, process] as const);
  }
}

interface Listener {
  readonly network: string;
  readonly process: string;
  readonly port: number;
}
