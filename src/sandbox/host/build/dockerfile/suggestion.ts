/** How many edits a word may be away from what was meant. */
const tooFar = 3;

/**
 * What was most likely meant by a word (util/suggest of moby/buildkit).
 *
 * @param isExact whether small and capital letters are different; otherwise the answer has those of the word
 * @returns undefined when nothing is near, and when the word is right
 */
export function suggestion(
  word: string,
  options: readonly string[],
  { isExact }: { readonly isExact: boolean },
): string | undefined {
  const wanted = isExact ? word : word.toLowerCase();
  let nearest = tooFar;
  let found: string | undefined;
  for (const each of options) {
    const option = isExact ? each : each.toLowerCase();
    if (option === wanted) return undefined;
    const far = distance(wanted, option);
    if (far >= nearest) continue;
    nearest = far;
    found = option;
  }
  if (found === undefined || isExact) return found;
  return word === word.toUpperCase() ? found.toUpperCase() : found;
}

/** A message with what was most likely meant behind it, where something is near. */
export function withSuggestion(
  message: string,
  word: string,
  options: readonly string[],
  isExact = true,
): string {
  const meant = suggestion(word, options, { isExact });
  return meant === undefined ? message : `${message} (did you mean ${meant}?)`;
}

/** How many characters have to be added, taken away or replaced (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (const [place, character] of [...one].entries()) {
    let left = place + 1;
    let corner = place;
    const next = row.slice(1).map((above, column) => {
      left = Math.min(corner + (character === other[column] ? 0 : 1), above + 1, left + 1);
      corner = above;
      return left;
    });
    row = [place + 1, ...next];
  }
  return row.at(-1) ?? 0;
}
