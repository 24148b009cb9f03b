import { newContainerId } from '../../runtime/container-id.ts';
import type { Store } from '../../store.ts';
import { unlessThrown } from '../../thrown.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import { recordEvent } from '../events.ts';
import { publishedBy, publishPorts, unpublishPorts } from '../network/published-ports.ts';
import { freeAddress } from './addresses.ts';
import { checkEndpoint, checkTogether } from './endpoint-checks.ts';
import { type EndpointRecord, type EndpointSettings, endpointTable } from './endpoint-record.ts';
import { findNetwork, isPredefined, type NetworkRecord, networkIfThere } from './network-record.ts';
import type { NetworkedContainer } from './networked-container.ts';

/**
 * Notes that a container is to be in a network: when it is made, or connected while it does not run. The
 * network need not be there before it starts.
 *
 * @throws EngineError for settings that the network does not allow
 */
export function addEndpoint(
  { store }: EngineParts,
  container: NetworkedContainer,
  network: string,
  settings: EndpointSettings = {},
  how: 'create' | 'connect' = 'create',
): void {
  const found = networkIfThere(store, network);
  if (found && how === 'connect') checkTogether(store, container, found);
  if (found) checkEndpoint(found, settings, how);
  const name = found?.name ?? network;
  if (how === 'connect' && store.read(endpointTable, keyOf(container.id, name)) !== undefined) return;
  store.write(endpointTable, keyOf(container.id, name), {
    ...endpointOf(container, name, settings),
    dnsNames: how === 'connect' && found ? dnsNamesOf(container, found, settings.Aliases ?? []) : null,
  } satisfies EndpointRecord);
}

/**
 * Gives a container that starts an address in each of its networks, and publishes its ports.
 *
 * @throws EngineError in libnetwork's words; the caller puts `failed to set up container networking: ` before
 *   them. Nothing is kept then
 */
export function joinNetworks(parts: EngineParts, container: NetworkedContainer): void {
  const endpoints = endpointsOfContainer(parts.store, container.id);
  try {
    for (const each of endpoints) joinNetwork(parts, container, each);
  } catch (error) {
    leaveNetworks(parts, container.id);
    throw error;
  }
}

/** Takes a container that has stopped out of its networks: its addresses and ports are free again. */
export function leaveNetworks({ store }: EngineParts, container: string): void {
  unpublishPorts(store, container);
  for (const endpoint of endpointsOfContainer(store, container)) {
    if (endpoint.endpointId === '') continue;
    store.write(endpointTable, keyOf(container, endpoint.network), without(endpoint));
    tell(store, 'disconnect', container, endpoint.network);
  }
}

/** Forgets the networks of a container that is removed. */
export function removeEndpoints(parts: EngineParts, container: string): void {
  leaveNetworks(parts, container);
  for (const { network } of endpointsOfContainer(parts.store, container)) {
    parts.store.delete(endpointTable, keyOf(container, network));
  }
}

/** Connects a container that runs to one more network. @throws EngineError */
export function connectRunning(
  parts: EngineParts,
  container: NetworkedContainer,
  network: string,
  settings: EndpointSettings,
): void {
  const { store } = parts;
  if (container.networkMode.startsWith('container:')) throw shared();
  const found = findNetwork(store, network);
  checkEndpoint(found, settings, 'connect');
  checkTogether(store, container, found);
  const known = store.read(endpointTable, keyOf(container.id, found.name)) as EndpointRecord | undefined;
  if (known && known.endpointId !== '') {
    const message = `endpoint with name ${container.name} already exists in network ${found.name}`;
    throw new EngineError(403, message);
  }
  joinNetwork(parts, container, endpointOf(container, found.name, settings));
}

