import type { Store } from '../../store.ts';
import { addressCounts } from './addresses.ts';
import { endpointsIn } from './endpoint-record.ts';
import type { NetworkRecord } from './network-record.ts';

/** A network as the list of them shows it. */
export function networkSummary(network: NetworkRecord): Readonly<Record<string, unknown>> {
  const { ipam } = network;
  return {
    Name: network.name,
    Id: network.id,
    Created: new Date(network.created).toISOString().replace(/\.?0*Z$/, 'Z'),
    Scope: 'local',
    Driver: network.driver,
    EnableIPv4: network.ipv4,
    EnableIPv6: network.ipv6,
    IPAM: {
      Driver: ipam.driver,
      Options: ipam.options,
      Config: network.driver === 'bridge' ? ipam.config : null,
    },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Options: network.options,
    Labels: network.labels,
  };
}

/** A network as `docker network inspect` shows it, with the containers that run in it. */
export function networkDetails(store: Store, network: NetworkRecord): Readonly<Record<string, unknown>> {
  const containers = endpointsIn(store, network.id).map((endpoint) => [
    endpoint.container,
    {
      Name: endpoint.name,
      EndpointID: endpoint.endpointId,
      MacAddress: endpoint.mac,
      IPv4Address: endpoint.address === '' ? '' : `${endpoint.address}/${endpoint.prefixLength}`,
      IPv6Address: '',
    },
  ]);
  return {
    ...networkSummary(network),
    Containers: Object.fromEntries(containers),
    Status: { IPAM: network.driver === 'bridge' ? { Subnets: addressCounts(store, network) } : {} },
  };
}
