import type { Store } from '../../store.ts';

/** The place of a container in a network, as the API writes it (EndpointSettings). */
export interface EndpointSettings {
  readonly IPAMConfig?: { readonly IPv4Address?: string; readonly IPv6Address?: string } | null;
  readonly Links?: readonly string[] | null;
  readonly Aliases?: readonly string[] | null;
  readonly DriverOpts?: Readonly<Record<string, string>> | null;
  readonly GwPriority?: number;
  readonly NetworkID?: string;
  readonly EndpointID?: string;
  readonly Gateway?: string;
  readonly IPAddress?: string;
  readonly MacAddress?: string;
  readonly IPPrefixLen?: number;
  readonly IPv6Gateway?: string;
  readonly GlobalIPv6Address?: string;
  readonly GlobalIPv6PrefixLen?: number;
  readonly DNSNames?: readonly string[] | null;
}

/** The same as the table `docker/endpoints` keeps it, keyed `container/network name`. */
export interface EndpointRecord {
  readonly container: string;
  /** Name of the container. */
  readonly name: string;
  /** Name of the network. */
  readonly network: string;
  /** Empty until the container started for the first time. */
  readonly networkId: string;
  /** Empty when the container does not run. */
  readonly endpointId: string;
  readonly ipamConfig: EndpointSettings['IPAMConfig'] & (object | null);
  readonly links: readonly string[] | null;
  readonly aliases: readonly string[] | null;
  readonly driverOpts: Readonly<Record<string, string>> | null;
  readonly gwPriority: number;
  readonly desiredMac: string;
  readonly dnsNames: readonly string[] | null;
  readonly address: string;
  readonly prefixLength: number;
  readonly gateway: string;
  readonly mac: string;
}

/** The places of containers in networks. */
export const endpointTable = 'docker/endpoints';

/** Those of the containers that run in a network. */
export function endpointsIn(store: Store, networkId: string): readonly EndpointRecord[] {
  const networkOf = (endpoint: EndpointRecord) => (endpoint.endpointId === '' ? [] : [endpoint.networkId]);
  return store.index(endpointTable, 'network', networkOf).entries(networkId) as readonly EndpointRecord[];
}

/** The endpoint that has an address in one of the networks. */
export function endpointsAt(store: Store, address: string): readonly EndpointRecord[] {
  const addressOf = (endpoint: EndpointRecord) => (endpoint.address === '' ? [] : [endpoint.address]);
  return store.index(endpointTable, 'address', addressOf).entries(address) as readonly EndpointRecord[];
}
