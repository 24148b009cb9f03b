import { DockerRefusal } from './refusal.ts';

/** One word of a line, as a POSIX shell reads it. */
export interface Word {
  /** Without quotes and escapes; `$VARS`, `${VARS}` and `$(…)` stand as they were typed. */
  readonly text: string;
  /** Where it begins in the input, and the place after its end. */
  readonly start: number;
  readonly end: number;
  /** Whether any of it was quoted or escaped. */
  readonly quoted: boolean;
}

/** The words of one simple command. */
export interface SplitWords {
  readonly words: readonly Word[];
  /** What follows the command, from the operator on, such as `| grep x` or `> out.txt`; empty without. */
  readonly leftOut: string;
}

/** A line of a text, with the lines it continues on. */
export interface SplitLine {
  readonly text: string;
  /** Where it begins in the text. */
  readonly start: number;
  /** Its number in the text, from 1. */
  readonly number: number;
}

/** Blanks before an end of line, or the end of the text, after the mark that continues a line. */
const endOfLine = /[ \t]*(\r?\n|$)/y;

/**
 * The lines of a text: a quoted end of line ends none, nor does one after a backslash, or after the `^` of
 * cmd and the backtick of PowerShell. Blank lines are left out; comments are for `splitWords`.
 */
export function splitLines(text: string): SplitLine[] {
  const lines: SplitLine[] = [];
  let start = 0;
  let number = 1;
  let at = 0;
  let quote = '';
  let seen = 1;
  let wordStart = true;
  function end(upTo: number): void {
    const line = text.slice(start, upTo);
    if (line.trim() !== '') lines.push({ text: line.replace(/\r$/, ''), start, number });
  }
  while (at < text.length) {
    const character = text.charAt(at);
    if (quote === '' && character === '#' && wordStart) {
      while (at < text.length && text[at] !== '\n') at += 1;
      continue;
    }
    if (character === '\n') {
      seen += 1;
      if (quote === '') {
        end(at);
        start = at + 1;
        number = seen;
      }
    } else if (quote !== "'" && continues(text, at)) {
      at = pastEndOfLine(text, at + 1);
      seen += 1;
      continue;
    } else if (quote !== "'" && character === '\\') {
      at += 1;
    } else if (quote === '' ? character === '"' || character === "'" : character === quote) {
      quote = quote === '' ? character : '';
    }
    wordStart = /\s/.test(character);
    at += 1;
  }
  if (quote === '') end(text.length);
  // A quote that is never closed takes no other line with it.
  else for (const part of openLines(text.slice(start), start, number)) lines.push(part);
  return lines;
}

function openLines(text: string, start: number, number: number): SplitLine[] {
  let at = start;
  return text.split('\n').flatMap((line, place) => {
    const from = at;
    at += line.length + 1;
    return line.trim() === '' ? [] : [{ text: line.replace(/\r$/, ''), start: from, number: number + place }];
  });
}

/** Whether a backslash, `^` or backtick here stands at the end of a line, and so continues it. */
function continues(text: string, at: number): boolean {
  const character = text[at];
  if (character !== '\\' && character !== '^' && character !== '`') return false;
  // A shell wants nothing between the backslash and the end; people who paste often have a blank there.
  endOfLine.lastIndex = at + 1;
  const found = endOfLine.exec(text);
  if (!found || found[1] === '') return false;
  return character === '\\' || at === 0 || /\s/.test(text.charAt(at - 1));
}

function pastEndOfLine(text: string, at: number): number {
  endOfLine.lastIndex = at;
  return endOfLine.exec(text) ? endOfLine.lastIndex : at;
}

/**
 * The words of a line as a POSIX shell reads them for one simple command (POSIX.1-2017, XCU 2.2 and 2.3),
 * up to the first `|`, `;`, `&`, `<` or `>`, or a comment.
 *
 * @throws DockerRefusal when a quote is not closed
 */
export function splitWords(line: string): SplitWords {
  const words: Word[] = [];
  const closers = new Closers(line);
  let at = 0;
  while (at < line.length) {
    const character = line.charAt(at);
    if (continues(line, at)) at = pastEndOfLine(line, at + 1);
    else if (character === '\n' && words.length > 0)
      return { words, leftOut: withoutComments(line.slice(at)) };
    else if (/\s/.test(character)) at += 1;
    else if (character === '#') at = endOfThisLine(line, at);
    else if ('|;&<>'.includes(character)) return { words, leftOut: line.slice(at).trim() };
    else {
      const word = readWord(line, at, closers);
      // The number before `>` says which stream, and is no word: 2>&1.
      if (!word.quoted && /^\d+$/.test(word.text) && /[<>]/.test(line.charAt(word.end))) {
        return { words, leftOut: line.slice(at).trim() };
      }
      words.push(word);
      at = word.end;
    }
  }
  return { words, leftOut: '' };
}

