import type { Place } from './refusal.ts';

/**
 * What a compose file says, with the place of every part. Steps of loading change it in place, so nothing in
 * it is shared.
 */
export type Tree = Leaf | List | Dict;

/** A whole number of a million and more is a bigint, which tells it from a fraction of the same size. */
export type Scalar = string | number | bigint | boolean | null;

export interface Leaf {
  readonly kind: 'leaf';
  value: Scalar;
  readonly place: Place;
}

export interface List {
  readonly kind: 'list';
  items: Tree[];
  readonly place: Place;
}

export interface Dict {
  readonly kind: 'dict';
  readonly entries: Map<string, Entry>;
  readonly place: Place;
  /** The text that this was written as: `8080:80`. */
  readonly short?: string;
}

export interface Entry {
  /** Of the key. */
  readonly place: Place;
  value: Tree;
}

/** A scalar. */
export function leaf(value: Scalar, place: Place): Leaf {
  return { kind: 'leaf', value, place };
}

/** A list. */
export function list(items: Tree[], place: Place): List {
  return { kind: 'list', items, place };
}

/** A mapping with these values, each with the place of the whole. */
export function dict(
  values: Readonly<Record<string, Tree | Scalar | undefined>>,
  place: Place,
  short?: string,
): Dict {
  const made: Dict = { kind: 'dict', entries: new Map(), place, ...(short === undefined ? {} : { short }) };
  for (const [key, value] of Object.entries(values)) if (value !== undefined) put(made, key, value);
  return made;
}

/** Gives a mapping a key; what was there keeps its place in the order. */
export function put(into: Dict, key: string, value: Tree | Scalar, place: Place = into.place): void {
  const tree = typeof value === 'object' && value !== null ? value : leaf(value, place);
  into.entries.set(key, { place, value: tree });
}

/** What stands at a key; undefined where the tree is no mapping or has no such key. */
export function at(tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined {
  let found = tree;
  for (const key of keys) found = found?.kind === 'dict' ? found.entries.get(key)?.value : undefined;
  return found;
}

/** The text that stands at a key. */
export function textAt(tree: Tree | undefined, ...keys: readonly string[]): string | undefined {
  const found = at(tree, ...keys);
  return found?.kind === 'leaf' && typeof found.value === 'string' ? found.value : undefined;
}

/** Whether the tree says nothing: `null`, or a key with nothing behind it. */
export function isNull(tree: Tree): boolean {
  return tree.kind === 'leaf' && tree.value === null;
}

/** A copy that shares nothing that changes. */
export function copy(tree: Dict): Dict;
export function copy(tree: Tree): Tree;
export function copy(tree: Tree): Tree {
  if (tree.kind === 'leaf') return { ...tree };
  if (tree.kind === 'list') return { ...tree, items: tree.items.map((each) => copy(each)) };
  return {
    ...tree,
    entries: new Map([...tree.entries].map(([key, each]) => [key, { ...each, value: copy(each.value) }])),
  };
}

/** A text that is the same for trees that say the same, wherever they stand and in whatever order. */
export function identity(tree: Tree): string {
  if (tree.kind === 'leaf')
    return typeof tree.value === 'string' ? JSON.stringify(tree.value) : String(tree.value);
  if (tree.kind === 'list') return `[${tree.items.map(identity).join(',')}]`;
  const entries = [...tree.entries].map(([key, { value }]) => `${JSON.stringify(key)}:${identity(value)}`);
  return `{${entries.sort().join(',')}}`;
}

/** How many values are in it. */
export function sizeOf(tree: Tree): number {
  if (tree.kind === 'leaf') return 1;
  const below = tree.kind === 'list' ? tree.items : [...tree.entries.values()].map(({ value }) => value);
  return below.reduce((sum, each) => sum + sizeOf(each), 1);
}
