import type { Store } from '../../store.ts';
import { EngineError } from '../engine/engine-error.ts';
import { endpointsIn } from './endpoint-record.ts';
import { addressNumber, addressText, contains, type Subnet, subnetOf, subnetSize } from './ipv4.ts';
import type { IpamConfig, NetworkRecord } from './network-record.ts';

/** An address that a container gets. */
export interface GivenAddress {
  readonly text: string;
  readonly prefixLength: number;
  readonly gateway: string;
}

/**
 * The address of a container in a network: the one that it asks for, or the lowest that is free.
 *
 * @param wanted empty when it asks for none
 * @throws EngineError when it is taken, or when there are no more
 */
export function freeAddress(store: Store, network: NetworkRecord, wanted: string): GivenAddress {
  const ranges = network.ipam.config.filter(({ Subnet }) => !Subnet.includes(':'));
  const taken = takenIn(store, network);
  for (const config of ranges) {
    const subnet = subnetOf(config.Subnet);
    const given = (number: number): GivenAddress => ({
      text: addressText(number),
      prefixLength: subnet.bits,
      gateway: config.Gateway ?? '',
    });
    if (wanted !== '') {
      const number = addressNumber(wanted);
      if (number === undefined || !contains(subnet, number)) continue;
      if (taken.has(number)) throw new EngineError(403, 'Address already in use');
      return given(number);
    }
    const from = config.IPRange === undefined ? subnet : subnetOf(config.IPRange);
    const end = Math.min(from.base + subnetSize(from), lastOf(subnet));
    for (let number = Math.max(from.base, subnet.base + 1); number < end; number++) {
      if (!taken.has(number)) return given(number);
    }
  }
  const where = `${network.name} (${network.id})`;
  throw new EngineError(500, `no available IPv4 addresses on this network's address pools: ${where}`);
}

/** What `Status.IPAM` of a network says: how many addresses are taken, and how many can still be given. */
export function addressCounts(
  store: Store,
  network: NetworkRecord,
): Readonly<Record<string, { readonly IPsInUse: number; readonly DynamicIPsAvailable: number }>> {
  const taken = takenIn(store, network);
  const counts = network.ipam.config
    .filter(({ Subnet }) => !Subnet.includes(':'))
    .map((config) => [config.Subnet, countsOf(config, taken)] as const);
  return Object.fromEntries(counts);
}

function countsOf({ Subnet, IPRange }: IpamConfig, taken: ReadonlySet<number>) {
  const subnet = subnetOf(Subnet);
  // The first and the last address stand for the network and for everybody in it.
  const reserved = subnetSize(subnet) > 2 ? [subnet.base, subnet.base + subnetSize(subnet) - 1] : [];
  const all = new Set([...[...taken].filter((number) => contains(subnet, number)), ...reserved]);
  const range = IPRange === undefined ? subnet : subnetOf(IPRange);
  const inRange = [...all].filter((number) => contains(range, number)).length;
  return { IPsInUse: all.size, DynamicIPsAvailable: subnetSize(range) - inRange };
}

function takenIn(store: Store, network: NetworkRecord): ReadonlySet<number> {
  const texts = [
    ...network.ipam.config.flatMap(({ Gateway = '', AuxiliaryAddresses = {} }) => [
      Gateway,
      ...Object.values(AuxiliaryAddresses),
    ]),
    ...endpointsIn(store, network.id).map(({ address }) => address),
  ];
  return new Set(texts.map(addressNumber).filter((number) => number !== undefined));
}

function lastOf(subnet: Subnet): number {
  return subnet.base + subnetSize(subnet) - (subnetSize(subnet) > 2 ? 1 : 0);
}
