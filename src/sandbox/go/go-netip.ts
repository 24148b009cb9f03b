/** Why Go takes a text for no address (ParseAddr of net/netip); undefined where it takes it for one. */
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
  if (address.includes('%')) return 'IPv6 zones cannot be present in a prefix';
  if (!/^(\d|[1-9]\d+)$/.test(bits)) return `bad bits after slash: ${JSON.stringify(bits)}`;
  return Number(bits) > (address.includes(':') ? 128 : 32) ? 'prefix length out of range' : undefined;
}

/** The first sign that only addresses have tells which kind it is to be. */
function whyNoAddress(text: string): string | undefined {
  const first = /[.:%]/.exec(text)?.[0];
  if (first === '%') return 'missing IPv6 address';
  if (first === ':') return whyNoGroups(text);
  return first === '.' ? whyNoFourNumbers(text) : 'unable to parse IP';
}

/** What is wrong first with an address of IP version 4, from the left. */
function whyNoFourNumbers(text: string): string | undefined {
  let digits = '';
  let dots = 0;
  for (const [place, char] of [...text].entries()) {
    if (/\d/.test(char)) {
      if (digits === '0') return 'IPv4 field has octet with leading zero';
      digits += char;
      if (Number(digits) > 255) return 'IPv4 field has value >255';
    } else if (char === '.') {
      if (digits === '' || place === text.length - 1)
        return `IPv4 field must have at least one digit${at(text.slice(place))}`;
      if (dots === 3) return 'IPv4 address too long';
      dots += 1;
      digits = '';
    } else return `unexpected character${at(text.slice(place))}`;
  }
  return dots < 3 ? 'IPv4 address too short' : undefined;
}

/** How many groups of four digits an address of IP version 6 has. */
const allGroups = 8;

/** What is wrong first with an address of IP version 6, from the left. */
function whyNoGroups(text: string): string | undefined {
  const [address, ...zone] = splitOnce(text, '%');
  if (zone.includes('')) return 'zone must be a non-empty string';
  let isShortened = address.startsWith('::');
  let rest = isShortened ? address.slice(2) : address;
  let groups = 0;
  while (rest !== '' && groups < allGroups) {
    const digits = rest.search(/[^\da-f]|$/i);
    if (digits > 4) return `each group must have 4 or less digits${at(rest)}`;
    if (digits === 0) return `each colon-separated field must have at least one digit${at(rest)}`;
    if (rest[digits] === '.') {
      if (!isShortened && groups !== allGroups - 2)
        return `embedded IPv4 address must replace the final 2 fields of the address${at(rest)}`;
      if (groups > allGroups - 2)
        return `too many hex fields to fit an embedded IPv4 at the end of the address${at(rest)}`;
      const fault = whyNoFourNumbers(rest);
      if (fault !== undefined) return fault;
      rest = '';
      groups += 2;
      break;
    }
    groups += 1;
    rest = rest.slice(digits);
    if (rest === '') break;
    if (!rest.startsWith(':')) return `unexpected character, want colon${at(rest)}`;
    if (rest === ':') return `colon must be followed by more characters${at(rest)}`;
    rest = rest.slice(1);
    if (rest.startsWith(':')) {
      if (isShortened) return `multiple :: in address${at(rest)}`;
      isShortened = true;
      rest = rest.slice(1);
    }
  }
  if (rest !== '') return `trailing garbage after address${at(rest)}`;
  if (groups < allGroups) return isShortened ? undefined : 'address string too short';
  return isShortened ? 'the :: must expand to at least one field of zeros' : undefined;
}

function splitOnce(text: string, sign: string): readonly [string, ...string[]] {
  const place = text.indexOf(sign);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}

/** Where it is wrong: what has not been read. */
function at(rest: string): string {
  return ` (at ${JSON.stringify(rest)})`;
}
