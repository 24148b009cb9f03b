import type { Store } from '../../store.ts';
import { EngineError } from '../engine/engine-error.ts';
import { overlap, type Subnet, subnetOf, subnetText } from './ipv4.ts';
import { allNetworks } from './network-record.ts';

/** The ranges that networks get one after the other (libnetwork/ipamutils of github.com/moby/moby). */
const pools: readonly Subnet[] = [
  ...Array.from({ length: 15 }, (_, place) => subnetOf(`172.${place + 17}.0.0/16`)),
  ...Array.from({ length: 16 }, (_, place) => subnetOf(`192.168.${place * 16}.0/20`)),
];

/** Where the laptop has a way already: to the nodes, and to the network that it is in. */
const laptopRoutes: readonly Subnet[] = [subnetOf('172.30.0.0/24'), subnetOf('192.168.1.0/24')];

/** The first range that nobody has. @throws EngineError when there is none any more */
export function freeSubnet(store: Store): string {
  const free = pools.find(
    (pool) => !isPoolTaken(store, pool) && !laptopRoutes.some((route) => overlap(route, pool)),
  );
  if (!free) throw new EngineError(400, 'all predefined address pools have been fully subnetted');
  return subnetText(free);
}

/** Whether a network has an address of a range. */
export function isPoolTaken(store: Store, subnet: Subnet): boolean {
  return allNetworks(store).some(({ ipam }) =>
    ipam.config.some(({ Subnet: other }) => !other.includes(':') && overlap(subnetOf(other), subnet)),
  );
}
