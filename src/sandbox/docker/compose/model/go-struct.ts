import { byGoYaml4, byKey } from '../../../go/go-order.ts';
/** How a value of a compose file is written: JSON is what hashes are made of, YAML is what people read. */
export type Writing = 'json' | 'yaml';

/** A value as it is written; a Map keeps its keys in the order they were put into it. */
export type Written = string | number | boolean | null | readonly Written[] | ReadonlyMap<string, Written>;

/** Makes what is written of a value; undefined leaves the key out. */
export type Write = (value: unknown, writing: Writing) => Written | undefined;

/** Keys of a struct of compose-go in the order of its fields, each with how it is written. */
export type Fields = readonly (string | readonly [key: string, write: Write])[];

/** A field with `omitempty`: left out where it is empty. */
const plain: Write = (value, writing) => (isEmpty(value) ? undefined : written(value, writing));

/** A pointer with `omitempty`: left out where it is not there. */
export const pointer: Write = (value, writing) =>
  value === undefined || value === null ? undefined : written(value, writing);

/** A size, which is written as a text. */
export const size: Write = (value) => (isEmpty(value) ? undefined : String(value));

/** A list of words: JSON says null where there is none, YAML leaves it out (types/command.go). */
export const shellCommand: Write = (value, writing) => {
  if (value === undefined || value === null) return writing === 'json' ? null : undefined;
  return written(value, writing);
};

/** A switch that is on where nothing is said. */
export const optOut: Write = (value) => (value === false ? false : undefined);

/** A struct behind a pointer: `{}` where nothing in it is said, left out where it is not there. */
export const struct =
  (fields: Fields): Write =>
  (value, writing) =>
    value === undefined || value === null ? undefined : fieldsOf(value, fields, writing);

/** A struct that is there always: JSON does not leave it out, YAML does where it is empty. */
export const embedded =
  (fields: Fields): Write =>
  (value, writing) => {
    const made = fieldsOf(value ?? {}, fields, writing);
    return writing === 'yaml' && made.size === 0 ? undefined : made;
  };

/** A list; one without items is left out. */
export const listOf =
  (item: Write): Write =>
  (value, writing) => {
    const items = (value ?? []) as readonly unknown[];
    return items.length === 0 ? undefined : items.map((each) => item(each, writing) ?? null);
  };

/** A mapping by names of the user's, in order; one without entries is left out. */
export const mapOf =
  (item: Write): Write =>
  (value, writing) => {
    const entries = Object.entries((value ?? {}) as object).sort(orderOf(writing));
    if (entries.length === 0) return undefined;
    return new Map(entries.map(([key, each]) => [key, item(each, writing) ?? null]));
  };

/** A struct, field after field. */
export function fieldsOf(value: unknown, fields: Fields, writing: Writing): ReadonlyMap<string, Written> {
  const made = new Map<string, Written>();
  for (const field of fields) {
    const [key, write] = typeof field === 'string' ? [field, plain] : field;
    const one = write((value as Record<string, unknown>)[key], writing);
    if (one !== undefined) made.set(key, one);
  }
  return made;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** A value as it is, the keys of mappings in order. */
export function written(value: unknown, writing: Writing): Written {
  if (Array.isArray(value)) return value.map((each) => written(each, writing));
  if (typeof value !== 'object' || value === null) return (value ?? null) as Written;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return new Map(entries.sort(orderOf(writing)).map(([key, each]) => [key, written(each, writing)]));
}

type Order = (one: readonly [string, unknown], other: readonly [string, unknown]) => number;

function orderOf(writing: Writing): Order {
  return writing === 'yaml' ? ([one], [other]) => byGoYaml4(one, other) : byKey;
}
