import { nearest } from '../nearest.ts';
import type { IndexedTerm } from './content.ts';
import { namesOf, simplify } from './find-term.ts';

/** The entries whose names come nearest to a mistyped one, at most three. */
export function nearestTerms(entries: readonly IndexedTerm[], words: string): IndexedTerm[] {
  const byName = new Map(
    entries.flatMap((entry) => namesOf(entry).map((name) => [simplify(name), entry] as const)),
  );
  const near = nearest(simplify(words), [...byName.keys()], 6).flatMap((name) => byName.get(name) ?? []);
  return [...new Set(near)].slice(0, 3);
}
