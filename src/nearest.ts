import { distance } from 'fastest-levenshtein';

/**
 * The names that a mistyped word most likely meant, the nearest first.
 *
 * @param names candidates; one that begins with the word counts as near
 * @param most how many at the most
 */
export function nearest(word: string, names: readonly string[], most = 3): string[] {
  const wanted = word.toLowerCase();
  return names
    .map((name) => ({ name, far: howFar(wanted, name.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(2, Math.ceil(wanted.length / 3)))
    .sort((one, other) => one.far - other.far)
    .slice(0, most)
    .map(({ name }) => name);
}

/**
 * Edits between two words: none where one begins with the other, more than one only where the first letter
 * is right, and never so many that nothing of the word is left.
 */
function howFar(wanted: string, name: string): number {
  if (wanted !== '' && name.startsWith(wanted)) return 0;
  const edits = distance(wanted, name);
  const isSlip = edits < wanted.length && (edits <= 1 || wanted[0] === name[0]);
  return isSlip ? edits : Number.POSITIVE_INFINITY;
}
