import { laptopAddress, laptopNetwork } from '../../cluster/network/cluster-network.ts';
import type { NetworkWays, Way } from '../../runtime/network-ways.ts';
import type { Store } from '../../store.ts';
import { type EndpointRecord, endpointsAt, endpointsIn } from '../networks/endpoint-record.ts';
import { endpointsOfContainer, gatewayEndpoint } from '../networks/endpoints.ts';
import { addressNumber, contains, subnetOf } from '../networks/ipv4.ts';
import { allNetworks, type NetworkRecord } from '../networks/network-record.ts';
import { usesEmbeddedNames } from './host-files.ts';
import { isLaptopAddress, publishedAt } from './published-ports.ts';

type Protocol = 'TCP' | 'UDP';

/** What the runtime calls the network of a container of the engine: this and the container's id. */
const prefix = 'docker:';

/** The runtime's network of a container of the engine. */
export function networkOfContainer(id: string): string {
  return `${prefix}${id}`;
}

/** Whether a network of the runtime is that of a container of the engine. */
export function isContainerNetwork(network: string): boolean {
  return network.startsWith(prefix);
}

/**
 * The networks of the Docker Engine on the laptop: containers of one network reach one another, and nobody else
 * does but the laptop itself (https://docs.docker.com/engine/network/). What leaves them goes on as from the laptop.
 */
export class HostNetwork implements NetworkWays {
  readonly #store: Store;
  readonly #outside: NetworkWays;

  /** @param outside what the laptop reaches beyond itself: the nodes of the cluster */
  constructor(store: Store, outside: NetworkWays) {
    this.#store = store;
    this.#outside = outside;
  }

  resolve(network: string, name: string): readonly string[] {
    if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return [name];
    if (network === laptopNetwork) return this.#outside.resolve(laptopNetwork, name);
    const container = network.slice(prefix.length);
    const asked = name.replace(/\.$/, '').toLowerCase();
    const known = usesEmbeddedNames(this.#store, container) ? this.#named(container, asked) : [];
    if (known.length > 0) return known;
    return gatewayEndpoint(this.#store, container) ? this.#outside.resolve(laptopNetwork, name) : [];
  }

  reach(network: string, address: string, port: number, protocol: Protocol): Way {
    if (network === laptopNetwork) return this.fromLaptop(address, port, protocol);
    if (address.startsWith('127.') || address === '0.0.0.0') return { network, port, loopback: true };
    const container = network.slice(prefix.length);
    const own = endpointsOfContainer(this.#store, container).filter((each) => each.address !== '');
    if (own.some((each) => each.address === address)) return { network, port };
    const near = own.find((each) => isIn(this.#store, each.networkId, address));
    if (near) return this.#neighbour(near, address, port, protocol);
    if (!gatewayEndpoint(this.#store, container)) return { failure: 'unreachable' };
    // Of other networks the engine's firewall lets nobody in who does not come by a published port.
    if (!isLaptopAddress(this.#store, address) && this.#isOfNetworks(address)) return { failure: 'timeout' };
    return this.fromLaptop(address, port, protocol);
  }

  loopback(network: string, port: number, protocol: Protocol): Way | undefined {
    return network === laptopNetwork ? this.#published('127.0.0.1', port, protocol) : undefined;
  }

  addressOf(network: string): string {
    if (network === laptopNetwork) return laptopAddress;
    const container = network.slice(prefix.length);
    const [first] = endpointsOfContainer(this.#store, container).filter((each) => each.address !== '');
    return gatewayEndpoint(this.#store, container)?.address ?? first?.address ?? '127.0.0.1';
  }

  /** Where a connection of the laptop itself ends: containers by their addresses, and by the ports they publish. */
  fromLaptop(address: string, port: number, protocol: Protocol): Way {
    if (address === '0.0.0.0') return this.#published('127.0.0.1', port, protocol);
    const [endpoint] = endpointsAt(this.#store, address);
    if (endpoint) return into(endpoint.container, port, endpoint.gateway);
    if (isLaptopAddress(this.#store, address)) {
      const way = this.#published(address, port, protocol);
      // The laptop, and who comes from outside, keep their address by this one.
      return address === laptopAddress && 'from' in way ? { network: way.network, port: way.port } : way;
    }
    if (this.#isOfNetworks(address)) return { failure: 'no-route' };
    return this.#outside.reach(laptopNetwork, address, port, protocol);
  }

  /** A port of the laptop, as whoever has a way to the laptop reaches it. */
  #published(address: string, port: number, protocol: Protocol): Way {
    const place = publishedAt(this.#store, address, port, protocol.toLowerCase());
    if (!place) {
      const isLocal = address.startsWith('127.');
      return { network: laptopNetwork, port, ...(isLocal ? { loopback: true } : {}) };
    }
    const gateway = gatewayEndpoint(this.#store, place.container)?.gateway;
    return into(place.container, Number.parseInt(place.port, 10), gateway);
  }

  #neighbour(from: EndpointRecord, address: string, port: number, protocol: Protocol): Way {
    const other = endpointsIn(this.#store, from.networkId).find((each) => each.address === address);
    if (other) {
      const network = allNetworks(this.#store).find(({ id }) => id === from.networkId);
      const isClosed = network?.options['com.docker.network.bridge.enable_icc'] === 'false';
      return isClosed ? { failure: 'timeout' } : { network: networkOfContainer(other.container), port };
    }
    if (address === from.gateway) return this.#published(address, port, protocol);
    // The laptop has an address in every network, and does not answer in an internal one.
    return { failure: isLaptopAddress(this.#store, address) ? 'timeout' : 'no-route' };
  }

  #isOfNetworks(address: string): boolean {
    return allNetworks(this.#store).some(
      ({ id, driver }) => driver === 'bridge' && isIn(this.#store, id, address),
    );
  }

  /** The containers that have a name in one of a container's networks. */
  #named(container: string, name: string): readonly string[] {
    const found: string[] = [];
    for (const own of endpointsOfContainer(this.#store, container)) {
      if (own.endpointId === '' || own.dnsNames === null) continue;
      const suffix = `.${own.network.toLowerCase()}`;
      const names = name.endsWith(suffix) ? [name, name.slice(0, -suffix.length)] : [name];
      const linked = linkedName(own, name);
      for (const other of endpointsIn(this.#store, own.networkId)) {
        const given = (other.dnsNames ?? []).map((each) => each.toLowerCase());
        if (given.some((each) => names.includes(each) || each === linked)) found.push(other.address);
      }
    }
    return found.filter((address) => address !== '');
  }
}

/** What the laptop sends into a network has its address there for its sender, the gateway's. */
function into(container: string, port: number, gateway = ''): Way {
  return { network: networkOfContainer(container), port, ...(gateway === '' ? {} : { from: gateway }) };
}

/** The container that a name stands for only here: `--link db:database`. */
function linkedName({ links }: EndpointRecord, name: string): string | undefined {
  for (const link of links ?? []) {
    const [target = '', alias = target] = link.split(':');
    if (alias.toLowerCase() === name) return target.toLowerCase();
  }
  return undefined;
}

function isIn(store: Store, networkId: string, address: string): boolean {
  const number = addressNumber(address);
  const network: NetworkRecord | undefined = allNetworks(store).find(({ id }) => id === networkId);
  const ranges = network?.ipam.config.filter(({ Subnet }) => !Subnet.includes(':')) ?? [];
  return number !== undefined && ranges.some(({ Subnet }) => contains(subnetOf(Subnet), number));
}
