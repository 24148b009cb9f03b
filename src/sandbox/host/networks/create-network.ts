import { newContainerId } from '../../runtime/container-id.ts';
import type { Store } from '../../store.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineParts } from '../engine/engine-parts.ts';
import { recordEvent } from '../events.ts';
import { freeSubnet, isPoolTaken } from './address-pools.ts';
import { checkIpam } from './ipam-checks.ts';
import { addressText, subnetOf, subnetText } from './ipv4.ts';
import {
  allNetworks,
  type IpamConfig,
  isPredefined,
  type NetworkRecord,
  networkTable,
} from './network-record.ts';

/** The body of `POST /networks/create`. */
export interface NetworkRequest {
  readonly Name?: string;
  readonly Driver?: string;
  readonly Scope?: string;
  readonly EnableIPv4?: boolean;
  readonly EnableIPv6?: boolean;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly Ingress?: boolean;
  readonly ConfigOnly?: boolean;
  readonly IPAM?: {
    readonly Driver?: string;
    readonly Options?: Readonly<Record<string, string>> | null;
    readonly Config?: readonly Partial<IpamConfig>[] | null;
  } | null;
  readonly Options?: Readonly<Record<string, string>> | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/**
 * Makes a network.
 *
 * @returns its id
 * @throws EngineError in the words of daemon/network.go and libnetwork of github.com/moby/moby
 */
export function createNetwork({ store }: EngineParts, request: NetworkRequest): string {
  const { Name: name = '', IPAM: ipam, EnableIPv4: ipv4 = true, EnableIPv6: ipv6 = false } = request;
  if (isPredefined(name)) {
    throw new EngineError(403, `operation is not permitted on predefined ${name} network `);
  }
  const driver = request.Driver || 'bridge';
  if (driver === 'overlay') {
    const advice =
      'Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';
    throw new EngineError(403, `This node is not a swarm manager. ${advice}`);
  }
  const configs = (ipam?.Config ?? []).filter((config) => Object.keys(config).length > 0);
  if (!ipv4 && !ipv6) throw new EngineError(400, 'IPv4 or IPv6 must be enabled');
  checkIpam(configs);
  if (name.trim() === '') throw new EngineError(400, 'invalid name: name is empty');
  if (allNetworks(store).some((each) => each.name === name)) {
    throw new EngineError(409, `network with name ${name} already exists`);
  }
  checkKind(request, driver);
  if (!['', 'default'].includes(ipam?.Driver ?? '')) {
    throw new EngineError(404, `plugin ${JSON.stringify(ipam?.Driver)} not found`);
  }
  const ofFour = configs.filter(({ Subnet = '' }) => !Subnet.includes(':'));
  if (ofFour.length > 1) throw new EngineError(403, "bridge driver doesn't support multiple subnets");
  checkOptions(request.Options ?? {});
  const id = newContainerId(store);
  const record: NetworkRecord = {
    id,
    name,
    created: store.now,
    driver: 'bridge',
    internal: request.Internal ?? false,
    attachable: request.Attachable ?? false,
    ipv4,
    ipv6,
    ipam: {
      driver: 'default',
      options: ipam?.Options ?? null,
      config: [
        ...(ipv4 ? [withAddresses(store, ofFour[0] ?? {})] : []),
        ...(ipv6
          ? [
              ofSix(
                configs.find(({ Subnet = '' }) => Subnet.includes(':')),
                id,
              ),
            ]
          : []),
      ],
    },
    options: request.Options ?? {},
    labels: request.Labels ?? {},
  };
  store.write(networkTable, id, record);
  recordEvent(store, 'network', 'create', id, { name, type: 'bridge' });
  return id;
}

function checkKind({ Scope: scope, Ingress: ingress }: NetworkRequest, driver: string): void {
  if (driver === 'host' || driver === 'null') {
    throw new EngineError(403, `only one instance of ${JSON.stringify(driver)} network is allowed`);
  }
  if (driver === 'macvlan' || driver === 'ipvlan') {
    throw new EngineError(501, `networks of the driver ${driver} are not simulated here`);
  }
  if (driver !== 'bridge') throw new EngineError(404, `plugin ${JSON.stringify(driver)} not found`);
  if (scope === 'swarm') {
    throw new EngineError(403, 'cannot create a swarm scoped network when swarm is not active');
  }
  if (ingress) throw new EngineError(403, 'Ingress network can only be global scope network');
}

function checkOptions(options: Readonly<Record<string, string>>): void {
  const mtu = options['com.docker.network.driver.mtu'];
  if (mtu === undefined || /^[+-]?\d+$/.test(mtu)) return;
  const why = `strconv.Atoi: parsing ${JSON.stringify(mtu)}: invalid syntax`;
  throw new EngineError(400, `failed to parse com.docker.network.driver.mtu value: ${mtu} (${why})`);
}

/** The range that was asked for or the next free one, with its gateway: the lowest address that can be given. */
function withAddresses(store: Store, wanted: Partial<IpamConfig>): IpamConfig {
  const { Subnet: asked = '' } = wanted;
  const isOpen = asked === '' || asked === '0.0.0.0/0';
  const Subnet = isOpen ? freeSubnet(store) : subnetText(subnetOf(asked));
  if (!isOpen && isPoolTaken(store, subnetOf(Subnet))) {
    throw new EngineError(403, 'invalid pool request: Pool overlaps with other one on this address space');
  }
  const subnet = subnetOf(Subnet);
  const range = wanted.IPRange ? subnetOf(wanted.IPRange) : subnet;
  const first = Math.max(range.base, subnet.base + (subnet.bits > 30 ? 0 : 1));
  const auxiliary = Object.fromEntries(
    Object.entries(wanted.AuxiliaryAddresses ?? {}).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  return {
    Subnet,
    ...(wanted.IPRange ? { IPRange: wanted.IPRange } : {}),
    Gateway: wanted.Gateway || addressText(first),
    ...(Object.keys(auxiliary).length > 0 ? { AuxiliaryAddresses: auxiliary } : {}),
  };
}

/** A range of unique local addresses, where none is asked for. */
function ofSix(wanted: Partial<IpamConfig> | undefined, id: string): IpamConfig {
  const made = `fd${id.slice(0, 2)}:${id.slice(2, 6)}:${id.slice(6, 10)}::`;
  const Subnet = wanted?.Subnet || `${made}/64`;
  const Gateway = wanted?.Gateway || `${Subnet.replace(/\/\d+$/, '')}1`;
  return { Subnet, Gateway };
}
