import { sha256 } from '../../images/sha256.ts';
import type { Store } from '../../store.ts';
import { unlessThrown } from '../../thrown.ts';
import { EngineError } from '../engine/engine-error.ts';
import { bootedAt } from '../system/laptop-facts.ts';

/** A range of a network, as `docker network create` was told it or as it was chosen. */
export interface IpamConfig {
  readonly Subnet: string;
  readonly IPRange?: string;
  readonly Gateway?: string;
  readonly AuxiliaryAddresses?: Readonly<Record<string, string>>;
}

/** What the table `docker/networks` keeps of a network, by its id. */
export interface NetworkRecord {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly driver: 'bridge' | 'host' | 'null';
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly ipam: {
    readonly driver: string;
    readonly options: Readonly<Record<string, string>> | null;
    /** IPv4 first; none where the driver has no addresses. */
    readonly config: readonly IpamConfig[];
  };
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** The networks that were made; those that every engine has are not in it. */
export const networkTable = 'docker/networks';

/** Networks that every engine has, and nobody can make or remove. */
const predefinedNames: readonly string[] = ['bridge', 'host', 'none'];

/** Whether the engine itself has a network of this name. */
export function isPredefined(name: string): boolean {
  return predefinedNames.includes(name) || name === 'default';
}

/** The networks of an engine, those that it always has first. */
export function allNetworks(store: Store): readonly NetworkRecord[] {
  const made = Object.values(store.table(networkTable)) as NetworkRecord[];
  return [...predefined(store), ...made.sort((one, other) => one.created - other.created)];
}

/**
 * The network with an id, a name or the beginning of an id, in this order.
 *
 * @throws EngineError when there is none, or more than one
 */
export function findNetwork(store: Store, term: string): NetworkRecord {
  const all = allNetworks(store);
  const exact = all.find(({ id }) => id === term) ?? all.find(({ name }) => name === term);
  if (exact) return exact;
  const begun = term === '' ? [] : all.filter(({ id }) => id.startsWith(term));
  const [first] = begun;
  if (begun.length > 1) {
    const why = `${begun.length} matches found based on ID prefix`;
    throw new EngineError(400, `network ${term} is ambiguous (${why})`);
  }
  if (!first) throw new EngineError(404, `network ${term} not found`);
  return first;
}

/** The network that a name or the beginning of an id stands for; undefined when there is none, or more than one. */
export function networkIfThere(store: Store, term: string): NetworkRecord | undefined {
  const find = () => findNetwork(store, term);
  return unlessThrown(EngineError, find, () => undefined);
}

const bridgeOptions = {
  'com.docker.network.bridge.default_bridge': 'true',
  'com.docker.network.bridge.enable_icc': 'true',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
  'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
  'com.docker.network.bridge.name': 'docker0',
  'com.docker.network.driver.mtu': '1500',
} as const;

/** The same in every world. */
const ids = {
  bridge: sha256('docker network bridge'),
  host: sha256('docker network host'),
  none: sha256('docker network none'),
} as const;

function predefined(store: Store): readonly NetworkRecord[] {
  const created = bootedAt(store);
  const shared = {
    created,
    internal: false,
    attachable: false,
    ipv4: true,
    ipv6: false,
    labels: {},
  } as const;
  const without = { driver: 'default', options: null, config: [] };
  return [
    {
      ...shared,
      id: ids.bridge,
      name: 'bridge',
      driver: 'bridge',
      ipam: { ...without, config: [{ Subnet: '172.17.0.0/16', Gateway: '172.17.0.1' }] },
      options: bridgeOptions,
    },
    {
      ...shared,
      id: ids.host,
      name: 'host',
      driver: 'host',
      ipam: without,
      options: {},
    },
    {
      ...shared,
      id: ids.none,
      name: 'none',
      driver: 'null',
      ipam: without,
      options: {},
    },
  ];
}
