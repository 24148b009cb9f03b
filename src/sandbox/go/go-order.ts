/**
 * The order of keys in kubectl's YAML: letter by letter, other signs before letters, and numbers by what they
 * are worth (go-yaml 2).
 *
 * @returns below 0 when the first comes first
 */
export function byGoYaml(one: string, other: string): number {
  const ours = [...one];
  const theirs = [...other];
  for (let place = 0; place < ours.length && place < theirs.length; place++) {
    const our = ours[place] ?? '';
    const their = theirs[place] ?? '';
    if (our === their) continue;
    const isOurLetter = /\p{L}/u.test(our);
    const isTheirLetter = /\p{L}/u.test(their);
    if (isOurLetter && isTheirLetter) return codeOf(our) - codeOf(their);
    if (isOurLetter || isTheirLetter) return isTheirLetter ? -1 : 1;
    return byNumber(ours, theirs, place) || codeOf(our) - codeOf(their);
  }
  return ours.length - theirs.length;
}

function byNumber(ours: readonly string[], theirs: readonly string[], place: number): number {
  // A zero inside a number counts: 100 is more than 10.
  const start = ours[place] === '0' || theirs[place] === '0' ? digitBefore(ours, place) : '';
  const our = digitsFrom(ours, place);
  const their = digitsFrom(theirs, place);
  const difference = Number(`${start}${our}`) - Number(`${start}${their}`);
  return difference || our.length - their.length;
}

function digitBefore(text: readonly string[], place: number): '1' | '' {
  for (let at = place - 1; at >= 0 && /\d/.test(text[at] ?? ''); at--) if (text[at] !== '0') return '1';
  return '';
}

function digitsFrom(text: readonly string[], place: number): string {
  let end = place;
  while (/^\d$/.test(text[end] ?? '')) end++;
  return text.slice(place, end).join('');
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}
