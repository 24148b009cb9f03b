/** Texts in the order of their characters' codes (strings.Compare of Go). */
export function byText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** Entries in the order of their keys. */
export function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return byText(one, other);
}

/**
 * The order of keys in YAML of kubectl: letter by letter, other signs before letters, and numbers by what they are
 * worth (go.yaml.in/yaml/v2).
 *
 * @returns below 0 when the first comes first
 */
export function byGoYaml2(one: string, other: string): number {
  return byGoYaml(one, other, false);
}

/** The order of keys in YAML of compose: behind a digit letters come before other signs (go.yaml.in/yaml/v4). */
export function byGoYaml4(one: string, other: string): number {
  return byGoYaml(one, other, true);
}

function byGoYaml(one: string, other: string, heedsDigits: boolean): number {
  const [ours, theirs] = [[...one], [...other]];
  const place = ours.findIndex((each, at) => each !== theirs[at]);
  if (place < 0 || place === theirs.length) return ours.length - theirs.length;
  const [before, our, their] = [ours.slice(0, place), ours.slice(place), theirs.slice(place)].map((each) =>
    each.join(''),
  ) as [string, string, string];
  const isOurLetter = /^\p{L}/u.test(our);
  const isTheirLetter = /^\p{L}/u.test(their);
  if (isOurLetter !== isTheirLetter) return isOurLetter === (heedsDigits && /\p{Nd}$/u.test(before)) ? -1 : 1;
  return (isOurLetter ? 0 : byNumber(before, our, their)) || byText(our, their);
}

function byNumber(before: string, our: string, their: string): number {
  // A zero inside a number counts: 100 is more than 10.
  const isInside = (our.startsWith('0') || their.startsWith('0')) && /[1-9]\d*$/.test(before);
  const [left, right] = [digitsOf(our), digitsOf(their)];
  const worth = (digits: string): number => Number(isInside ? `1${digits}` : digits);
  return worth(left) - worth(right) || left.length - right.length;
}

/** The digits that a text begins with. */
function digitsOf(text: string): string {
  return text.slice(0, text.search(/\D|$/));
}