/** Takes a container out of a network. @throws EngineError when it is in none of this name */
export function disconnect(
  { store }: EngineParts,
  container: NetworkedContainer,
  isRunning: boolean,
  network: string,
  isForced: boolean,
): void {
  const found = isRunning && !isForced ? findNetwork(store, network) : networkIfThere(store, network);
  const name = found?.name ?? network;
  const known = store.read(endpointTable, keyOf(container.id, name)) as EndpointRecord | undefined;
  if (isRunning && found) {
    if (container.networkMode === 'host' && found.driver === 'host') {
      const message =
        'cannot disconnect container from host network - container was created in host network mode';
      throw new EngineError(400, message);
    }
    if (!known || known.endpointId === '') {
      throw new EngineError(500, `container ${container.id} is not connected to network ${name}`);
    }
    unpublishPorts(store, container.id, found.id);
    store.delete(endpointTable, keyOf(container.id, name));
    tell(store, 'disconnect', container.id, name);
    return;
  }
  if (!known) throw new EngineError(500, `container ${container.id} is not connected to the network ${name}`);
  store.delete(endpointTable, keyOf(container.id, name));
}

/** What `NetworkSettings.Networks` of a container says. */
export function endpointsOf(store: Store, container: string): Readonly<Record<string, EndpointSettings>> {
  return Object.fromEntries(
    endpointsOfContainer(store, container).map((endpoint) => [endpoint.network, settingsOf(store, endpoint)]),
  );
}

/** The networks of a container by their names in order, as they are kept. */
export function endpointsOfContainer(store: Store, container: string): readonly EndpointRecord[] {
  const containerOf = (endpoint: EndpointRecord) => [endpoint.container];
  return store.index(endpointTable, 'container', containerOf).entries(container) as readonly EndpointRecord[];
}

/** The endpoint that what is not in one of its networks leaves a container through; undefined when none leads out. */
export function gatewayEndpoint(store: Store, container: string): EndpointRecord | undefined {
  const usable = endpointsOfContainer(store, container).filter(({ endpointId, gateway, networkId }) => {
    if (endpointId === '' || gateway === '') return false;
    return networkIfThere(store, networkId)?.internal === false;
  });
  return [...usable].sort((one, other) => other.gwPriority - one.gwPriority)[0];
}

/** Changes the name that a container has in its networks. */
export function renameEndpoints({ store }: EngineParts, container: NetworkedContainer): void {
  for (const endpoint of endpointsOfContainer(store, container.id)) {
    const found = networkIfThere(store, endpoint.network);
    const dnsNames = endpoint.dnsNames && found && dnsNamesOf(container, found, endpoint.aliases ?? []);
    store.write(endpointTable, keyOf(container.id, endpoint.network), {
      ...endpoint,
      name: container.name,
      dnsNames: dnsNames ?? null,
    } satisfies EndpointRecord);
  }
}

function joinNetwork(parts: EngineParts, container: NetworkedContainer, wanted: EndpointRecord): void {
  const { store } = parts;
  const network = findNetwork(
    store,
    isPredefined(wanted.network) ? wanted.network : wanted.networkId || wanted.network,
  );
  if (wanted.network !== container.networkMode) demandNetworkOfMode(store, container);
  const hasAddress = network.driver === 'bridge' && network.ipv4;
  const address = hasAddress ? freeAddress(store, network, wanted.ipamConfig?.IPv4Address ?? '') : undefined;
  const endpoint: EndpointRecord = {
    ...wanted,
    name: container.name,
    network: network.name,
    networkId: network.id,
    endpointId: newContainerId(store),
    dnsNames: dnsNamesOf(container, network, wanted.aliases ?? []),
    address: address?.text ?? '',
    prefixLength: address?.prefixLength ?? 0,
    gateway: network.internal ? '' : (address?.gateway ?? ''),
    mac: hasAddress ? wanted.desiredMac || newMac(store) : '',
  };
  if (wanted.network !== network.name) store.delete(endpointTable, keyOf(container.id, wanted.network));
  store.write(endpointTable, keyOf(container.id, network.name), endpoint);
  const isWayOut = hasAddress && !network.internal && publishedBy(store, container.id).length === 0;
  if (isWayOut) publish(parts, container, endpoint);
  tell(store, 'connect', container.id, network.name);
}

