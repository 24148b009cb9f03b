import { nearest } from '../../nearest.ts';
import { ComposeRefusal } from './refusal.ts';
import { scalarText } from './scalars.ts';
import type { Dict, Tree } from './tree.ts';

/** The keys that lead to a place, the last one first. */
export interface Path {
  readonly key: string;
  readonly above: Path | undefined;
}

/** Reads what stands at a path, or refuses it. */
export type Shape<Value> = (tree: Tree, path: Path) => Value;

/** What a shape reads. */
export type ValueOf<S> = S extends Shape<infer Value> ? Value : never;

/** A path as people write it: `services.web.ports[0]`. */
function pathText(path: Path | undefined): string {
  if (!path) return '';
  const before = pathText(path.above);
  return path.key.startsWith('[') || before === '' ? `${before}${path.key}` : `${before}.${path.key}`;
}

/** A refusal of what stands at a path: `services.web.ports has to be a list`. */
export function misfit(tree: Tree, path: Path, what: string, hint = ''): ComposeRefusal {
  const isEmpty = tree.kind === 'leaf' && tree.value === null;
  const advice =
    hint === ''
      ? isEmpty
        ? 'It is empty. Give it a value, or take the key out.'
        : `It is ${kindOf(tree)}.`
      : hint;
  return new ComposeRefusal(`${pathText(path)} ${what}`, advice, tree.place);
}

function kindOf(tree: Tree): string {
  if (tree.kind === 'list') return 'a list';
  if (tree.kind === 'dict') return 'a mapping';
  if (typeof tree.value === 'boolean') return `${tree.value}, a switch; in quotes it is a text`;
  if (typeof tree.value === 'string') return 'a text';
  return 'a number; in quotes it is a text';
}

/** A text. */
export const text: Shape<string> = (tree, path) => {
  if (tree.kind === 'leaf' && typeof tree.value === 'string') return tree.value;
  throw misfit(tree, path, 'has to be a text');
};

/** A text, or a number that is taken as one. */
export const textOrNumber: Shape<string> = (tree, path) => {
  if (tree.kind === 'leaf' && ['string', 'number', 'bigint'].includes(typeof tree.value))
    return scalarText(tree.value);
  throw misfit(tree, path, 'has to be a text or a number');
};

/** A text, or anything else of one word that is taken as one. */
export const anyText: Shape<string> = (tree, path) => {
  if (tree.kind === 'leaf' && tree.value !== null) return scalarText(tree.value);
  throw misfit(tree, path, 'has to be a text');
};

const yes = /^(true|y|yes|on)$/i;
const no = /^(false|n|no|off)$/i;

/** A switch; compose takes the words of YAML 1.1 in quotes too. */
export const flag: Shape<boolean> = (tree, path) => {
  const value = tree.kind === 'leaf' ? tree.value : undefined;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && yes.test(value)) return true;
  if (typeof value === 'string' && no.test(value)) return false;
  throw misfit(tree, path, 'has to be true or false');
};

/** A number of whole ones. */
export const whole: Shape<number> = (tree, path) => {
  const value = number(tree);
  if (value !== undefined && Number.isSafeInteger(value)) return value;
  throw misfit(tree, path, 'has to be a whole number');
};

/** A number, maybe with a fraction. */
export const decimal: Shape<number> = (tree, path) => {
  const value = number(tree);
  if (value !== undefined && Number.isFinite(value)) return value;
  throw misfit(tree, path, 'has to be a number');
};

function number(tree: Tree): number | undefined {
  const value = tree.kind === 'leaf' ? tree.value : undefined;
  if (typeof value === 'string' && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value)) return Number(value);
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

/** One of these words. */
export function word<const Words extends readonly string[]>(...words: Words): Shape<Words[number]> {
  return (tree, path) => {
    const given = text(tree, path);
    const known = words.find((each) => each === given);
    if (known !== undefined) return known;
    throw misfit(tree, path, `is ${JSON.stringify(given)}`, `It is one of ${words.join(', ')}.`);
  };
}

/** What another shape reads, made something else. */
export function as<From, To>(
  shape: Shape<From>,
  make: (value: From) => To | undefined,
  what: string,
): Shape<To> {
  return (tree, path) => {
    const value = make(shape(tree, path));
    if (value !== undefined) return value;
    throw misfit(
      tree,
      path,
      what,
      tree.kind === 'leaf' ? `It is ${JSON.stringify(scalarText(tree.value))}.` : '',
    );
  };
}

/** A list. */
export function listOf<Value>(item: Shape<Value>): Shape<readonly Value[]> {
  return (tree, path) => {
    if (tree.kind !== 'list') throw misfit(tree, path, 'has to be a list');
    return tree.items.map((each, index) => item(each, { key: `[${index}]`, above: path }));
  };
}

/** A list, or one item alone. */
export function oneOrMore<Value>(item: Shape<Value>): Shape<readonly Value[]> {
  const items = listOf(item);
  return (tree, path) =>
    tree.kind === 'leaf' && tree.value !== null ? [item(tree, path)] : items(tree, path);
}

const nameOfResource = /^[a-zA-Z0-9._-]+$/;

