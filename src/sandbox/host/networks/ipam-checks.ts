import { addressFault, prefixFault } from '../../go/go-netip.ts';
import { EngineError } from '../engine/engine-error.ts';
import { addressNumber, contains, overlap, readPrefix, type Subnet, subnetText } from './ipv4.ts';
import type { IpamConfig } from './network-record.ts';

/**
 * Whether the ranges and addresses of a new network fit together.
 *
 * @throws EngineError in the words of daemon/network.go and of Go's net/netip
 */
export function checkIpam(configs: readonly Partial<IpamConfig>[]): void {
  const problems: string[] = [];
  for (const config of configs) {
    const { Subnet: text = '', IPRange: range = '', Gateway: gateway = '', AuxiliaryAddresses = {} } = config;
    if (text.includes(':')) continue;
    const prefix = text === '' ? undefined : demandPrefix(text);
    const subnet = prefix?.subnet;
    if (prefix && subnet && prefix.address !== subnet.base) {
      problems.push(`invalid subnet ${text}: it should be ${subnetText(subnet)}`);
    }
    if (range !== '') problems.push(...rangeProblems(range, subnet));
    if (gateway !== '') problems.push(...addressProblems(`gateway ${gateway}`, gateway, subnet));
    for (const [name, address] of Object.entries(AuxiliaryAddresses)) {
      problems.push(...addressProblems(`auxiliary address ${name}`, address, subnet));
    }
  }
  if (problems.length === 0) return;
  const list = problems.length === 1 ? problems[0] : problems.map((each) => `* ${each}`).join('\n');
  throw new EngineError(400, `invalid network config:\n${list}`);
}

function demandPrefix(text: string): NonNullable<ReturnType<typeof readPrefix>> {
  const found = readPrefix(text);
  if (found) return found;
  throw new EngineError(400, `invalid JSON: ${prefixFault(text)}`);
}

function rangeProblems(text: string, subnet: Subnet | undefined): readonly string[] {
  const { subnet: range, address } = demandPrefix(text);
  if (!subnet) return [`invalid ip-range ${text}: parent subnet invalid Prefix doesn't contain ip-range`];
  const parent = subnetText(subnet);
  return [
    ...(range.bits < subnet.bits
      ? [`invalid ip-range ${text}: CIDR block is bigger than its parent subnet ${parent}`]
      : []),
    ...(address === range.base ? [] : [`invalid ip-range ${text}: it should be ${subnetText(range)}`]),
    ...(overlap(range, subnet)
      ? []
      : [`invalid ip-range ${text}: parent subnet ${parent} doesn't contain ip-range`]),
  ];
}

function addressProblems(what: string, address: string, subnet: Subnet | undefined): readonly string[] {
  const fault = addressFault(address);
  if (fault !== undefined) throw new EngineError(400, `invalid JSON: ${fault}`);
  const number = addressNumber(address);
  if (number === undefined) return [`invalid ${what}: parent subnet is an IPv4 block`];
  if (subnet && contains(subnet, number)) return [];
  const parent = subnet ? subnetText(subnet) : 'invalid Prefix';
  return [`invalid ${what}: parent subnet ${parent} doesn't contain this address`];
}
