import { normalizeAddress, normalizeNetwork } from './addresses.ts';

/** What is wrong with a network of `--subnet`, in the words of Go's netip.ParsePrefix; undefined where nothing is. */
export function wrongNetwork(text: string): string | undefined {
  const slash = text.lastIndexOf('/');
  const why = slash < 0 ? "no '/'" : wrongParts(text.slice(0, slash), text.slice(slash + 1));
  return why === undefined ? undefined : `netip.ParsePrefix(${JSON.stringify(text)}): ${why}`;
}

function wrongParts(address: string, length: string): string | undefined {
  if (normalizeAddress(address) === undefined) {
    return `ParseAddr(${JSON.stringify(address)}): ${wrongAddress(address)}`;
  }
  if (!/^(0|[1-9]\d{0,2})$/.test(length)) return `bad bits after slash: ${JSON.stringify(length)}`;
  return normalizeNetwork(`${address}/${length}`) === undefined ? 'prefix length out of range' : undefined;
}

/** As netip.ParseAddr says it of an address of IPv4; of others only that they are none. */
function wrongAddress(text: string): string {
  if (!/^[^.:%]*\./.test(text)) return 'unable to parse IP';
  const fields = text.split('.');
  let at = 0;
  for (const [place, field] of fields.entries()) {
    const wrong = /[^0-9]/.exec(field);
    if (wrong) return `unexpected character (at ${JSON.stringify(text.slice(at + wrong.index))})`;
    if (/^0\d/.test(field)) return 'IPv4 field has octet with leading zero';
    if (Number(field) > 255) return 'IPv4 field has value >255';
    if (field === '') {
      return `IPv4 field must have at least one digit (at ${JSON.stringify(text.slice(Math.max(0, at - 1)))})`;
    }
    if (place === 4) return 'IPv4 address too long';
    at += field.length + 1;
  }
  return 'IPv4 address too short';
}
