import { laptopAddress, laptopNetwork } from '../../cluster/network/cluster-network.ts';
import type { Store } from '../../store.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import { allNetworks } from '../networks/network-record.ts';

/** A place on the laptop where a port of a container is to be published, as the API writes it. */
export interface PortBinding {
  readonly HostIp: string;
  /** A number, a range such as `8000-8010`, or empty for one that is chosen. */
  readonly HostPort: string;
}

/** By port of the container, such as `80/tcp`; null for one that is only exposed. */
export type PortMap = Readonly<Record<string, readonly PortBinding[] | null>>;

/** What the table `docker/ports` keeps of a published port. */
export interface PublishedPort {
  readonly container: string;
  /** Such as `80/tcp`. */
  readonly port: string;
  readonly hostIp: string;
  readonly hostPort: number;
  readonly protocol: string;
  /** The network that it was published through. */
  readonly network: string;
}

/** What a container asks to be published. */
export interface WantedPorts {
  readonly bindings: PortMap;
  /** Such as `80/tcp`: what the image and `--expose` say. */
  readonly exposed: readonly string[];
  readonly publishAll: boolean;
}

/** Keyed `address port/protocol`. */
const portTable = 'docker/ports';
/** The port that was chosen last of a range, keyed `first-last`: the next one is looked for after it. */
const lastPortTable = 'docker/last-ports';

/** From these the engine chooses, as Linux does (/proc/sys/net/ipv4/ip_local_port_range). */
const firstEphemeral = 32_768;
const lastEphemeral = 60_999;

/**
 * Publishes the ports of a container that starts.
 *
 * @param network the id of the network that they are published through
 * @throws EngineError in libnetwork's words when a port is taken; nothing is published then
 */
export function publishPorts(
  { store, runtime }: EngineParts,
  container: string,
  network: string,
  { bindings, exposed, publishAll }: WantedPorts,
): void {
  const isTaken = (port: number) => runtime.listens(laptopNetwork, port, true);
  const made: string[] = [];
  try {
    for (const [port, places] of wantedPorts(bindings, exposed, publishAll)) {
      const [, protocol = 'tcp'] = port.split('/');
      for (const { HostIp, HostPort } of places) {
        const addresses = HostIp === '' ? ['0.0.0.0', '::'] : [HostIp];
        const hostPort = choosePort(store, addresses, HostPort, protocol, isTaken);
        for (const hostIp of addresses) {
          const entry: PublishedPort = { container, port, hostIp, hostPort, protocol, network };
          const key = keyOfPlace(hostIp, hostPort, protocol);
          store.write(portTable, key, entry);
          made.push(key);
        }
      }
    }
  } catch (error) {
    for (const key of made) store.delete(portTable, key);
    throw error;
  }
}

/** Gives the ports of a container back: all of them, or those of a network. */
export function unpublishPorts(store: Store, container: string, network?: string): void {
  for (const entry of publishedBy(store, container)) {
    if (network !== undefined && entry.network !== network) continue;
    store.delete(portTable, keyOfPlace(entry.hostIp, entry.hostPort, entry.protocol));
  }
}

/** The ports that a container has published, as they were asked for. */
export function publishedBy(store: Store, container: string): readonly PublishedPort[] {
  const containerOf = (entry: PublishedPort) => [entry.container];
  return store.index(portTable, 'container', containerOf).entries(container) as readonly PublishedPort[];
}

