import { normalizeAddress } from '../../../docker/addresses.ts';

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
  const [head = '', tail] = address.split('::');
  const [before, after] = [head, tail ?? ''].map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [
    ...(before ?? []),
    ...Array<string>(tail === undefined ? 0 : missing).fill('0'),
    ...(after ?? []),
  ];
  return digits(
    groups.map((group) => Number.parseInt(group, 16)),
    16,
  );
}

function digits(numbers: readonly number[], width: number): string {
  return numbers.map((number) => number.toString(2).padStart(width, '0')).join('');
}
