import { canonicalAddress, parseAddress, parseHardwareAddress } from './addresses.ts';
import type { Endpoint } from './container-body.ts';
import type { GivenFlags } from './given-flags.ts';
import { isUserDefined, type NetworkAttachment, parseNetwork } from './networks.ts';

const byDefault = 'default';

/**
 * How the container is attached to its networks (parseNetworkOpts of cli/command/container/opts.go in
 * docker/cli). `--network-alias`, `--link`, `--ip` and their like speak of the first network.
 */
export function endpoints(given: GivenFlags): Readonly<Record<string, Endpoint>> {
  const networks = given.values('--network', parseNetwork);
  const all = networks.length > 0 ? networks : [parseNetwork(byDefault)];
  const attached = new Map<string, Endpoint>();
  for (const [place, network] of all.entries()) {
    const whole = place === 0 ? withFlags(network, given) : network;
    const endpoint = endpointOf(whole, given);
    if (attached.has(network.name)) {
      given.refuse('--network', `network "${network.name}" is specified multiple times`, 'Name it once.');
    }
    // One network without options of its own is said by NetworkMode alone.
    if (networks.length === 1 && isPlain(endpoint)) continue;
    attached.set(network.name, endpoint);
  }
  const kinds = new Set(networks.map(({ name }) => isUserDefined(name)));
  if (kinds.size > 1) {
    given.refuse(
      '--network',
      'conflicting options: cannot attach both user-defined and non-user-defined network-modes',
      'Name networks that you made, or one of bridge, host and none.',
    );
  }
  return Object.fromEntries(attached);
}

function optionalAddress(text: string): string {
  return text === '' ? '' : parseAddress(text);
}

function optionalCanonical(text: string): string {
  return canonicalAddress(text.trim()) ?? optionalAddress(text);
}

interface Attachment extends NetworkAttachment {
  readonly links: readonly string[];
}

function withFlags(network: NetworkAttachment, given: GivenFlags): Attachment {
  const aliases = given.texts('--network-alias');
  const ipv4 = given.value('--ip', optionalAddress, '');
  const ipv6 = given.value('--ip6', optionalCanonical, '');
  const mac = given.text('--mac-address');
  const local = given.texts('--link-local-ip').flatMap((text) => canonicalAddress(text) ?? []);
  const conflicts: [boolean, string, string][] = [
    [network.aliases.length > 0 && aliases.length > 0, '--network-alias', 'per-network alias'],
    [network.ipv4 !== '' && ipv4 !== '', '--ip', 'per-network IPv4 address'],
    [network.ipv6 !== '' && ipv6 !== '', '--ip6', 'per-network IPv6 address'],
    [network.macAddress !== '' && mac !== '', '--mac-address', 'per-network MAC address'],
    [
      network.linkLocalAddresses.length > 0 && given.has('--link-local-ip'),
      '--link-local-ip',
      'per-network link-local IP addresses',
    ],
  ];
  for (const [isConflict, flag, other] of conflicts) {
    if (!isConflict) continue;
    given.refuse(flag, `conflicting options: cannot specify both ${flag} and ${other}`, 'Say it once.');
  }
  return {
    ...network,
    aliases: aliases.length > 0 ? aliases : network.aliases,
    links: isUserDefined(network.name) ? given.texts('--link') : [],
    ipv4: ipv4 === '' ? network.ipv4 : ipv4,
    ipv6: ipv6 === '' ? network.ipv6 : ipv6,
    macAddress: mac === '' ? network.macAddress : mac,
    linkLocalAddresses: local.length > 0 ? local : network.linkLocalAddresses,
  };
}

function endpointOf(network: NetworkAttachment | Attachment, given: GivenFlags): Endpoint {
  if (network.name.trim() === '') given.refuse('--network', 'no name set for network', 'Name a network.');
  if (!isUserDefined(network.name) && network.aliases.length > 0) {
    given.refuse(
      given.has('--network-alias') ? '--network-alias' : '--network',
      'network-scoped aliases are only supported for user-defined networks',
      "Make a network with 'docker network create', and name it with --network.",
    );
  }
  const addresses = {
    ...(network.ipv4 !== '' && { IPv4Address: network.ipv4 }),
    ...(network.ipv6 !== '' && { IPv6Address: network.ipv6 }),
    ...(network.linkLocalAddresses.length > 0 && { LinkLocalIPs: network.linkLocalAddresses }),
  };
  return {
    ...(Object.keys(addresses).length > 0 && { IPAMConfig: addresses }),
    Links: 'links' in network ? network.links : [],
    Aliases: network.aliases,
    MacAddress: network.macAddress === '' ? '' : parseHardwareAddress(network.macAddress),
    DriverOpts: network.driverOptions,
    GwPriority: network.gatewayPriority,
  };
}

function isPlain(endpoint: Endpoint): boolean {
  return (
    endpoint.IPAMConfig === undefined &&
    endpoint.MacAddress === '' &&
    endpoint.GwPriority === 0 &&
    [endpoint.Links, endpoint.Aliases, Object.keys(endpoint.DriverOpts)].every(({ length }) => length === 0)
  );
}
