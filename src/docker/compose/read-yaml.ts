import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
} from 'yaml';
import { readPlainYaml } from './plain-yaml.ts';
import { ComposeRefusal, type Place } from './refusal.ts';
import { readPlain } from './scalars.ts';
import { type Dict, dict, type Entry, leaf, list, type Scalar, type Tree } from './tree.ts';
import { refusalOf, refuseControls, tooDeep } from './yaml-slips.ts';

/** One document of a file, and what it takes away of the files before it. */
export interface YamlDocument {
  readonly root: Tree;
  /** Paths marked `!reset` or `!override`. */
  readonly replaced: readonly (readonly string[])[];
}

/** Compose gives up on a file of more values than this (loader/reset.go of compose-go). */
const mostNodes = 100_000;

/** With what anchors and merges repeat. */
const mostWithRepeats = 250_000;

/** What fits 100,000 values with room to spare. */
const mostCharacters = 4_000_000;

/**
 * Reads the documents of a compose file, with anchors, aliases and merges (`<<`) resolved.
 *
 * @param quickly whether to try the quick reader of plain YAML first, which says the same
 * @throws ComposeRefusal when it is not YAML, or more of it than compose reads
 */
export function readComposeYaml(text: string, file: string, quickly = true): YamlDocument[] {
  const start = { file, line: 1, column: 1 };
  if (text.length > mostCharacters) {
    const size = `${(text.length / 1e6).toFixed(1)} million characters`;
    throw new ComposeRefusal(
      `the file is too large: ${size}`,
      `Compose reads at most ${mostNodes} values of a file. Split it with \`include\`.`,
      start,
    );
  }
  const lines = new LineCounter();
  const place = (offset: number): Place => new Offset(file, lines, offset);
  refuseControls(text, file);
  const plain = quickly ? readPlainYaml(text, file, mostNodes) : undefined;
  if (plain) return [{ root: plain, replaced: [] }];
  const documents = parse(text, lines, start);
  const budget = { nodes: 0, repeated: 0 };
  return documents.map((document) => {
    const [slip] = document.errors;
    if (slip) throw refusalOf(slip, text, place(slip.pos[0]));
    return new Reader(place, budget).read(document);
  });
}

/** A place whose line is looked up when somebody asks for it: most never do. */
class Offset implements Place {
  readonly file: string;
  readonly #lines: LineCounter;
  readonly #offset: number;

  constructor(file: string, lines: LineCounter, offset: number) {
    this.file = file;
    this.#lines = lines;
    this.#offset = offset;
  }

  get line(): number {
    return Math.max(1, this.#lines.linePos(this.#offset).line);
  }

  get column(): number {
    return Math.max(1, this.#lines.linePos(this.#offset).col);
  }
}

function parse(text: string, lines: LineCounter, start: Place): readonly Document.Parsed[] {
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      prettyErrors: false,
      // Compose has rules of its own for what is a number: every scalar is taken as text here.
      schema: 'failsafe',
      // The library compares every key with every other.
      uniqueKeys: false,
      logLevel: 'silent',
    });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooDeep(start);
  }
}

class Reader {
  readonly #place: (offset: number) => Place;
  readonly #budget: { nodes: number; repeated: number };
  readonly #anchors = new Map<string, ParsedNode>();
  readonly #open = new Set<ParsedNode>();
  readonly #replaced: string[][] = [];
  #repeating = 0;

  constructor(place: (offset: number) => Place, budget: { nodes: number; repeated: number }) {
    this.#place = place;
    this.#budget = budget;
  }

