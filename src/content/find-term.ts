import type { IndexedTerm } from './content.ts';

/**
 * Finds a term by its id, its name or one of its other names; failing that, by a part of them.
 *
 * @returns one entry, several when a part fits several, or none
 */
export function findTerm(entries: readonly IndexedTerm[], words: string): IndexedTerm[] {
  const wanted = simplify(words);
  const id = wanted.replaceAll(' ', '-');
  const exact =
    entries.find((entry) => entry.id === id) ??
    entries.find((entry) => namesOf(entry).some((name) => simplify(name) === wanted));
  if (exact) return [exact];
  return wanted === ''
    ? []
    : entries.filter((entry) => namesOf(entry).some((name) => simplify(name).includes(wanted)));
}

/** All one may type for an entry. */
export function namesOf(entry: IndexedTerm): string[] {
  return [entry.id, entry.term, ...entry.aliases];
}

/** `Bind mount`, `bind-mount` and `bind_mount` are one name. */
export function simplify(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}
