import { addressFault } from '../../go/go-netip.ts';
import type { Store } from '../../store.ts';
import { EngineError } from '../engine/engine-error.ts';
import { type EndpointRecord, type EndpointSettings, endpointTable } from './endpoint-record.ts';
import { addressNumber, contains, subnetOf } from './ipv4.ts';
import { isPredefined, type NetworkRecord, networkIfThere } from './network-record.ts';
import type { NetworkedContainer } from './networked-container.ts';

/**
 * Whether a container may have its place in a network as it asks for it.
 *
 * @throws EngineError in the words of daemon/container_operations.go
 */
export function checkEndpoint(
  network: NetworkRecord,
  { IPAMConfig, Aliases }: EndpointSettings,
  how: 'create' | 'connect',
): void {
  const problems: string[] = [];
  const address = IPAMConfig?.IPv4Address ?? '';
  if (isPredefined(network.name)) {
    if (address !== '') problems.push('user-specified IP address is supported on user-defined networks only');
    if ((Aliases ?? []).length > 0)
      problems.push('network-scoped aliases are only supported for user-defined networks');
  }
  const fault = address === '' ? undefined : addressFault(address);
  if (fault !== undefined) throw new EngineError(400, `invalid JSON: ${fault}`);
  const number = addressNumber(address);
  const isInside =
    number !== undefined &&
    network.ipam.config.some(({ Subnet }) => !Subnet.includes(':') && contains(subnetOf(Subnet), number));
  if (address !== '' && !isInside) problems.push(`no configured subnet contains IP address ${address}`);
  if (problems.length === 0) return;
  const prefix = how === 'create' ? `invalid config for network ${network.name}: ` : '';
  const list = problems.length === 1 ? problems[0] : problems.map((each) => `* ${each}`).join('\n');
  throw new EngineError(400, `${prefix}invalid endpoint settings:\n${list}`);
}

/**
 * Whether a container may be in a network beside those that it is in.
 *
 * @throws EngineError
 */
export function checkTogether(
  store: Store,
  { id, networkMode }: Pick<NetworkedContainer, 'id' | 'networkMode'>,
  network: NetworkRecord,
): void {
  if (networkMode !== 'host' && network.driver === 'host') {
    const what = 'cannot connect container to host network';
    throw new EngineError(400, `${what} - container must be created in host network mode`);
  }
  const containerOf = (endpoint: EndpointRecord) => [endpoint.container];
  const own = store.index(endpointTable, 'container', containerOf).entries(id) as readonly EndpointRecord[];
  for (const endpoint of own) {
    const other = networkIfThere(store, endpoint.network);
    if (!other || other.id === network.id) continue;
    if (other.driver === 'host' || network.driver === 'host') {
      const what = 'container sharing network namespace with another container or host';
      throw new EngineError(400, `${what} cannot be connected to any other network`);
    }
    if (other.driver === 'null' || network.driver === 'null') {
      const what = 'container cannot be connected to multiple networks';
      throw new EngineError(400, `${what} with one of the networks in private (none) mode`);
    }
  }
}
