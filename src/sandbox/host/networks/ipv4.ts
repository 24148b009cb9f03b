/** A range of addresses, such as 172.18.0.0/16. */
export interface Subnet {
  /** The first address, as a number. */
  readonly base: number;
  readonly bits: number;
}

/** An address as a number; undefined when the text is none. */
export function addressNumber(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** A number as an address. */
export function addressText(number: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');
}

/** How many addresses a range has. */
export function subnetSize({ bits }: Subnet): number {
  return 2 ** (32 - bits);
}

/** A range as it is written, whose address need not be its first one; undefined when the text is none. */
export function readPrefix(text: string): { readonly subnet: Subnet; readonly address: number } | undefined {
  const [, first = '', bitsText = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const address = addressNumber(first);
  const bits = Number(bitsText);
  if (address === undefined || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  return { subnet: { base: Math.floor(address / size) * size, bits }, address };
}

/** The range of a network that is known to have one. @throws RangeError for another text */
export function subnetOf(text: string): Subnet {
  const found = readPrefix(text);
  if (!found) throw new RangeError(`${text} is no range of addresses`);
  return found.subnet;
}

/** A range as it is written. */
export function subnetText(subnet: Subnet): string {
  return `${addressText(subnet.base)}/${subnet.bits}`;
}

/** Whether an address is in a range. */
export function contains(subnet: Subnet, address: number): boolean {
  return address >= subnet.base && address < subnet.base + subnetSize(subnet);
}

/** Whether two ranges have an address in common. */
export function overlap(one: Subnet, other: Subnet): boolean {
  return contains(one, other.base) || contains(other, one.base);
}
