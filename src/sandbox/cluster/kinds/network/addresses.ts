import { type Complaint, invalid } from '../complaint.ts';

// Addresses as the API reads them (k8s.io/apimachinery/pkg/util/validation, ip.go).

/** Whether a text is an address, IPv4 or IPv6, in whatever form. */
export function isAddress(text: string): boolean {
  return octetsOf(text) !== undefined || isSixth(text);
}

/** Whether a text is an address of IPv6. */
export function isSixth(text: string): boolean {
  return groupsOf(text) !== undefined;
}

/** What is wrong with an address (IsValidIPForLegacyField). */
export function addressComplaints(path: string, value: string): readonly Complaint[] {
  if (!isAddress(value)) {
    return [invalid(path, value, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];
  }
  if (hasLeadingZero(value)) return [invalid(path, value, 'must not have leading 0s')];
  if (/^::ffff:\d+\./i.test(value)) {
    return [invalid(path, value, 'must not be an IPv4-mapped IPv6 address')];
  }
  return [];
}

/** What is wrong with an address that traffic shall go to (pkg/apis/core/validation, ValidateEndpointIP). */
export function endpointAddressComplaints(path: string, value: string): readonly Complaint[] {
  const [first, second, third] = octetsOf(value) ?? [];
  const lower = value.toLowerCase();
  if (value === '0.0.0.0' || lower === '::')
    return [invalid(path, value, `may not be unspecified (${value})`)];
  if (first === 127 || lower === '::1') {
    return [invalid(path, value, 'may not be in the loopback range (127.0.0.0/8, ::1/128)')];
  }
  if ((first === 169 && second === 254) || /^fe[89ab][0-9a-f]:/.test(lower)) {
    return [invalid(path, value, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)')];
  }
  if ((first === 224 && second === 0 && third === 0) || /^ff.2:/.test(lower)) {
    return [invalid(path, value, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')];
  }
  return [];
}

/** What is wrong with a range of addresses (IsValidCIDRForLegacyField). */
export function rangeComplaints(path: string, value: string): readonly Complaint[] {
  const range = rangeOf(value);
  if (!range) {
    return [invalid(path, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
  }
  const [address = '', length = ''] = value.split('/');
  if (hasLeadingZero(address) || /^0\d/.test(length)) {
    return [invalid(path, value, 'must not have leading 0s in IP or prefix length')];
  }
  const rest = BigInt(range.bits - range.length);
  if ((range.address >> rest) << rest !== range.address) {
    return [invalid(path, value, 'must not have bits set beyond the prefix length')];
  }
  return [];
}

/** A range of addresses: the address as a number, how many bits it has, and how many of them count. */
export interface AddressRange {
  readonly address: bigint;
  readonly bits: 32 | 128;
  readonly length: number;
}

/** Reads a range such as `10.0.0.0/8`; undefined when it is none. */
export function rangeOf(value: string): AddressRange | undefined {
  const [text = '', length = '', ...more] = value.split('/');
  const parts = octetsOf(text) ?? groupsOf(text);
  if (!parts || more.length > 0 || !/^\d+$/.test(length)) return undefined;
  const isFourth = parts.length === 4;
  const bits = isFourth ? 32 : 128;
  if (Number(length) > bits) return undefined;
  const width = isFourth ? 8n : 16n;
  const address = parts.reduce((sum, part) => (sum << width) | BigInt(part), 0n);
  return { address, bits, length: Number(length) };
}

/** Whether a range lies in another and is smaller. */
export function isInside(one: AddressRange, other: AddressRange): boolean {
  if (one.bits !== other.bits || one.length <= other.length) return false;
  const rest = BigInt(other.bits - other.length);
  return one.address >> rest === other.address >> rest;
}

function hasLeadingZero(value: string): boolean {
  return octetsOf(value) !== undefined && /(^|\.)0\d/.test(value);
}

function octetsOf(text: string): readonly number[] | undefined {
  if (!/^\d{1,10}(\.\d{1,10}){3}$/.test(text)) return undefined;
  const octets = text.split('.').map(Number);
  return octets.every((each) => each <= 255) ? octets : undefined;
}

function groupsOf(text: string): readonly number[] | undefined {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(':') || /:::|::.*::/.test(text)) return undefined;
  const tail = /(^|:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[2];
  const octets = tail === undefined ? undefined : octetsOf(tail);
  if (tail !== undefined && !octets) return undefined;
  const [high = 0, low = 0, third = 0, fourth = 0] = octets ?? [];
  const plain = octets
    ? `${text.slice(0, -(tail?.length ?? 0))}${((high << 8) | low).toString(16)}:${((third << 8) | fourth).toString(16)}`
    : text;
  const [before = '', after] = plain.split('::');
  const read = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [start, end] = [read(before), read(after ?? '')];
  const missing = 8 - start.length - end.length;
  if (after === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...start, ...Array<string>(after === undefined ? 0 : missing).fill('0'), ...end];
  return all.every((each) => /^[0-9a-fA-F]{1,4}$/.test(each))
    ? all.map((each) => Number.parseInt(each, 16))
    : undefined;
}
