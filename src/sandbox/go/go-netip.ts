/**
 * Why Go takes a text for no address (ParseAddr of net/netip); undefined where it takes it for one. Of an address
 * of IP version 6 only the characters are looked at.
 */
export function addressFault(text: string): string | undefined {
  const what = whyNoAddress(text);
  return what === undefined ? undefined : `ParseAddr(${JSON.stringify(text)}): ${what}`;
}

/** Why Go takes a text for no range of addresses (ParsePrefix of net/netip); undefined where it takes it for one. */
export function prefixFault(text: string): string | undefined {
  const what = whyNoPrefix(text);
  return what === undefined ? undefined : `netip.ParsePrefix(${JSON.stringify(text)}): ${what}`;
}

function whyNoPrefix(text: string): string | undefined {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return "no '/'";
  const [address, bits] = [text.slice(0, slash), text.slice(slash + 1)];
  const fault = addressFault(address);
  if (fault !== undefined) return fault;
  if (!/^(0|[1-9]\d*)$/.test(bits)) return `bad bits after slash: ${JSON.stringify(bits)}`;
  return Number(bits) > (address.includes(':') ? 128 : 32) ? 'prefix length out of range' : undefined;
}

function whyNoAddress(text: string): string | undefined {
  const first = /[.:%]/.exec(text)?.[0];
  if (first === '%') return 'missing IPv6 address';
  if (first === ':') return /^[\da-f:.]+$/i.test(text) ? undefined : 'unable to parse IP';
  return first === '.' ? whyNoFourNumbers(text) : 'unable to parse IP';
}

/** What is wrong first, from the left. */
function whyNoFourNumbers(text: string): string | undefined {
  const at = (place: number) => ` (at ${JSON.stringify(text.slice(place))})`;
  let digits = '';
  let dots = 0;
  for (const [place, char] of [...text].entries()) {
    if (/\d/.test(char)) {
      if (digits === '0') return 'IPv4 field has octet with leading zero';
      digits += char;
      if (Number(digits) > 255) return 'IPv4 field has value >255';
    } else if (char === '.') {
      if (digits === '' || place === text.length - 1)
        return `IPv4 field must have at least one digit${at(place)}`;
      if (dots === 3) return 'IPv4 address too long';
      dots += 1;
      digits = '';
    } else return `unexpected character${at(place)}`;
  }
  return dots < 3 ? 'IPv4 address too short' : undefined;
}
