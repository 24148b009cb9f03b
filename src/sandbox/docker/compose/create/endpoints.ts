import type { ServiceNetworkConfig } from '../../../../docker/compose/service-shape.ts';
import { addressFault } from '../../../go/go-netip.ts';
import { byText } from '../../../go/go-order.ts';
import { CommandFailure } from '../../failures.ts';
import { containerName } from '../names.ts';
import type { Project, Service } from '../project/project.ts';
import { withoutEmpty } from './resources.ts';

/** How a container is joined to networks. */
export interface ContainerNetworks {
  readonly mode: string;
  /** By the names of the networks; undefined where it has none of its own. */
  readonly endpoints: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The networks of a container, the one with the highest priority first (defaultNetworkSettings of
 * pkg/compose/create.go).
 *
 * @param withAliases whether it answers to the name of its service
 */
export function networksOf(
  project: Project,
  service: Service,
  number: number,
  links: readonly string[],
  withAliases: boolean,
): ContainerNetworks {
  if (service.network_mode) return { mode: service.network_mode, endpoints: undefined };
  if (project.networks.size === 0) return { mode: 'none', endpoints: undefined };
  const keys = networksByPriority(service);
  const endpoints = keys.map((key, place): [string, unknown] => [
    project.networks.get(key)?.name ?? key,
    endpoint(project, service, number, key, links, withAliases, place === 0),
  ]);
  return { mode: endpoints[0]?.[0] ?? 'none', endpoints: Object.fromEntries(endpoints) };
}

/** The networks of a service, the one with the highest priority first, then by name. */
function networksByPriority({ networks = {} }: Service): readonly string[] {
  const priority = (key: string) => networks[key]?.priority ?? 0;
  return Object.keys(networks).sort((one, other) => priority(other) - priority(one) || byText(one, other));
}

function endpoint(
  project: Project,
  service: Service,
  number: number,
  key: string,
  links: readonly string[],
  withAliases: boolean,
  isFirst: boolean,
): unknown {
  const given = service.networks?.[key];
  const config: ServiceNetworkConfig = given ?? {};
  const { ipv4_address, ipv6_address, link_local_ips } = config;
  for (const [version, address] of [
    ['IPv4', ipv4_address],
    ['IPv6', ipv6_address],
  ] as const) {
    const fault = address ? addressFault(address) : undefined;
    if (fault !== undefined) throw new CommandFailure(`invalid ${version} address: ${fault}`);
  }
  const aliases = [containerName(project.name, service, number)];
  if (withAliases) aliases.push(service.name, ...(config.aliases ?? []));
  const addresses = withoutEmpty({
    IPv4Address: ipv4_address,
    IPv6Address: ipv6_address,
    LinkLocalIPs: link_local_ips,
  });
  const ifname = config.interface_name && { 'com.docker.network.endpoint.ifname': config.interface_name };
  return {
    Aliases: aliases,
    ...(given && { IPAMConfig: addresses }),
    ...withoutEmpty({
      Links: links,
      MacAddress: config.mac_address || (isFirst ? service.mac_address : undefined),
      DriverOpts: { ...config.driver_opts, ...(ifname || {}) },
      GwPriority: config.gw_priority,
    }),
  };
}
