/** What `echo` prints. @param escapes whether `\n` and the like are read without being asked for, as dash does */
export function echoText(args: readonly string[], escapes = false): string {
  let place = 0;
  let newline = true;
  let reads = escapes;
  // Dash knows no option but -n.
  const option = escapes ? /^-n$/ : /^-[neE]+$/;
  for (; option.test(args[place] ?? ''); place++) {
    for (const letter of args[place]?.slice(1) ?? '') {
      if (letter === 'n') newline = false;
      if (letter === 'e') reads = true;
      if (letter === 'E') reads = false;
    }
  }
  const text = args.slice(place).join(' ');
  if (!reads) return newline ? `${text}\n` : text;
  const { text: read, stops } = unescaped(text);
  return newline && !stops ? `${read}\n` : read;
}

/** Letters behind a backslash that stand for one character. */
export const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** A text with its escapes read; `\c` ends it. */
export function unescaped(text: string): { readonly text: string; readonly stops: boolean } {
  let found = '';
  const pattern = /\\(?:0([0-7]{1,3})|([1-7][0-7]{0,2})|x([0-9a-fA-F]{1,2})|([\s\S]))|[\s\S]/g;
  for (const [whole, octal, plain, hex, letter] of text.matchAll(pattern)) {
    if (letter === 'c') return { text: found, stops: true };
    const number = octal ?? plain;
    if (number !== undefined) found += String.fromCharCode(Number.parseInt(number, 8) & 0xff);
    else if (hex !== undefined) found += String.fromCharCode(Number.parseInt(hex, 16));
    else if (letter !== undefined) found += simpleEscapes[letter] ?? (letter === '0' ? '\0' : whole);
    else found += whole;
  }
  return { text: found, stops: false };
}
