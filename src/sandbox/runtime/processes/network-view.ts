import type { NetworkWays, Way } from '../network-ways.ts';
import type { ContainerRecord } from '../records.ts';

const ipv4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** The network as a process sees it: its own machine first, then `/etc/hosts`, then what the network knows. */
export class NetworkView {
  readonly #ways: () => NetworkWays | undefined;
  readonly #hosts: (container: ContainerRecord) => string;

  /**
   * @param ways undefined as long as there is nothing but the containers' own networks
   * @param hosts the text of a container's `/etc/hosts`
   */
  constructor(ways: () => NetworkWays | undefined, hosts: (container: ContainerRecord) => string) {
    this.#ways = ways;
    this.#hosts = hosts;
  }

  /** The addresses of a name; none when there is no such name. */
  resolve(container: ContainerRecord, name: string): readonly string[] {
    if (ipv4.test(name) || name.includes(':')) return [name];
    const known = hostsEntry(this.#hosts(container), name);
    if (known) return [known];
    if (name === 'localhost') return ['127.0.0.1'];
    return this.lookUp(container, name);
  }

  /** Only what the network knows of a name, as nslookup asks for it. */
  lookUp(container: ContainerRecord, name: string): readonly string[] {
    return this.#ways()?.resolve(container.spec.network, name) ?? [];
  }

  reach(container: ContainerRecord, address: string, port: number, protocol: 'TCP' | 'UDP'): Way {
    const { network } = container.spec;
    const isOwn = address.startsWith('127.') || address === '::1' || address === '0.0.0.0';
    if (isOwn) {
      return this.#ways()?.loopback?.(network, port, protocol) ?? { network, port, loopback: true };
    }
    if (address === this.addressOf(container)) return { network, port };
    return this.#ways()?.reach(network, address, port, protocol) ?? { failure: 'no-route' };
  }

  addressOf(container: ContainerRecord): string {
    return this.#ways()?.addressOf(container.spec.network) ?? '127.0.0.1';
  }
}

function hostsEntry(hosts: string, name: string): string | undefined {
  for (const line of hosts.split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (address && names.includes(name) && !address.includes(':')) return address;
  }
  return undefined;
}