/** What `NetworkSettings.Ports` of a running container says: published ports, and exposed ones as null. */
export function portMapOf(store: Store, container: string, exposed: readonly string[]): PortMap {
  const found: Record<string, PortBinding[] | null> = {};
  for (const port of exposed) found[port] = null;
  const entries = [...publishedBy(store, container)].sort(
    (one, other) => one.hostPort - other.hostPort || (one.hostIp < other.hostIp ? -1 : 1),
  );
  for (const { port, hostIp, hostPort } of entries) {
    found[port] = [...(found[port] ?? []), { HostIp: hostIp, HostPort: String(hostPort) }];
  }
  return Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The container's port that an address and a port of the laptop lead to. */
export function publishedAt(
  store: Store,
  address: string,
  port: number,
  protocol: string,
): PublishedPort | undefined {
  const everywhere = address.includes(':') ? '::' : '0.0.0.0';
  return [address, everywhere]
    .map((each) => store.read(portTable, keyOfPlace(each, port, protocol)) as PublishedPort | undefined)
    .find((entry) => entry !== undefined);
}

/** Whether the laptop has an address, besides that of its loopback interface. */
export function isLaptopAddress(store: Store, address: string): boolean {
  const isBridge = allNetworks(store).some(
    ({ driver, ipam }) => driver === 'bridge' && ipam.config.some(({ Gateway }) => Gateway === address),
  );
  return address === laptopAddress || address.startsWith('127.') || address === '::1' || isBridge;
}

/** Ports with a number first, so that none of those that are chosen takes it. */
function wantedPorts(
  bindings: PortMap,
  exposed: readonly string[],
  publishAll: boolean,
): readonly (readonly [port: string, places: readonly PortBinding[]])[] {
  const wanted = new Map<string, readonly PortBinding[]>();
  for (const [port, places] of Object.entries(bindings)) wanted.set(port, places ?? []);
  for (const port of publishAll ? exposed : []) {
    if ((wanted.get(port) ?? []).length === 0) wanted.set(port, [{ HostIp: '', HostPort: '' }]);
  }
  const places = [...wanted].flatMap(([port, all]) => all.map((place) => [port, [place]] as const));
  const rank = (place: PortBinding | undefined) => (place?.HostPort ? 0 : 1);
  return places.sort(
    ([onePort, [one]], [otherPort, [other]]) =>
      rank(one) - rank(other) || Number.parseInt(onePort, 10) - Number.parseInt(otherPort, 10),
  );
}

function choosePort(
  store: Store,
  addresses: readonly string[],
  wanted: string,
  protocol: string,
  isTaken: (port: number) => boolean,
): number {
  const [first = firstEphemeral, last = wanted === '' ? lastEphemeral : first] =
    wanted === '' ? [] : wanted.split('-').map(Number);
  const [address = '0.0.0.0'] = addresses;
  const isAllocated = (port: number) => addresses.some((each) => isPublished(store, each, port, protocol));
  if (!addresses.every((each) => each === '0.0.0.0' || each === '::' || isLaptopAddress(store, each))) {
    throw cannotBind(address, first, protocol, 'cannot assign requested address');
  }
  if (first === last) {
    if (isAllocated(first)) throw allocated(address, first);
    if (isTaken(first)) throw cannotBind(address, first, protocol, 'address already in use');
    return first;
  }
  const range = `${first}-${last}`;
  const before = (store.read(lastPortTable, range) as number | undefined) ?? last;
  for (let step = 1; step <= last - first + 1; step++) {
    const port = first + ((before - first + step) % (last - first + 1));
    if (isAllocated(port) || isTaken(port)) continue;
    store.write(lastPortTable, range, port);
    return port;
  }
  throw new EngineError(500, 'all ports are allocated');
}

/** A place is taken by who has it, by who has the port everywhere, and everywhere is taken by any place. */
function isPublished(store: Store, address: string, port: number, protocol: string): boolean {
  const everywhere = address.includes(':') ? '::' : '0.0.0.0';
  const placeOf = (entry: PublishedPort) => [`${entry.hostPort}/${entry.protocol}`];
  const entries = store.index(portTable, 'place', placeOf).entries(`${port}/${protocol}`);
  return (entries as readonly PublishedPort[]).some(
    ({ hostIp }) =>
      hostIp === address ||
      hostIp === everywhere ||
      (address === everywhere && hostIp.includes(':') === address.includes(':')),
  );
}

function keyOfPlace(address: string, port: number, protocol: string): string {
  return `${address} ${port}/${protocol}`;
}

function allocated(address: string, port: number): EngineError {
  return new EngineError(500, `Bind for ${hostText(address)}:${port} failed: port is already allocated`);
}

function cannotBind(address: string, port: number, protocol: string, why: string): EngineError {
  return new EngineError(500, `failed to bind host port ${hostText(address)}:${port}/${protocol}: ${why}`);
}

function hostText(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
