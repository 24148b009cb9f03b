import type { ContainerPort } from '../../../kubernetes/api.ts';
import type { NetworkWays, Way } from '../../runtime/network-ways.ts';
import type { Cluster } from '../cluster.ts';
import { isNodeUp } from '../node/node-power.ts';
import { isOnHostNetwork } from '../node/pods/pod-containers.ts';
import { lookUp } from './cluster-dns.ts';
import { isAllowed } from './network-policies.ts';
import { networkAt, networkOfPod, networkRecord } from './pod-networks.ts';
import { chooseEndpoint, servicePortAt } from './service-endpoints.ts';

/** The learner's own machine: it has a way to the nodes, and none to Pods and Services. */
export const laptopNetwork = 'laptop';

/** Where the nodes see the learner's machine; it is their gateway. */
export const laptopAddress = '172.30.0.1';

const podRange = '10.244.';
const serviceRange = '10.96.';

type Protocol = 'TCP' | 'UDP';

/** Where a connection ends. */
interface End {
  readonly network: string;
  readonly port: number;
}

/**
 * The cluster's network: every Pod reaches every other by its address, and Services by theirs
 * (https://kubernetes.io/docs/concepts/services-networking/).
 */
export class ClusterNetwork implements NetworkWays {
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** The network that a network of the runtime is, where it is one of the cluster. */
  knows(network: string): boolean {
    return network === laptopNetwork || networkRecord(this.#cluster.store, network) !== undefined;
  }

  resolve(network: string, name: string): readonly string[] {
    return lookUp(this.#cluster, network, name, this);
  }

  reach(network: string, address: string, port: number, protocol: Protocol): Way {
    const { store } = this.#cluster;
    if (address.startsWith('127.') || address === '0.0.0.0') return { network, port, loopback: true };
    if (address === this.addressOf(network)) return { network, port };
    const isOutside = network === laptopNetwork;
    if (address.startsWith(serviceRange)) {
      return isOutside ? timeout : this.#service(network, address, port, protocol);
    }
    if (address.startsWith(podRange))
      return isOutside ? timeout : this.#pod(network, address, port, protocol);
    const node = networkAt(store, address);
    if (node === undefined) return timeout;
    return this.#node(network, node, address, port, protocol);
  }

  addressOf(network: string): string {
    if (network === laptopNetwork) return laptopAddress;
    return networkRecord(this.#cluster.store, network)?.address ?? '';
  }

  #pod(from: string, address: string, port: number, protocol: Protocol): Way {
    const { store } = this.#cluster;
    const to = networkAt(store, address);
    const record = to === undefined ? undefined : networkRecord(store, to);
    if (to === undefined || !record) return { failure: 'no-route' };
    if (!isNodeUp(store, record.node)) return timeout;
    return this.#ifAllowed(from, { network: to, port }, protocol);
  }

  #service(from: string, address: string, port: number, protocol: Protocol): Way {
    const found = servicePortAt(this.#cluster, address, port, protocol);
    if (!found) return timeout;
    const node = networkRecord(this.#cluster.store, from)?.node;
    const endpoint = chooseEndpoint(this.#cluster, found, this.addressOf(from), node, 'internal');
    return this.#endpoint(from, endpoint, protocol);
  }

  /** A port of a node: of a Service of the type NodePort, of a Pod that asks for one, or of a process of its own. */
  #node(from: string, to: string, address: string, port: number, protocol: Protocol): Way {
    const { store } = this.#cluster;
    const node = networkRecord(store, to)?.node ?? '';
    if (!isNodeUp(store, node)) return timeout;
    const found = servicePortAt(this.#cluster, undefined, port, protocol);
    if (found) {
      const endpoint = chooseEndpoint(this.#cluster, found, this.addressOf(from), node, 'external');
      // A node that may only hand on to its own Pods, and has none, drops what comes.
      if (!endpoint && found.service.spec?.externalTrafficPolicy === 'Local') return timeout;
      return this.#endpoint(from, endpoint, protocol);
    }
    const end = this.#podWithHostPort(node, address, port, protocol) ?? { network: to, port };
    return this.#ifAllowed(from, end, protocol);
  }

  #endpoint(
    from: string,
    endpoint: { readonly address: string; readonly port: number } | undefined,
    protocol: Protocol,
  ): Way {
    // Without an endpoint the nodes answer for the Service that nobody is there.
    if (!endpoint) return { failure: 'refused' };
    if (endpoint.address.startsWith(podRange)) {
      return this.#pod(from, endpoint.address, endpoint.port, protocol);
    }
    const network = networkAt(this.#cluster.store, endpoint.address);
    return network === undefined
      ? timeout
      : this.#ifAllowed(from, { network, port: endpoint.port }, protocol);
  }

  #ifAllowed(from: string, end: End, protocol: Protocol): Way {
    return isAllowed(this.#cluster, from, end.network, end.port, protocol) ? end : timeout;
  }

  #podWithHostPort(node: string, address: string, port: number, protocol: Protocol): End | undefined {
    const isMeant = ({ hostPort, hostIP = address, protocol: kind = 'TCP' }: ContainerPort) =>
      hostPort === port && kind === protocol && [address, '0.0.0.0', ''].includes(hostIP);
    for (const { spec, status, metadata } of this.#cluster.podsOn(node)) {
      if (!spec || isOnHostNetwork({ spec }) || status?.phase !== 'Running') continue;
      const found = spec.containers.flatMap(({ ports = [] }) => ports).find(isMeant);
      if (found) return { network: networkOfPod(metadata.uid), port: found.containerPort };
    }
    return undefined;
  }
}

const timeout: Way = { failure: 'timeout' };
