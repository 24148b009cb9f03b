import { SyntaxFailure, type Word, type WordPart } from './syntax.ts';

/** A script that is being read. */
export interface Source {
  readonly text: string;
  place: number;
  line: number;
  /** Here-documents that begin behind this line. */
  readonly awaited: HereDocument[];
}

export interface HereDocument {
  readonly marker: string;
  /** Whether variables in it are left as they are. */
  readonly isLiteral: boolean;
  /** Whether tabs at the beginning of its lines are taken away. */
  readonly isIndented: boolean;
  readonly fill: (text: Word) => void;
}

/** Goes on to the next word: blanks, joined lines and comments say nothing. */
export function skipBlanks(source: Source): void {
  for (;;) {
    const char = source.text[source.place];
    if (char === ' ' || char === '\t' || char === '\r') source.place += 1;
    else if (char === '\\' && source.text[source.place + 1] === '\n') {
      source.place += 2;
      source.line += 1;
    } else if (char === '#' && isAtWordStart(source)) {
      const end = source.text.indexOf('\n', source.place);
      source.place = end < 0 ? source.text.length : end;
    } else return;
  }
}

function isAtWordStart({ text, place }: Source): boolean {
  return place === 0 || /[\s;&|]/.test(text[place - 1] ?? '');
}

/**
 * Reads a word. @returns undefined where none begins
 *
 * @throws SyntaxFailure for a quote that is not closed
 */
export function readWord(source: Source): Word | undefined {
  const parts: WordPart[] = [];
  const start = source.place;
  let bare = '';
  const flush = (): void => {
    if (bare !== '') parts.push({ kind: 'text', text: bare, quoted: false });
    bare = '';
  };
  for (;;) {
    const char = source.text[source.place];
    if (char === undefined || /[\s;&|<>()]/.test(char)) break;
    if (char === "'" || char === '"') {
      flush();
      parts.push(...(char === "'" ? singleQuoted(source) : doubleQuoted(source)));
    } else if (char === '\\') {
      const next = source.text[source.place + 1];
      source.place += 2;
      if (next === '\n') source.line += 1;
      else {
        flush();
        parts.push({ kind: 'text', text: next ?? '\\', quoted: true });
      }
    } else if (char === '$' || char === '`') {
      flush();
      parts.push(expansion(source, false));
    } else {
      bare += char;
      source.place += 1;
    }
  }
  flush();
  return source.place === start ? undefined : parts;
}

/** The text of a here-document, which stands behind the line that names it. @throws SyntaxFailure */
export function readHereDocument(source: Source, { marker, isLiteral, isIndented }: HereDocument): Word {
  const lines: string[] = [];
  for (;;) {
    if (source.place >= source.text.length) {
      throw new SyntaxFailure(`here-document ends with the script instead of '${marker}'`, source.line, true);
    }
    const end = source.text.indexOf('\n', source.place);
    const whole = source.text.slice(source.place, end < 0 ? undefined : end);
    source.place = end < 0 ? source.text.length : end + 1;
    source.line += 1;
    const line = isIndented ? whole.replace(/^\t+/, '') : whole;
    if (line === marker) break;
    lines.push(`${line}\n`);
  }
  const text = lines.join('');
  return isLiteral ? [{ kind: 'text', text, quoted: true }] : expandable(text);
}

/** A text in which variables are filled in, and nothing else is special. */
function expandable(text: string): WordPart[] {
  return readExpandable({ text, place: 0, line: 1, awaited: [] }, undefined);
}

function singleQuoted(source: Source): WordPart[] {
  const end = source.text.indexOf("'", source.place + 1);
  if (end < 0) throw new SyntaxFailure("unexpected EOF while looking for matching `''", source.line, true);
  const text = source.text.slice(source.place + 1, end);
  source.line += text.split('\n').length - 1;
  source.place = end + 1;
  return [{ kind: 'text', text, quoted: true }];
}

function doubleQuoted(source: Source): WordPart[] {
  source.place += 1;
  const parts = readExpandable(source, '"');
  if (source.place >= source.text.length) {
    throw new SyntaxFailure('unexpected EOF while looking for matching `"\'', source.line, true);
  }
  source.place += 1;
  return parts;
}

/** @param end what ends it; the end of the text where it is left out */
function readExpandable(source: Source, end: '"' | undefined): WordPart[] {
  const parts: WordPart[] = [];
  let text = '';
  for (
    let char = source.text[source.place];
    char !== undefined && char !== end;
    char = source.text[source.place]
  ) {
    const next = source.text[source.place + 1] ?? '';
    if (char === '\\' && (/[\\$`\n]/.test(next) || next === end)) {
      text += next === '\n' ? '' : next;
      source.place += 2;
    } else if (char === '$' || char === '`') {
      parts.push({ kind: 'text', text, quoted: true });
      text = '';
      parts.push(expansion(source, true));
    } else {
      if (char === '\n') source.line += 1;
      text += char;
      source.place += 1;
    }
  }
  return [...parts, { kind: 'text', text, quoted: true }];
}

/** What stands for something else: `$NAME`, `${NAME}`, `${NAME:-text}`, `$?`, `$(…)` and `` `…` ``. */
function expansion(source: Source, quoted: boolean): WordPart {
  const rest = source.text.slice(source.place);
  const named = /^\$(?:([A-Za-z_]\w*|[?#$!])|\{([A-Za-z_]\w*|[?#])(?::?-([^}]*))?\})/.exec(rest);
  if (named) {
    const [all, short, long, otherwise] = named;
    source.place += all.length;
    const name = short ?? long ?? '';
    return { kind: 'variable', name, quoted, ...(otherwise === undefined ? {} : { otherwise }) };
  }
  if (rest.startsWith('$((')) throw new SyntaxFailure('this shell does not calculate', source.line);
  const open = rest.startsWith('$(') ? 2 : rest.startsWith('`') ? 1 : 0;
  if (open === 0) {
    source.place += 1;
    return { kind: 'text', text: '$', quoted: true };
  }
  const end = open === 1 ? rest.indexOf('`', 1) : closing(rest);
  if (end < 0)
    throw new SyntaxFailure(
      `unexpected EOF while looking for matching \`${open === 1 ? '`' : ')'}'`,
      source.line,
      true,
    );
  source.place += end + 1;
  return { kind: 'output', script: rest.slice(open, end), quoted };
}

/** Where the parenthesis of a `$(` ends; quotes may hold others. */
function closing(text: string): number {
  let depth = 0;
  let quote = '';
  for (let place = 1; place < text.length; place++) {
    const char = text[place] ?? '';
    if (quote !== '') {
      if (char === '\\' && quote === '"') place += 1;
      else if (char === quote) quote = '';
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '(') depth += 1;
    else if (char === ')' && --depth === 0) return place;
  }
  return -1;
}