function endOfThisLine(line: string, at: number): number {
  const end = line.indexOf('\n', at);
  return end < 0 ? line.length : end;
}

function withoutComments(rest: string): string {
  const lines = rest.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  return lines.join('\n').trim();
}

function readWord(line: string, start: number, closers: Closers): Word {
  let text = '';
  let at = start;
  let quoted = false;
  while (at < line.length) {
    const character = line.charAt(at);
    if (character === "'" || character === '"') {
      const inner = character === "'" ? singleQuoted(line, at) : doubleQuoted(line, at, closers);
      text += inner.text;
      at = inner.end;
      quoted = true;
    } else if (character === '\\' && continues(line, at)) {
      // It joins what stands on both sides.
      at = pastEndOfLine(line, at + 1);
    } else if (character === '\\') {
      text += line[at + 1] ?? '\\';
      at += 2;
      quoted = true;
    } else if (character === '$' || character === '`') {
      const end = endOfExpansion(line, at, closers);
      text += line.slice(at, end);
      at = end;
    } else if (/\s/.test(character) || '|;&<>'.includes(character)) break;
    else {
      text += character;
      at += 1;
    }
  }
  return { text, start, end: Math.min(at, line.length), quoted };
}

function singleQuoted(line: string, start: number): { text: string; end: number } {
  const end = line.indexOf("'", start + 1);
  if (end < 0) throw notClosed("'", start);
  return { text: line.slice(start + 1, end), end: end + 1 };
}

function doubleQuoted(line: string, start: number, closers: Closers): { text: string; end: number } {
  let text = '';
  let at = start + 1;
  while (at < line.length) {
    const character = line.charAt(at);
    if (character === '"') return { text, end: at + 1 };
    if (character === '\\') {
      const next = line.charAt(at + 1);
      // Inside double quotes a backslash escapes these alone (XCU 2.2.3).
      const ending = /^\r?\n/.exec(line.slice(at + 1, at + 3))?.[0] ?? '';
      if (ending === '') text += '$`"\\'.includes(next) ? next : `\\${next}`;
      at += 1 + (ending.length || next.length);
    } else if (character === '$') {
      const end = endOfExpansion(line, at, closers);
      text += line.slice(at, end);
      at = end;
    } else {
      text += character;
      at += 1;
    }
  }
  throw notClosed('"', start);
}

/** An expansion in backticks longer than this is taken for one that is not closed. */
const longestExpansion = 4096;

/** The place after `$NAME`, `${…}`, `$(…)` or a pair of backticks; after the one character where it is none. */
function endOfExpansion(line: string, start: number, closers: Closers): number {
  if (line[start] === '`') {
    const length = line.slice(start + 1, start + longestExpansion).search(/[`\n]/);
    const end = start + 1 + length;
    return length < 0 || line[end] === '\n' ? start + 1 : end + 1;
  }
  return (closers.after(start + 1) ?? start) + 1;
}

/** Which bracket closes which, found in one pass over the line when first asked for. */
class Closers {
  private places: Map<number, number> | undefined;
  private readonly line: string;

  constructor(line: string) {
    this.line = line;
  }

  /** Place of the bracket that closes the one at `opened`; nothing where there is none. */
  after(opened: number): number | undefined {
    if (this.line[opened] !== '{' && this.line[opened] !== '(') return undefined;
    this.places ??= this.pair();
    return this.places.get(opened);
  }

  private pair(): Map<number, number> {
    const places = new Map<number, number>();
    const open: Record<string, number[]> = { '}': [], ')': [] };
    for (let at = 0; at < this.line.length; at += 1) {
      const character = this.line.charAt(at);
      if (character === '{') open['}']?.push(at);
      else if (character === '(') open[')']?.push(at);
      else if (character === '}' || character === ')') {
        const opened = open[character]?.pop();
        if (opened !== undefined) places.set(opened, at);
      }
    }
    return places;
  }
}

function notClosed(quote: string, position: number): DockerRefusal {
  const name = quote === '"' ? 'double' : 'single';
  return new DockerRefusal(
    `a ${name} quote is not closed`,
    `Add the closing ${quote}, or remove this one.`,
    position,
  );
}

/** The words of a line that a shell has split already, with the line they could have been. */
export function joinWords(argv: readonly string[]): {
  readonly line: string;
  readonly words: readonly Word[];
} {
  const words: Word[] = [];
  let line = '';
  for (const text of argv) {
    if (line !== '') line += ' ';
    const written = quoteWord(text);
    words.push({ text, start: line.length, end: line.length + written.length, quoted: written !== text });
    line += written;
  }
  return { line, words };
}

/** A word as one types it in a shell, quoted where it has to be. */
export function quoteWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
