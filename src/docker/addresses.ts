import { cut } from './go-values.ts';
import { DockerRefusal } from './refusal.ts';

/**
 * An IP address in its shortest form, as Go's net.ParseIP reads and writes it; undefined where it is none.
 * An IPv6 address may hold an IPv4 one (`::ffff:10.0.0.1`), and has no zone.
 */
export function normalizeAddress(text: string): string | undefined {
  if (text.length > 50) return undefined;
  if (!text.includes(':')) return readV4(text)?.join('.');
  const groups = readV6(text);
  if (!groups) return undefined;
  // Go shows an address that holds an IPv4 one as that one.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  return writeV6(groups);
}

/** The same, as Go's net/netip writes it: an IPv6 address stays one, also where it holds an IPv4 one. */
export function canonicalAddress(text: string): string | undefined {
  const address = normalizeAddress(text);
  const isMapped = address !== undefined && text.includes(':') && !address.includes(':');
  return isMapped ? `::ffff:${address}` : address;
}

/** An address and the length of its network, `10.0.0.0/8`; undefined where it is none. */
export function normalizeNetwork(text: string): string | undefined {
  const [, address = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const known = normalizeAddress(address);
  if (known === undefined || Number(length) > (address.includes(':') ? 128 : 32)) return undefined;
  return `${known}/${Number(length)}`;
}

function readV4(text: string): number[] | undefined {
  const parts = text.split('.');
  // No leading zeros: some read them as octal.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.map(Number);
}

function readV6(text: string): number[] | undefined {
  const [before, after, isShort] = cut(text, '::');
  const [head, tail] = [readGroups(before, !isShort), readGroups(after, true)];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (isShort ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...Array<number>(missing).fill(0), ...tail];
}

function readGroups(text: string, isLast: boolean): number[] | undefined {
  const parts = text === '' ? [] : text.split(':');
  const groups: number[] = [];
  for (const [place, part] of parts.entries()) {
    const four = isLast && place === parts.length - 1 ? readV4(part) : undefined;
    if (four) {
      const [a = 0, b = 0, c = 0, d = 0] = four;
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

/** RFC 5952: the longest run of two or more zero groups is left out. */
function writeV6(groups: readonly number[]): string {
  let best = { from: -1, length: 1 };
  for (let from = 0; from < groups.length; from += 1) {
    let length = 0;
    while (groups[from + length] === 0) length += 1;
    if (length > best.length) best = { from, length };
  }
  const written = groups.map((group) => group.toString(16));
  if (best.from < 0) return written.join(':');
  const [head, tail] = [written.slice(0, best.from), written.slice(best.from + best.length)];
  return `${head.join(':')}::${tail.join(':')}`;
}

/** An IP address, as `--ip` and `--dns` take it. */
export function parseAddress(text: string): string {
  const address = normalizeAddress(text.trim());
  if (address !== undefined) return address;
  throw new DockerRefusal(
    `IP address is not correctly formatted: ${text}`,
    'Give an address such as 10.0.0.5 or 2001:db8::5, without a port or brackets.',
  );
}

/** A hardware address in pairs with colons, as Go's net.ParseMAC reads it: 6, 8 or 20 octets. */
export function parseHardwareAddress(text: string): string {
  const plain = text.trim();
  const pairs = /^[\da-f]{2}([:-][\da-f]{2})+$/i.test(plain) && new Set(plain.match(/[:-]/g)).size === 1;
  const dotted = /^[\da-f]{4}(\.[\da-f]{4})+$/i.test(plain);
  const octets = plain.replace(/[:.-]/g, '').toLowerCase().match(/../g) ?? [];
  if ((pairs || dotted) && [6, 8, 20].includes(octets.length)) return octets.join(':');
  throw new DockerRefusal(
    `${text} is not a valid mac address`,
    'Give six pairs of digits: 92:d0:c6:0a:29:33.',
  );
}
