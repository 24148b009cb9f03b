/**
 * The pattern of a shell as a regular expression for the whole of a text: `*`, `?`, `[a-z]`, `[!a]`, and `\`
 * before what stands for itself.
 */
export function globPattern(pattern: string, { crossesSlash = false } = {}): RegExp {
  return new RegExp(`^${globSource(pattern, crossesSlash)}$`, 's');
}

/** No name that a file can have is longer, and a regular expression cannot be as long as one likes. */
const longest = 4096;

/** As `globPattern`, as the source of a part of a regular expression. What is too long fits nothing. */
export function globSource(pattern: string, crossesSlash = true): string {
  if (pattern.length > longest) return '(?!)';
  const any = crossesSlash ? '[\\s\\S]' : '[^/]';
  return pattern.replace(pieces, (whole, many?: string, escaped?: string, not?: string, inner = '') => {
    if (many !== undefined) return `${any}*`;
    if (whole === '?') return any;
    if (not !== undefined) return setSource(not !== '', inner);
    return literal(escaped ?? whole);
  });
}

/** Any text, a character that stands for itself, one of several, or any other character. */
const pieces = /(\*+)|\\([\s\S])|\[([!^]?)(\]?(?:\[:\w+:\]|[^\]])*)\]|[\s\S]/g;

/** A text without anything that a regular expression reads as more. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

/** The characters of a class such as `[:digit:]`, as they stand between brackets of a regular expression. */
export function classSource(name: string): string | undefined {
  return Object.hasOwn(classes, name) ? classes[name] : undefined;
}

function setSource(isNot: boolean, inner: string): string {
  const escaped = inner.replace(
    /\[:(\w+):\]|[\\\]^[]/g,
    (each, name = '') => classSource(name) ?? each.replace(/./g, '\\$&'),
  );
  try {
    const source = `[${isNot ? '^' : ''}${escaped}]`;
    new RegExp(source);
    return source;
  } catch {
    // A range that runs backwards fits nothing.
    return '(?!)';
  }
}
