/** A word of a statement. */
export interface Word {
  readonly kind: 'name' | 'quoted' | 'text' | 'number' | 'sign' | 'end';
  /** As it stands there. */
  readonly source: string;
  /** What it means: a name in small letters, a text without its quotes. */
  readonly value: string;
  /** Where it begins. */
  readonly at: number;
}

/** A word with the one behind it; behind the end is the end. */
export interface Token extends Word {
  readonly next: Token;
}

const pattern =
  /\s+|--[^\n]*|(?<text>'(?:[^']|'')*')|(?<quoted>"[^"]*")|(?<number>\d+(?:\.\d+)?)|(?<name>[a-z_]\w*)|(?<sign><>|!=|<=|>=|::|[\s\S])/gi;

/** The first of the words of some statements; the semicolons between them are words too. */
export function firstToken(text: string): Token {
  const end: Token = {
    ...{ kind: 'end', source: '', value: '', at: text.trimEnd().length },
    get next() {
      return end;
    },
  };
  return wordsOf(text).reduceRight<Token>((next, word) => ({ ...word, next }), end);
}

function wordsOf(text: string): readonly Word[] {
  const found: Word[] = [];
  for (const { 0: source, index: at, groups = {} } of text.matchAll(pattern)) {
    const [kind] = kinds.filter((each) => groups[each] !== undefined);
    if (kind !== undefined) found.push({ kind, source, value: meaningOf(kind, source), at });
  }
  return found;
}

const kinds = ['text', 'quoted', 'number', 'name', 'sign'] as const;

function meaningOf(kind: Word['kind'], source: string): string {
  if (kind === 'name') return source.toLowerCase();
  if (kind === 'text') return source.slice(1, -1).replaceAll("''", "'");
  return kind === 'quoted' ? source.slice(1, -1) : source;
}

/** The statements of a text with where each ends, as psql sends them one by one: each with its semicolon. */
export function splitStatements(text: string): readonly string[] {
  const ends = wordsOf(text).flatMap(({ source, at }) => (source === ';' ? [at + 1] : []));
  return [...ends, text.length]
    .map((end, place) => text.slice(ends[place - 1] ?? 0, end).trim())
    .filter((each) => wordsOf(each).length > 0);
}