  read(document: Document.Parsed): YamlDocument {
    try {
      const root = this.#tree(document.contents, []) ?? leaf(null, this.#place(0));
      return { root, replaced: this.#replaced };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw tooDeep(this.#place(0));
    }
  }

  /** @returns undefined for what is marked `!reset` */
  #tree(node: ParsedNode | null, path: readonly string[]): Tree | undefined {
    if (!node) return leaf(null, this.#place(0));
    if (isAlias(node)) return this.#aliased(node, path);
    const place = this.#place(node.range[0]);
    this.#count(place);
    if (node.anchor && this.#repeating === 0) this.#anchors.set(node.anchor, node);
    if (node.tag === '!reset' || node.tag === '!override') this.#replaced.push([...path]);
    if (node.tag === '!reset') return undefined;
    if (isScalar(node)) return leaf(this.#scalar(node), place);
    this.#open.add(node);
    const tree = isSeq(node) ? this.#list(node.items, path, place) : this.#dict(node, path, place);
    this.#open.delete(node);
    return tree;
  }

  #count(place: Place): void {
    this.#budget[this.#repeating > 0 ? 'repeated' : 'nodes'] += 1;
    const { nodes, repeated } = this.#budget;
    if (nodes <= mostNodes && nodes + repeated <= mostWithRepeats) return;
    throw new ComposeRefusal(
      repeated > nodes
        ? 'anchors and aliases make too much of this file'
        : `the file has more than ${mostNodes} values`,
      repeated > nodes
        ? 'Aliases that hold aliases multiply. Write it out, or use `extends`.'
        : 'Split it with `include`.',
      place,
    );
  }

  #scalar(node: ParsedNode): Scalar {
    if (!isScalar(node)) return null;
    const text = String(node.value ?? '');
    const tag = node.tag?.replace('tag:yaml.org,2002:', '!!');
    if (tag === '!!str' && node.source !== undefined) return text;
    const isPlain = node.type === 'PLAIN' || node.type === undefined;
    return isPlain || /^!!(int|float|bool|null)$/.test(tag ?? '') ? readPlain(text) : text;
  }

  #list(items: readonly (ParsedNode | null | unknown)[], path: readonly string[], place: Place): Tree {
    const trees = items.map((item, index) => this.#tree(item as ParsedNode | null, [...path, String(index)]));
    return list(
      trees.filter((each) => each !== undefined),
      place,
    );
  }

  #dict(node: ParsedNode, path: readonly string[], place: Place): Dict {
    const made = dict({}, place);
    const own = new Map<string, Place>();
    const merged: [ParsedNode | null, Place][] = [];
    for (const { key, value } of isMap(node) ? node.items : []) {
      const name = this.#key(key as ParsedNode | null, place);
      const before = own.get(name.text);
      if (before) {
        throw new ComposeRefusal(
          `the key ${JSON.stringify(name.text)} is already given in line ${before.line}`,
          'Keep one of the two.',
          name.place,
        );
      }
      own.set(name.text, name.place);
      if (name.text === '<<' && name.isPlain) merged.push([value as ParsedNode | null, name.place]);
      else {
        const tree = this.#tree(value as ParsedNode | null, [...path, name.text]);
        if (tree) made.entries.set(name.text, { place: name.place, value: placed(tree, name.place) });
      }
    }
    for (const [value, at] of merged) this.#merge(made, own, value, path, at);
    return made;
  }

  #key(key: ParsedNode | null, place: Place): { text: string; place: Place; isPlain: boolean } {
    const resolved = key && isAlias(key) ? (this.#anchors.get(key.source) ?? null) : key;
    const at = key ? this.#place(key.range[0]) : place;
    if (!resolved || !isScalar(resolved)) {
      throw new ComposeRefusal('a key has to be a text', 'Write `key: value`.', at);
    }
    if (resolved.anchor && this.#repeating === 0) this.#anchors.set(resolved.anchor, resolved);
    this.#count(at);
    const value = this.#scalar(resolved);
    if (typeof value !== 'string') {
      throw new ComposeRefusal(
        `a key has to be a text, and ${scalarWord(value)} is none`,
        'Put the key in quotes.',
        at,
      );
    }
    return { text: value, place: at, isPlain: resolved.type === 'PLAIN' };
  }

  /** What `<<` brings; keys of the mapping's own win, and so do the first of a list. */
  #merge(
    into: Dict,
    own: Map<string, Place>,
    value: ParsedNode | null,
    path: readonly string[],
    at: Place,
  ): void {
    const tree = this.#tree(value, path);
    if (!tree) return;
    const parts = tree.kind === 'list' ? tree.items : [tree];
    for (const part of parts) {
      if (part.kind !== 'dict') {
        throw new ComposeRefusal(
          '`<<` merges a mapping, or a list of mappings',
          'Give it an alias such as `*common`.',
          at,
        );
      }
      for (const [key, entry] of part.entries) {
        if (own.has(key) || into.entries.has(key)) continue;
        into.entries.set(key, entry satisfies Entry);
      }
    }
  }

  #aliased(alias: Alias.Parsed | Alias, path: readonly string[]): Tree | undefined {
    const place = this.#place(alias.range?.[0] ?? 0);
    const target = this.#anchors.get(alias.source);
    if (!target) {
      throw new ComposeRefusal(
        `*${alias.source} refers to an anchor that is not there`,
        `Mark what it should repeat with &${alias.source}, above this line. A text that begins with * goes in quotes.`,
        place,
      );
    }
    if (this.#open.has(target)) {
      throw new ComposeRefusal(
        `*${alias.source} stands inside of what it repeats`,
        'An anchor cannot hold itself.',
        place,
      );
    }
    this.#repeating += 1;
    const tree = this.#tree(target, path);
    this.#repeating -= 1;
    return tree;
  }
}

/** A value that is left out has no place of its own: it has that of its key. */
function placed(tree: Tree, place: Place): Tree {
  return tree.kind === 'leaf' && tree.value === null ? { ...tree, place } : tree;
}

function scalarWord(value: Scalar): string {
  return value === null ? 'nothing' : String(value);
}
