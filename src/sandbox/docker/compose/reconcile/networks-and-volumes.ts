import type { NetworkConfig } from '../../../../docker/compose/project-shape.ts';
import type { Steps } from '../../../effects.ts';
import { addressFault, prefixFault } from '../../../go/go-netip.ts';
import { throwUnless } from '../../../thrown.ts';
import { ask } from '../../engine-client.ts';
import { CommandFailure, DaemonFailure } from '../../failures.ts';
import type { Compose } from '../compose.ts';
import { labels } from '../containers.ts';
import { withoutEmpty } from '../create/resources.ts';
import { networkHash, volumeHash } from '../model/hash.ts';
import type { Project } from '../project/project.ts';
import { inspected, type Observed } from './observed.ts';
import type { Operation } from './plan.ts';

/** Makes a network of the project (createNetwork of pkg/compose/create.go). @throws CommandFailure */
export function* createNetwork(
  { progress }: Compose,
  project: Project,
  { key, network }: Operation & { readonly kind: 'create-network' },
): Steps<void> {
  const id = `Network ${network.name}`;
  const { ipam } = network;
  const pools = (ipam?.config ?? []).map((pool) => {
    demandAddresses(pool);
    return withoutEmpty({
      Subnet: pool.subnet,
      IPRange: pool.ip_range,
      Gateway: pool.gateway,
      AuxiliaryAddresses: pool.aux_addresses,
    });
  });
  const body = {
    Name: network.name,
    Driver: network.driver ?? '',
    Internal: network.internal ?? false,
    Attachable: network.attachable ?? false,
    Options: network.driver_opts ?? null,
    ...(network.enable_ipv4 === undefined ? {} : { EnableIPv4: network.enable_ipv4 }),
    ...(network.enable_ipv6 === undefined ? {} : { EnableIPv6: network.enable_ipv6 }),
    ...(ipam && (ipam.driver || pools.length > 0 || ipam.options)
      ? { IPAM: { Driver: ipam.driver ?? '', Config: pools, Options: ipam.options ?? null } }
      : {}),
    Labels: {
      ...network.labels,
      [labels.network]: key,
      [labels.project]: project.name,
      [labels.version]: '5.5.1',
      [labels.configHash]: networkHash(network),
    },
  };
  yield* progress.working(id, 'Creating');
  try {
    yield* ask('POST', '/networks/create', { body });
  } catch (error) {
    throwUnless(error, DaemonFailure);
    if (error.status !== 409) {
      yield* progress.error(id, 'Error', error.message);
      throw new CommandFailure(`failed to create network ${network.name}: ${error.message}`);
    }
  }
  yield* progress.done(id, 'Created');
}

type Pool = NonNullable<NonNullable<NetworkConfig['ipam']>['config']>[number];

/** @throws CommandFailure for what is no address (parseIPAMPool) */
function demandAddresses({ subnet, ip_range, gateway, aux_addresses = {} }: Pool): void {
  const refuse = (what: string, fault: string | undefined): void => {
    if (fault !== undefined) throw new CommandFailure(`invalid ${what}: ${fault}`);
  };
  if (subnet) refuse('subnet', prefixFault(subnet));
  if (ip_range) refuse('ip-range', prefixFault(ip_range));
  if (gateway) refuse('gateway address', addressFault(gateway));
  for (const address of Object.values(aux_addresses)) refuse('auxiliary address', addressFault(address));
}

/** Makes a volume of the project (createVolume of pkg/compose/create.go). @throws CommandFailure */
export function* createVolume(
  { progress }: Compose,
  project: Project,
  { key, volume }: Operation & { readonly kind: 'create-volume' },
): Steps<void> {
  const id = `Volume ${volume.name}`;
  yield* progress.working(id, 'Creating');
  const body = {
    Name: volume.name,
    Driver: volume.driver ?? '',
    DriverOpts: volume.driver_opts ?? null,
    Labels: {
      ...volume.labels,
      [labels.volume]: key,
      [labels.project]: project.name,
      [labels.version]: '5.5.1',
      [labels.configHash]: volumeHash(volume),
    },
  };
  try {
    yield* ask('POST', '/volumes/create', { body });
  } catch (error) {
    throwUnless(error, DaemonFailure);
    yield* progress.error(id, 'Error', error.message);
    throw error;
  }
  yield* progress.done(id, 'Created');
}

/**
 * Finds the networks and volumes that are said to be there already.
 *
 * @throws CommandFailure where one is not
 */
export function* findExternal(project: Project, observed: Observed): Steps<void> {
  for (const [key, { name, external }] of project.networks) {
    if (!external) continue;
    observed.networks.set(key, { id: yield* externalNetwork(name), name, hash: '', project: '' });
  }
  for (const [key, { name, external }] of project.volumes) {
    if (!external) continue;
    if (!(yield* inspected(`/volumes/${encodeURIComponent(name)}`)))
      throw new CommandFailure(`external volume "${name}" not found`);
    observed.volumes.set(key, { id: name, name, hash: '', project: '' });
  }
}

function* externalNetwork(name: string): Steps<string> {
  const found = yield* inspected<{ readonly Id: string; readonly Name: string }>(
    `/networks/${encodeURIComponent(name)}`,
  );
  // The beginning of an id is none.
  if (found && [found.Name, found.Id].includes(name)) return found.Id;
  throw new CommandFailure(`network ${name} declared as external, but could not be found`);
}
