import { NotPlain } from './not-plain.ts';
import type { Place } from './refusal.ts';
import { readPlain } from './scalars.ts';
import { type Dict, isNull, leaf, type Tree } from './tree.ts';

/** A collection in brackets, and the place after it. */
export interface FlowValue {
  readonly tree: Tree;
  readonly end: number;
}

const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', n: '\n', t: '\t' };

/** Reads `[a, b]` or `{a: b}` that ends on its line; throws NotPlain for anything else. */
export function flowValue(text: string, placeAt: (at: number) => Place, place: Place): FlowValue {
  return new FlowReader(text, placeAt).collection(0, place);
}

/** Reads a text in quotes that ends on its line. */
export function quotedText(text: string, start: number): { text: string; end: number } {
  if (text[start] === "'") {
    const found = /'((?:[^']|'')*)'/y;
    found.lastIndex = start;
    const match = found.exec(text);
    if (!match) throw new NotPlain();
    return { text: (match[1] ?? '').replaceAll("''", "'"), end: found.lastIndex };
  }
  const found = /"((?:[^"\\]|\\["\\/nt])*)"/y;
  found.lastIndex = start;
  const match = found.exec(text);
  if (!match) throw new NotPlain();
  const inside = match[1] ?? '';
  return {
    text: inside.includes('\\')
      ? inside.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter)
      : inside,
    end: found.lastIndex,
  };
}

/** Deeper ones are left to the whole reader. */
const deepest = 50;

class FlowReader {
  readonly #text: string;
  readonly #placeAt: (at: number) => Place;
  #at = 0;
  #depth = 0;

  constructor(text: string, placeAt: (at: number) => Place) {
    this.#text = text;
    this.#placeAt = placeAt;
  }

  collection(start: number, place: Place): FlowValue {
    this.#at = start;
    const tree = this.#collection(place);
    return { tree, end: this.#at };
  }

  #collection(place: Place): Tree {
    this.#depth += 1;
    if (this.#depth > deepest) throw new NotPlain();
    const tree = this.#text[this.#at] === '[' ? this.#list(place) : this.#dict(place);
    this.#depth -= 1;
    return tree;
  }

  #blanks(): void {
    while (this.#text[this.#at] === ' ') this.#at += 1;
  }

  #list(place: Place): Tree {
    const items: Tree[] = [];
    this.#at += 1;
    while (true) {
      this.#blanks();
      if (this.#text[this.#at] === ']') break;
      items.push(this.#value(true));
      this.#blanks();
      if (this.#text[this.#at] === ',') this.#at += 1;
      else if (this.#text[this.#at] !== ']') throw new NotPlain();
    }
    this.#at += 1;
    return { kind: 'list', items, place };
  }

  #dict(place: Place): Tree {
    const made: Dict = { kind: 'dict', entries: new Map(), place };
    this.#at += 1;
    while (true) {
      this.#blanks();
      if (this.#text[this.#at] === '}') break;
      const at = this.#placeAt(this.#at);
      const key = this.#key();
      if (made.entries.has(key)) throw new NotPlain();
      this.#blanks();
      const next = this.#text[this.#at];
      const value = next === ',' || next === '}' ? leaf(null, at) : this.#value(false);
      made.entries.set(key, { place: at, value: isNull(value) ? leaf(null, at) : value });
      this.#blanks();
      if (this.#text[this.#at] === ',') this.#at += 1;
      else if (this.#text[this.#at] !== '}') throw new NotPlain();
    }
    this.#at += 1;
    return made;
  }

  /** A key and its colon. */
  #key(): string {
    const first = this.#text[this.#at];
    if (first === '"' || first === "'") {
      const quoted = quotedText(this.#text, this.#at);
      this.#at = quoted.end;
      if (!/^: /.test(this.#text.slice(this.#at, this.#at + 2))) throw new NotPlain();
      this.#at += 1;
      return quoted.text;
    }
    const bare = /([A-Za-z_][\w./-]*):(?=[ ,}])/y;
    bare.lastIndex = this.#at;
    const key = bare.exec(this.#text)?.[1];
    if (key === undefined || typeof readPlain(key) !== 'string') throw new NotPlain();
    this.#at = bare.lastIndex;
    return key;
  }

  #value(inList: boolean): Tree {
    const start = this.#at;
    const first = this.#text[start];
    if (first === '[' || first === '{') return this.#collection(this.#placeAt(start));
    if (first === '"' || first === "'") {
      const quoted = quotedText(this.#text, start);
      this.#at = quoted.end;
      this.#blanks();
      // In a list, `"a": b` is a mapping of one.
      if (this.#text[this.#at] === ':') throw new NotPlain();
      return leaf(quoted.text, this.#placeAt(start));
    }
    const bare =
      /[^,[\]{}"'&*!|>%@`?#\s:-](?:[^,[\]{}:#\s]|:(?=[^\s,[\]{}])|(?<=\S)#| +(?=[^,[\]{}:#\s]))*|-(?:[^,[\]{}:#\s]|:(?=[^\s,[\]{}])|(?<=\S)#| +(?=[^,[\]{}:#\s]))+/y;
    bare.lastIndex = start;
    const text = bare.exec(this.#text)?.[0];
    if (text === undefined || /^- /.test(text)) throw new NotPlain();
    this.#at = bare.lastIndex;
    this.#blanks();
    const next = this.#text[this.#at];
    if (next !== ',' && next !== (inList ? ']' : '}')) throw new NotPlain();
    return leaf(readPlain(text), this.#placeAt(start));
  }
}
