import { normalizeAddress, normalizeNetwork } from '../../../docker/addresses.ts';
import type { GivenFlags } from '../../../docker/given-flags.ts';
import { cut, parseFields } from '../../../docker/go-values.ts';
import { parseLabel } from '../../../docker/pairs.ts';
import { print, type Steps } from '../../effects.ts';

import type { DockerContext } from '../context.ts';
import { ask } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { inNetwork } from './ip-networks.ts';

/** Addresses of a network, as the API takes them. */
interface IpamConfig {
  readonly Subnet: string;
  IPRange?: string;
  Gateway?: string;
  readonly AuxiliaryAddresses: Record<string, string>;
}

/** `docker network create` (cli/command/network/create.go of docker/cli). */
export function* runCreate({ flags, args }: DockerContext): Steps<number> {
  const [name = ''] = args;
  const from = flags.text('--config-from');
  const body = {
    Name: name,
    Driver: flags.text('--driver') || 'bridge',
    Scope: flags.text('--scope'),
    ...(flags.has('--ipv4') && { EnableIPv4: flags.on('--ipv4') }),
    ...(flags.has('--ipv6') && { EnableIPv6: flags.on('--ipv6') }),
    IPAM: {
      Driver: flags.text('--ipam-driver') || 'default',
      Options: pairs(flags.texts('--ipam-opt')),
      Config: ipamConfigs(flags),
    },
    Internal: flags.on('--internal'),
    Attachable: flags.on('--attachable'),
    Ingress: flags.on('--ingress'),
    ConfigOnly: flags.on('--config-only'),
    ConfigFrom: from === '' ? null : { Network: from },
    Options: pairs(flags.texts('--opt')),
    Labels: labels(flags.texts('--label')),
  };
  const { Id } = yield* ask<{ readonly Id: string }>('POST', '/networks/create', { body });
  yield* print(`${Id}\n`);
  return 0;
}

/** Options of a driver: `name=value`, or a name alone. */
export function pairs(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map((text) => cut(text, '=').slice(0, 2)));
}

/** Labels as the API takes them. */
export function labels(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map(parseLabel).map(({ name, value }) => [name, value]));
}

/**
 * Ranges, gateways and other addresses by the subnet that they are in.
 *
 * @throws CommandFailure where one is in none
 */
function ipamConfigs(flags: GivenFlags): readonly IpamConfig[] {
  const subnets = flags.texts('--subnet').flatMap(parseFields);
  const ranges = flags
    .texts('--ip-range')
    .flatMap(parseFields)
    .map((range) => normalizeNetwork(range) ?? range);
  const gateways = flags
    .texts('--gateway')
    .flatMap(parseFields)
    .map((address) => normalizeAddress(address) ?? address);
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    throw new CommandFailure('every ip-range or gateway must have a corresponding subnet');
  }
  const overlaps = subnets.some((subnet, place) =>
    subnets
      .slice(0, place)
      .some((other) => inNetwork(other, baseOf(subnet)) || inNetwork(subnet, baseOf(other))),
  );
  if (overlaps) throw new CommandFailure('multiple overlapping subnet configuration is not supported');
  const configs = subnets.map((Subnet): IpamConfig => ({ Subnet, AuxiliaryAddresses: {} }));
  const around = (address: string): readonly IpamConfig[] =>
    configs.filter(({ Subnet }) => inNetwork(Subnet, baseOf(address)));
  for (const range of ranges) {
    const found = around(range);
    if (found.length === 0) throw new CommandFailure(`no matching subnet for range ${range}`);
    for (const config of found) {
      if (config.IPRange !== undefined) {
        const both = `${range}, ${config.IPRange}`;
        throw new CommandFailure(
          `cannot configure multiple ranges (${both}) on the same subnet (${config.Subnet})`,
        );
      }
      config.IPRange = range;
    }
  }
  for (const gateway of gateways) {
    const found = around(gateway);
    if (found.length === 0) throw new CommandFailure(`no matching subnet for gateway ${gateway}`);
    for (const config of found) {
      if (config.Gateway !== undefined) {
        const both = `${gateway}, ${config.Gateway}`;
        throw new CommandFailure(
          `cannot configure multiple gateways (${both}) for the same subnet (${config.Subnet})`,
        );
      }
      config.Gateway = gateway;
    }
  }
  for (const [name, address] of Object.entries(pairs(flags.texts('--aux-address')))) {
    const found = around(address);
    if (found.length === 0) throw new CommandFailure(`no matching subnet for aux-address ${address}`);
    for (const { AuxiliaryAddresses } of found) AuxiliaryAddresses[name] = address;
  }
  return configs;
}

function baseOf(network: string): string {
  return cut(network, '/')[0];
}
