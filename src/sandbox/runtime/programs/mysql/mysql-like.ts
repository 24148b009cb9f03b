/** A sign of a pattern: `%` is any text, `_` any sign. */
type PatternSign = { readonly kind: 'any' | 'one' } | { readonly kind: 'sign'; readonly sign: string };

function signsOf(pattern: string): readonly PatternSign[] {
  return [...pattern.toLowerCase().matchAll(/\\[\s\S]|[\s\S]/gu)].map(([found]) => {
    if (found === '%') return { kind: 'any' };
    return found === '_' ? { kind: 'one' } : { kind: 'sign', sign: found.replace(/^\\(?=[\s\S])/u, '') };
  });
}

/** Whether a text fits a pattern of LIKE; whether letters are large or small does not matter. */
export function isLike(text: string, pattern: string): boolean {
  const signs = signsOf(pattern);
  const letters = [...text.toLowerCase()];
  let place = 0;
  let at = 0;
  // Where the last `%` stands, and where the text behind it began to be tried.
  let last = -1;
  let tried = 0;
  while (at < letters.length) {
    const sign = signs[place];
    if (sign?.kind === 'any') {
      last = place;
      tried = at;
      place += 1;
    } else if (sign?.kind === 'one' || (sign?.kind === 'sign' && sign.sign === letters[at])) {
      place += 1;
      at += 1;
    } else if (last >= 0) {
      tried += 1;
      at = tried;
      place = last + 1;
    } else return false;
  }
  return signs.slice(place).every(({ kind }) => kind === 'any');
}
