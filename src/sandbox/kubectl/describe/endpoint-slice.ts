import type { Endpoint, EndpointSlice, Endpoints } from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { type About, describeEvents } from './about.ts';
import { Description } from './description.ts';

/** Describes an EndpointSlice. */
export function* describeEndpointSlice(slice: EndpointSlice, about: About): Steps<string> {
  const { metadata, addressType, ports, endpoints } = slice;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.field('AddressType', addressType);
  if (!ports?.length) description.row(0, 'Ports: <unset>');
  else description.title('Ports').head(1, 'Name', 'Port', 'Protocol');
  for (const { name, port, protocol } of ports ?? []) {
    description.row(1, name || '<unset>', port ?? '<unset>', protocol);
  }
  if (!endpoints?.length) description.row(0, 'Endpoints: <none>');
  else description.title('Endpoints');
  for (const endpoint of endpoints ?? []) describeEndpoint(description, endpoint);
  yield* describeEvents(description, slice, about);
  return description.toString();
}

function describeEndpoint(
  description: Description,
  { addresses, conditions, hostname, targetRef, nodeName, zone }: Endpoint,
): void {
  description.field('- Addresses', addresses.join(', ') || '<none>', 1);
  description.title('Conditions', 2).field('Ready', conditions?.ready ?? '<unset>', 3);
  description.field('Hostname', hostname ?? '<unset>', 2);
  if (targetRef) description.field('TargetRef', `${targetRef.kind ?? ''}/${targetRef.name ?? ''}`, 2);
  description.field('NodeName', nodeName ?? '<unset>', 2).field('Zone', zone ?? '<unset>', 2);
}

/** Describes the Endpoints of a Service. */
export function* describeEndpoints(endpoints: Endpoints, about: About): Steps<string> {
  const { metadata, subsets = [] } = endpoints;
  const description = new Description();
  description.field('Name', metadata.name).field('Namespace', metadata.namespace);
  description.labels('Labels', metadata.labels).annotations('Annotations', metadata.annotations);
  description.title('Subsets');
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of subsets) {
    description.field('Addresses', addresses.map(({ ip }) => ip).join(',') || '<none>', 1);
    description.field('NotReadyAddresses', notReadyAddresses.map(({ ip }) => ip).join(',') || '<none>', 1);
    if (ports.length > 0) description.title('Ports', 1).head(2, 'Name', 'Port', 'Protocol');
    for (const { name, port, protocol } of ports) description.row(2, name || '<unset>', port, protocol);
    description.write('\n');
  }
  yield* describeEvents(description, endpoints, about);
  return description.toString();
}

/** So many addresses are shown. */
const most = 3;

/** The ready addresses behind a port of a Service: `10.244.1.5:80,10.244.2.7:80 + 2 more...`. */
export function endpointsText(slices: readonly EndpointSlice[], port: string): string {
  if (slices.length === 0) return '<none>';
  const ready = slices.flatMap(({ ports = [], endpoints = [] }) => {
    const addresses = (endpoints ?? [])
      .filter(({ conditions }) => conditions?.ready ?? true)
      .map(({ addresses: [first = ''] }) => first);
    // A headless Service may have no ports.
    if (!ports?.length) return addresses;
    return ports
      .filter(({ name = '' }) => name === port)
      .flatMap(({ port: number = 0 }) => addresses.map((address) => joined(address, number)));
  });
  const shown = ready.slice(0, most).join(',');
  return ready.length > most ? `${shown} + ${ready.length - most} more...` : shown;
}

function joined(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
