import { type ClusterNetwork, laptopAddress, laptopNetwork } from './cluster/network/cluster-network.ts';
import { type HostNetwork, isContainerNetwork } from './host/network/host-network.ts';
import type { NetworkWays, Way } from './runtime/network-ways.ts';

/** The ways of all networks of the world: those of the Docker host and those of the cluster. */
export class Ways implements NetworkWays {
  readonly #host: HostNetwork;
  readonly #cluster: ClusterNetwork;

  constructor(host: HostNetwork, cluster: ClusterNetwork) {
    this.#host = host;
    this.#cluster = cluster;
  }

  resolve(network: string, name: string): readonly string[] {
    return this.#of(network).resolve(network, name);
  }

  /** Pods reach the ports that the laptop publishes, as everybody who has a way to it does. */
  reach(network: string, address: string, port: number, protocol: 'TCP' | 'UDP'): Way {
    const isToLaptop = address === laptopAddress && network !== laptopNetwork;
    if (isToLaptop && !isContainerNetwork(network)) return this.#host.fromLaptop(address, port, protocol);
    return this.#of(network).reach(network, address, port, protocol);
  }

  loopback(network: string, port: number, protocol: 'TCP' | 'UDP'): Way | undefined {
    return network === laptopNetwork ? this.#host.loopback(network, port, protocol) : undefined;
  }

  addressOf(network: string): string {
    return this.#of(network).addressOf(network);
  }

  #of(network: string): NetworkWays {
    return network === laptopNetwork || isContainerNetwork(network) ? this.#host : this.#cluster;
  }
}
