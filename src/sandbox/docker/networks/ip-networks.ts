import { normalizeAddress } from '../../../docker/addresses.ts';
import { cut } from '../../../docker/go-values.ts';

/** Whether an address of IPv4 or IPv6 is in a network, such as `10.0.0.0/24`; false for what is none of them. */
export function inNetwork(network: string, address: string): boolean {
  const [base = '', length = ''] = network.split('/');
  const [one, other] = [bitsOf(base), bitsOf(address)];
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  return one.slice(0, Number(length)) === other.slice(0, Number(length));
}

/** An address as zeros and ones. */
function bitsOf(text: string): string | undefined {
  const address = normalizeAddress(text);
  if (address === undefined) return undefined;
  if (!address.includes(':')) return digits(address.split('.').map(Number), 8);
  return digits(
    groupsOf(address).map((group) => Number.parseInt(group, 16)),
    16,
  );
}

/** The eight groups of an address of IPv6, where `::` stands for as many zeros as there is room for. */
function groupsOf(address: string): readonly string[] {
  const [before, after] = cut(address, '::');
  const [head, tail] = [groupsIn(before), groupsIn(after)] as const;
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
}

function groupsIn(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}

function digits(numbers: readonly number[], width: number): string {
  return numbers.map((number) => number.toString(2).padStart(width, '0')).join('');
}