/** A mapping with keys that the user chooses. */
export function dictOf<Value>(
  value: Shape<Value>,
  keys: RegExp = nameOfResource,
): Shape<Readonly<Record<string, Value>>> {
  return (tree, path) => {
    const read: [string, Value][] = [];
    for (const [key, entry] of mapping(tree, path).entries) {
      if (!keys.test(key)) {
        throw new ComposeRefusal(
          `${pathText(path)} cannot have the key ${JSON.stringify(key)}`,
          'Letters, digits, dots, hyphens and underscores can stand in a name.',
          entry.place,
        );
      }
      read.push([key, value(entry.value, { key, above: path })]);
    }
    // Not by assignment: `__proto__` is a name like any other.
    return Object.fromEntries(read);
  };
}

type Shapes = Readonly<Record<string, Shape<unknown>>>;

/** What an object of these keys reads: those that are needed are there. */
type ObjectOf<Keys extends Shapes, Needed extends keyof Keys> = {
  readonly [Key in Exclude<keyof Keys, Needed>]?: ValueOf<Keys[Key]>;
} & { readonly [Key in Needed]: ValueOf<Keys[Key]> };

/** A mapping with these keys and no others, but for extensions: `x-…`. */
export function object<const Keys extends Shapes, Needed extends keyof Keys & string = never>(
  keys: Keys,
  needed: readonly Needed[] = [],
): Shape<ObjectOf<Keys, Needed>> {
  return (tree, path) => {
    const read: [string, unknown][] = [];
    for (const [key, entry] of mapping(tree, path).entries) {
      if (key.startsWith('x-')) continue;
      const shape = Object.hasOwn(keys, key) ? keys[key] : undefined;
      if (!shape) throw unknownKey(key, entry.place, path, Object.keys(keys));
      read.push([key, shape(entry.value, { key, above: path })]);
    }
    for (const key of needed) {
      if (!read.some(([each]) => each === key))
        throw misfit(tree, path, `needs the key ${key}`, `Add \`${key}:\` to it.`);
    }
    return Object.fromEntries(read) as ObjectOf<Keys, Needed>;
  };
}

function unknownKey(
  key: string,
  place: ConstructorParameters<typeof ComposeRefusal>[2],
  path: Path,
  known: readonly string[],
): ComposeRefusal {
  const near = nearest(key, known, 1);
  const where = pathText(path) === '' ? 'a compose file' : pathText(path);
  return new ComposeRefusal(
    `${where} has no key ${JSON.stringify(key)}`,
    near[0] === undefined ? 'An extension of your own begins with x-.' : `Did you mean ${near[0]}?`,
    place,
  );
}

/** A mapping, whatever its keys are. */
export function mapping(tree: Tree, path: Path): Dict {
  if (tree.kind === 'dict') return tree;
  throw misfit(
    tree,
    path,
    'has to be a mapping',
    tree.kind === 'leaf' && tree.value === null ? '' : 'Write `key: value` in lines of their own.',
  );
}

/** Nothing at all, or what another shape reads. */
export function maybe<Value>(shape: Shape<Value>): Shape<Value | undefined> {
  return (tree, path) => (tree.kind === 'leaf' && tree.value === null ? undefined : shape(tree, path));
}

/** A short form, one text, that is made the long one before it is read. */
export function orShort<Value>(shape: Shape<Value>, short: Shape<unknown> = text): Shape<Value> {
  return (tree, path) => {
    if (tree.kind !== 'leaf') return shape(tree, path);
    short(tree, path);
    return undefined as Value;
  };
}

/** A list of names, or a mapping by name; the list is made a mapping before it is read. */
export function orNames<Value>(shape: Shape<Value>): Shape<Value> {
  const names = listOf(text);
  return (tree, path) => {
    if (tree.kind !== 'list') return shape(tree, path);
    names(tree, path);
    return undefined as Value;
  };
}

/** `KEY=value` in a list, or a mapping; what has no value is null (types/mapping.go of compose-go). */
export const pairs: Shape<Readonly<Record<string, string | null>>> = (tree, path) => {
  const read: [string, string | null][] = [];
  if (tree.kind === 'list') {
    for (const [index, item] of tree.items.entries()) {
      const given = text(item, { key: `[${index}]`, above: path });
      const equals = given.indexOf('=');
      if (/\s=/.test(given.slice(0, equals + 1))) {
        throw misfit(
          item,
          { key: `[${index}]`, above: path },
          'has a blank before the =',
          'Take the blank out.',
        );
      }
      read.push(equals < 0 ? [given, null] : [given.slice(0, equals), given.slice(equals + 1)]);
    }
  } else {
    for (const [key, { value }] of mapping(tree, path).entries) {
      if (value.kind !== 'leaf')
        throw misfit(value, { key, above: path }, 'has to be a text, a number or a switch');
      read.push([key, value.value === null ? null : scalarText(value.value)]);
    }
  }
  return Object.fromEntries(read);
};

/** The same, where no value is an empty one: labels, options. */
export const texts: Shape<Readonly<Record<string, string>>> = (tree, path) =>
  Object.fromEntries(Object.entries(pairs(tree, path)).map(([key, value]) => [key, value ?? '']));

/** Any mapping of values that are taken as texts. */
export const options: Shape<Readonly<Record<string, string>>> = (tree, path) =>
  texts(mapping(tree, path), path);
