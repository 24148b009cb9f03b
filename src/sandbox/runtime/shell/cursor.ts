import { simpleEscapes } from '../tools/echo.ts';
import { SyntaxProblem } from './syntax.ts';

/** Deeper nesting than any script has; what is deeper is refused. */
const deepest = 60;

/** Those of `$'…'`: quotes too. */
const quotedEscapes: Readonly<Record<string, string>> = { ...simpleEscapes, "'": "'", '"': '"' };

/** A place in a script, moved on by what reads it. */
export interface Cursor {
  readonly text: string;
  place: number;
  depth: number;
  /** Reads a list up to the closing bracket, to find where `$(…)` ends. */
  skipList(): void;
}

/** The line of a place in a script, from 1. */
export function lineAt(text: string, place: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < place; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** What stands between backquotes. @param quoted whether they are within double quotes, which are escaped there */
export function backquoted(cursor: Cursor, quoted: boolean): string {
  const start = cursor.place;
  let source = '';
  for (;;) {
    const character = cursor.text[cursor.place];
    if (character === undefined)
      throw new SyntaxProblem({
        ...{ line: lineAt(cursor.text, start), isQuote: true, expected: '`' },
        reason: 'EOF in backquote substitution',
      });
    cursor.place += 1;
    if (character === '`') return source;
    const next = cursor.text.charAt(cursor.place);
    if (character === '\\' && next !== '' && (quoted ? '`\\$"' : '`\\$').includes(next)) {
      source += next;
      cursor.place += 1;
    } else source += character;
  }
}

/** The text up to a closing quote, which is passed. */
export function upTo(cursor: Cursor, quote: string): string {
  const end = cursor.text.indexOf(quote, cursor.place);
  if (end < 0) {
    throw new SyntaxProblem({ line: lineAt(cursor.text, cursor.place), isQuote: true, expected: quote });
  }
  const text = cursor.text.slice(cursor.place, end);
  cursor.place = end + 1;
  return text;
}

/** `$'…'` with the escapes of C. */
export function escaped(cursor: Cursor): string {
  const start = cursor.place;
  let text = '';
  for (;;) {
    const character = cursor.text[cursor.place];
    if (character === undefined)
      throw new SyntaxProblem({ line: lineAt(cursor.text, start), isQuote: true, expected: "'" });
    cursor.place += 1;
    if (character === "'") return text;
    if (character !== '\\') text += character;
    else {
      const next = cursor.text.charAt(cursor.place);
      cursor.place += 1;
      const code = /^(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3}))/.exec(cursor.text.slice(cursor.place - 1));
      if (code) {
        const [whole, hex, octal = ''] = code;
        cursor.place += whole.length - 1;
        text += String.fromCharCode(
          hex === undefined ? Number.parseInt(octal, 8) & 0xff : Number.parseInt(hex, 16),
        );
      } else text += quotedEscapes[next] ?? `\\${next}`;
    }
  }
}

/** A brace has no end. */
export function unclosed(cursor: Cursor, start: number): never {
  const line = lineAt(cursor.text, start);
  throw new SyntaxProblem({ line, expected: '}', isQuote: true, reason: "missing '}'" });
}

/** Counts how deep one is in words within words. */
export function enter(cursor: Cursor): void {
  cursor.depth += 1;
  if (cursor.depth > deepest)
    throw new SyntaxProblem({ token: 'nesting', line: lineAt(cursor.text, cursor.place) });
}
