import type { Meaning } from './meaning.ts';

/**
 * How a line differs from another, each as a clause that can stand in a sentence; the one that matters most
 * comes first. Empty when the two have the same effect.
 *
 * @param wanted the line it is held against
 */
export function differences(given: Meaning, wanted: Meaning): string[] {
  if (given.program !== wanted.program) {
    return [`the program is \`${given.program}\` where it should be \`${wanted.program}\``];
  }
  if (given.command !== wanted.command) {
    return [`the command is \`${given.command}\` where it should be \`${wanted.command}\``];
  }
  return [
    ...compareLists(given.kinds, wanted.kinds, 'kind'),
    ...compareLists(given.names, wanted.names, 'name'),
    ...compareBehind(given, wanted),
    ...compareWords(given, wanted),
    ...compareFlags(given, wanted),
    ...(given.rest === wanted.rest ? [] : [compareRest(given.rest, wanted.rest)]),
  ];
}

function compareLists(given: readonly string[], wanted: readonly string[], what: string): string[] {
  const extra = given.filter((each) => !wanted.includes(each));
  const missing = wanted.filter((each) => !given.includes(each));
  if (extra.length === 0 && missing.length === 0) return [];
  if (extra.length === 0) return [`the ${what} ${quoted(missing)} is missing`];
  if (missing.length === 0) return [`the ${what} ${quoted(extra)} is not asked for`];
  return [`the ${what} is ${quoted(extra)} where it should be ${quoted(missing)}`];
}

/** What stands behind `--`: a command for a container. */
function compareBehind(given: Meaning, wanted: Meaning): string[] {
  if (isSame(given.behind, wanted.behind)) return [];
  if (given.behind.length === 0) return [`\`-- ${wanted.behind.join(' ')}\` is missing`];
  if (wanted.behind.length === 0) return [`\`-- ${given.behind.join(' ')}\` is not asked for`];
  return [
    `behind \`--\` stands \`${given.behind.join(' ')}\` where it should be \`${wanted.behind.join(' ')}\``,
  ];
}

function compareWords(given: Meaning, wanted: Meaning): string[] {
  if (isSame(given.words, wanted.words)) return [];
  if (given.words.length === 0) return [`${quoted(wanted.words)} is missing`];
  if (wanted.words.length === 0) return [`${quoted(given.words)} is not asked for`];
  return [`it says ${quoted(given.words)} where it should be ${quoted(wanted.words)}`];
}

function compareFlags(given: Meaning, wanted: Meaning): string[] {
  const names = new Set([...wanted.flags.keys(), ...given.flags.keys()]);
  return [...names].flatMap((name) => {
    const is = given.flags.get(name);
    const should = wanted.flags.get(name);
    if (is === should) return [];
    if (is === undefined) return [`\`${flagText(name, should)}\` is missing`];
    if (should === undefined) {
      return given.isHarmless(name)
        ? []
        : [`\`${flagText(name, is)}\` is not asked for, and changes what happens`];
    }
    return [`\`${name}\` is ${valueText(is)} where it should be ${valueText(should)}`];
  });
}

function compareRest(given: string, wanted: string): string {
  if (given === '') return `\`${wanted}\` is missing at the end`;
  return wanted === '' ? `\`${given}\` at the end is not asked for` : `it ends in \`${given}\``;
}

function flagText(name: string, value = ''): string {
  return value === 'true' || value === '' ? name : `${name}=${value.replaceAll('\n', ',')}`;
}

function valueText(value: string): string {
  return value === '' ? 'empty' : `\`${value.replaceAll('\n', ', ')}\``;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(' ');
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, place) => word === other[place]);
}
