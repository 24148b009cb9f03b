import { NotPlain } from './not-plain.ts';
import { flowValue, quotedText } from './plain-flow.ts';
import type { Place } from './refusal.ts';
import { readPlain } from './scalars.ts';
import { type Dict, isNull, leaf, type Tree } from './tree.ts';

interface Line {
  /** Spaces before the text. */
  readonly indent: number;
  /** Without the indent; comments and blank lines are left out. */
  readonly text: string;
  readonly number: number;
}

/** A key: bare, or in quotes without escapes. */
const keyAt = /^(?:([A-Za-z0-9_./@+$(~][^\s:#,[\]{}"'&*!|>%@`]*)|"([^"\\]*)"|'([^']*)') *:(?: +|$)/;

/** What a value begins with that is more than plain YAML. */
const special = /^[&*!?%@`,\]}]/;

/**
 * Reads YAML as most people write it: mappings and lists in lines of their own, scalars and collections in
 * brackets on one line, and `|` texts. It is many times faster than a reader of all of YAML, and says the same.
 *
 * @returns undefined where the text holds anything else: anchors, tags, several documents, texts over several
 *     lines, mistakes
 */
export function readPlainYaml(text: string, file: string, mostNodes: number): Tree | undefined {
  if (/[\t\r\ufeff]/.test(text) || /^(---|\.\.\.|%)/m.test(text)) return undefined;
  try {
    return new PlainReader(text.split('\n'), file, mostNodes).read();
  } catch (error) {
    if (error instanceof NotPlain || error instanceof RangeError) return undefined;
    throw error;
  }
}

class PlainReader {
  readonly #raw: readonly string[];
  readonly #file: string;
  #left: number;
  #at = 0;
  #line: Line | undefined;

  constructor(raw: readonly string[], file: string, mostNodes: number) {
    this.#raw = raw;
    this.#file = file;
    this.#left = mostNodes;
  }

  read(): Tree {
    this.#next();
    const first = this.#line;
    if (first?.indent !== 0) throw new NotPlain();
    const tree = this.#block(first);
    if (this.#line) throw new NotPlain();
    return tree;
  }

  /** Goes to the next line that says something. */
  #next(): void {
    for (; this.#at < this.#raw.length; this.#at++) {
      const raw = this.#raw[this.#at] ?? '';
      let indent = 0;
      while (raw[indent] === ' ') indent += 1;
      if (indent === raw.length || raw[indent] === '#') continue;
      this.#at += 1;
      this.#line = { indent, text: indent === 0 ? raw : raw.slice(indent), number: this.#at };
      return;
    }
    this.#line = undefined;
  }

  #place(line: Line, column: number): Place {
    this.#left -= 1;
    if (this.#left < 0) throw new NotPlain();
    return { file: this.#file, line: line.number, column: column + 1 };
  }

  #block(line: Line): Tree {
    return isItem(line.text) ? this.#list(line.indent) : this.#dict(line.indent, line.text);
  }

  #list(indent: number): Tree {
    const first = this.#line;
    if (!first) throw new NotPlain();
    const place = this.#place(first, indent);
    const items: Tree[] = [];
    while (this.#line?.indent === indent && isItem(this.#line.text)) {
      const line: Line = this.#line;
      const rest = line.text.slice(1).trimStart();
      const column = indent + line.text.length - rest.length;
      if (rest === '' || rest.startsWith('#')) items.push(this.#below(indent));
      else if (isItem(rest)) throw new NotPlain();
      else if (keyAt.test(rest)) items.push(this.#dict(column, rest));
      else items.push(this.#value(line, rest, column, indent));
    }
    if (this.#line && this.#line.indent > indent) throw new NotPlain();
    return { kind: 'list', items, place };
  }

  /** The block in the lines below, which are further in. */
  #below(indent: number): Tree {
    this.#next();
    if (!this.#line || this.#line.indent <= indent) throw new NotPlain();
    return this.#block(this.#line);
  }

  /** @param head what stands on the first line, which may be behind the dash of a list */
  #dict(indent: number, head: string): Tree {
    const first = this.#line;
    if (!first) throw new NotPlain();
    const made: Dict = { kind: 'dict', entries: new Map(), place: this.#place(first, indent) };
    let text = head;
    for (let line: Line | undefined = first; line; ) {
      const [whole, bare, double, single] = keyAt.exec(text) ?? [];
      if (whole === undefined) throw new NotPlain();
      const key = bare ?? double ?? single ?? '';
      // Numbers and switches are no keys, merges are no plain ones, and two of a kind are a mistake.
      if (
        made.entries.has(key) ||
        key === '<<' ||
        (bare !== undefined && typeof readPlain(bare) !== 'string')
      )
        throw new NotPlain();
      const place = this.#place(line, indent);
      const rest = text.slice(whole.length);
      const value =
        rest === '' || rest.startsWith('#')
          ? this.#ofKey(indent, place)
          : this.#value(line, rest, indent + whole.length, indent);
      // Nothing has no place of its own.
      made.entries.set(key, { place, value: isNull(value) ? leaf(null, place) : value });
      line = this.#line;
      if (!line || line.indent < indent) break;
      if (line.indent > indent || isItem(line.text)) throw new NotPlain();
      text = line.text;
    }
    return made;
  }

  /** What stands below a key; a list may be as far out as the key. */
  #ofKey(indent: number, place: Place): Tree {
    this.#next();
    const line = this.#line;
    if (line && (line.indent > indent || (line.indent === indent && isItem(line.text))))
      return this.#block(line);
    this.#left -= 1;
    return leaf(null, place);
  }

  /** A value that begins on this line. */
  #value(line: Line, rest: string, column: number, indent: number): Tree {
    if (special.test(rest) || /^[-?:](\s|$)/.test(rest)) throw new NotPlain();
    const [first] = rest;
    if (first === '|' || first === '>') return this.#literal(line, rest, column, indent);
    const place = this.#place(line, column);
    let tree: Tree;
    if (first === '[' || first === '{') {
      const flow = flowValue(rest, (at) => this.#place(line, column + at), place);
      ends(rest, flow.end);
      tree = flow.tree;
    } else if (first === '"' || first === "'") {
      const quoted = quotedText(rest, 0);
      ends(rest, quoted.end);
      tree = leaf(quoted.text, place);
    } else {
      const comment = rest.indexOf(' #');
      const plain = (comment < 0 ? rest : rest.slice(0, comment)).trimEnd();
      if (plain.includes(': ') || plain.endsWith(':')) throw new NotPlain();
      tree = leaf(readPlain(plain), place);
    }
    this.#next();
    // What is further in would go on with it.
    if (this.#line && this.#line.indent > indent) throw new NotPlain();
    return tree;
  }

  /** A `|` text; folded ones and those that keep their blank lines are left to the whole reader. */
  #literal(line: Line, rest: string, column: number, indent: number): Tree {
    const header = /^\|(-?)(?: +#.*| *)$/.exec(rest);
    if (!header) throw new NotPlain();
    const place = this.#place(line, column);
    const lines: string[] = [];
    let inner = -1;
    for (; this.#at < this.#raw.length; this.#at++) {
      const raw = this.#raw[this.#at] ?? '';
      const width = raw.length - raw.trimStart().length;
      const isBlank = width === raw.length;
      if (inner < 0) {
        // Blank lines before the text could be further in than it.
        if (isBlank) throw new NotPlain();
        if (width <= indent) throw new NotPlain();
        inner = width;
      } else if (!isBlank && width < inner) break;
      lines.push(raw.slice(inner));
    }
    while (lines.length > 0 && lines.at(-1)?.trim() === '') {
      // Blanks at the end would have to be kept in part.
      if (lines.at(-1) !== '') throw new NotPlain();
      lines.pop();
    }
    if (lines.length === 0) throw new NotPlain();
    this.#next();
    if (this.#line && this.#line.indent > indent) throw new NotPlain();
    return leaf(`${lines.join('\n')}${header[1] === '-' ? '' : '\n'}`, place);
  }
}

function isItem(text: string): boolean {
  return text[0] === '-' && (text.length === 1 || text[1] === ' ');
}

/** Nothing but a comment may stand behind a value in quotes or brackets. */
function ends(text: string, at: number): void {
  if (!/^ *$|^ +#/.test(text.slice(at))) throw new NotPlain();
}
