/** What `s` makes of a text; undefined when nothing fits. */
export function substituted(
  text: string,
  expression: RegExp,
  replacement: string,
  flags: string,
  isBusybox: boolean,
): string | undefined {
  const nth = Number(/\d+/.exec(flags)?.[0] ?? 1);
  const isAll = flags.includes('g');
  // Busybox forgets that it was told a number where a `g` stands behind.
  const first = isBusybox && /\d+[a-z]*g/.test(flags) ? 1 : nth;
  const found = isBusybox ? fromEachRest(text, expression, isAll ? 1 : nth) : matches(text, expression);
  const chosen = isAll ? found.slice(first - 1) : found.slice(first - 1, first);
  if (chosen.length === 0) return undefined;
  let next = '';
  let end = 0;
  for (const match of chosen) {
    next += text.slice(end, match.index) + filled(replacement, match.groups, isBusybox);
    end = match.index + (match.groups[0]?.length ?? 0);
  }
  return next + text.slice(end);
}

interface Match {
  readonly index: number;
  /** What fitted, and its groups. */
  readonly groups: readonly (string | undefined)[];
}

/** An empty match right behind another one does not count. */
function matches(text: string, expression: RegExp): readonly Match[] {
  let end = -1;
  return [...text.matchAll(new RegExp(expression.source, `${expression.flags}g`))].flatMap((match) => {
    if (match[0] === '' && match.index === end) return [];
    end = match.index + match[0].length;
    return [{ index: match.index, groups: [...match] }];
  });
}

/** As busybox looks: in what is left, which does not know what stood before it. @param first that is changed */
function fromEachRest(text: string, expression: RegExp, first: number): readonly Match[] {
  const found: Match[] = [];
  const behind = new RegExp(expression.source.replaceAll(/(^|[(|])\^/g, '$1(?!)'), expression.flags);
  let wasEmpty = true;
  for (let from = 0; from <= text.length; ) {
    const match = (from === 0 ? expression : behind).exec(text.slice(from));
    if (!match) break;
    const [whole] = match;
    const index = from + match.index;
    if (whole !== '' || match.index > 0 || wasEmpty) found.push({ index, groups: [...match] });
    if (found.length >= first) wasEmpty = whole === '';
    from = index + Math.max(whole.length, 1);
  }
  return found;
}

/** The right side of `s` with what was found; in GNU `\U`, `\L`, `\u`, `\l` and `\E` change its letters. */
function filled(replacement: string, groups: readonly (string | undefined)[], isBusybox: boolean): string {
  let text = '';
  let all = '';
  let one = '';
  const add = (part: string) => {
    if (part === '') return;
    const cased = all === 'U' ? part.toUpperCase() : all === 'L' ? part.toLowerCase() : part;
    const first = one === 'u' ? cased.charAt(0).toUpperCase() : cased.charAt(0).toLowerCase();
    text += one === '' ? cased : first + cased.slice(1);
    one = '';
  };
  for (const [whole, digit, letter] of replacement.matchAll(/\\(\d)|\\([\s\S])|&|[^\\&]+|\\/g)) {
    if (digit !== undefined) add(groups[Number(digit)] ?? '');
    else if (whole === '&') add(groups[0] ?? '');
    else if (letter === undefined) add(whole);
    else if (!isBusybox && 'ULE'.includes(letter)) all = letter;
    else if (!isBusybox && 'ul'.includes(letter)) one = letter;
    else add({ n: '\n', t: '\t' }[letter] ?? letter);
  }
  return text;
}

/** A line as `l` of GNU shows it. */
export function unambiguous(text: string, width: number): string {
  const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t' };
  const shown = [...text].map(
    (character) =>
      escapes[character] ??
      (character < ' ' ? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}` : character),
  );
  return shown.join('').replace(new RegExp(`.{${width - 1}}(?=.)`, 'g'), '$&\\\n');
}