/** Who is made in one network and connected to others needs the first one too (normalizeNetMode). @throws EngineError */
function demandNetworkOfMode(store: Store, { networkMode }: NetworkedContainer): void {
  const find = () => findNetwork(store, networkMode);
  unlessThrown(EngineError, find, ({ status, message }) => {
    throw new EngineError(
      status,
      `could not find a network matching network mode ${networkMode}: ${message}`,
    );
  });
}

function publish(parts: EngineParts, container: NetworkedContainer, endpoint: EndpointRecord): void {
  const program = () => publishPorts(parts, container.id, endpoint.networkId, container.ports);
  unlessThrown(EngineError, program, ({ status, message }) => {
    parts.store.write(endpointTable, keyOf(container.id, endpoint.network), without(endpoint));
    const where = `${container.name} (${endpoint.endpointId})`;
    const what = `driver failed programming external connectivity on endpoint ${where}`;
    throw new EngineError(status, `${what}: ${message}`);
  });
}

function endpointOf(
  container: NetworkedContainer,
  network: string,
  settings: EndpointSettings,
): EndpointRecord {
  return {
    container: container.id,
    name: container.name,
    network,
    networkId: '',
    endpointId: '',
    ipamConfig: settings.IPAMConfig ?? null,
    links: settings.Links ?? null,
    aliases: settings.Aliases ?? null,
    driverOpts: settings.DriverOpts ?? null,
    gwPriority: settings.GwPriority ?? 0,
    desiredMac: settings.MacAddress ?? '',
    dnsNames: null,
    address: '',
    prefixLength: 0,
    gateway: '',
    mac: '',
  };
}

function settingsOf(store: Store, endpoint: EndpointRecord): EndpointSettings {
  const isLive = endpoint.endpointId !== '';
  return {
    IPAMConfig: endpoint.ipamConfig,
    Links: endpoint.links,
    Aliases: endpoint.aliases,
    DriverOpts: endpoint.driverOpts,
    GwPriority: endpoint.gwPriority,
    NetworkID: isLive ? (networkIfThere(store, endpoint.networkId)?.id ?? '') : endpoint.networkId,
    EndpointID: endpoint.endpointId,
    Gateway: endpoint.gateway,
    IPAddress: endpoint.address,
    MacAddress: endpoint.mac,
    IPPrefixLen: endpoint.prefixLength,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    DNSNames: endpoint.dnsNames,
  };
}

/** The name first, then aliases, the short id and the host name; none where names are not resolved. */
function dnsNamesOf(
  { id, name, hostname }: NetworkedContainer,
  network: NetworkRecord,
  aliases: readonly string[],
): readonly string[] | null {
  if (isPredefined(network.name)) return null;
  return [...new Set([name, ...aliases, id.slice(0, 12), hostname])].filter(Boolean);
}

function without(endpoint: EndpointRecord): EndpointRecord {
  return { ...endpoint, endpointId: '', address: '', prefixLength: 0, gateway: '', mac: '' };
}

/** A locally administered address that is nobody else's. */
function newMac(store: Store): string {
  const first = (store.random(64) << 2) | 2;
  const bytes = [first, ...Array.from({ length: 5 }, () => store.random(256))];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

function tell(store: Store, action: 'connect' | 'disconnect', container: string, network: string): void {
  const found = networkIfThere(store, network);
  if (!found) return;
  recordEvent(store, 'network', action, found.id, { container, name: found.name, type: found.driver });
}

function shared(): EngineError {
  const what = 'container sharing network namespace with another container or host';
  return new EngineError(400, `${what} cannot be connected to any other network`);
}

function keyOf(container: string, network: string): string {
  return `${container}/${network}`;
}
