import type { ApiObject } from '../../cluster/object.ts';
import { decode } from '../../cluster/schema/decode.ts';
import { kindSchema, knownType, type TypeSchema, type ValueSchema } from '../../cluster/schema/type-lines.ts';
import { escapeHtml, sortedKeys } from '../../go/go-json.ts';
import { isMap, type JsonMap } from './diff-values.ts';

// kubectl has the types of the API compiled in. What it makes or changes by them is written with the fields
// in their order, and with those that Go always writes. This is the one place where it looks at the schema.

/**
 * An object as kubectl's own types write it: `status: {}` and the like are there, empty fields are not, and
 * fields are in the order of the types. What is of no such type stays as it is.
 */
export function typed<T extends ApiObject>(object: T): T {
  const type = kindSchema(object.apiVersion, object.kind);
  if (!type) return object;
  const { apiVersion, kind } = object;
  return inOrder(type, { ...decode(type, object).value, apiVersion, kind }, object) as T;
}

/** JSON in one line, fields in the order that they have. */
export function orderedJson(value: unknown): string {
  return escapeHtml(JSON.stringify(value));
}

/** JSON four blanks deep, fields in the order that they have. */
export function orderedJsonIndented(value: unknown): string {
  return `${escapeHtml(JSON.stringify(value, null, 4))}\n`;
}

/** @param original as it was: a list or a pointer that Go always writes is `null` where there was none */
function inOrder(type: TypeSchema, value: JsonMap, original: unknown): Record<string, unknown> {
  const before = isMap(original) ? original : {};
  const found: Record<string, unknown> = {};
  for (const [name, { value: schema, always, pointer }] of type.fields) {
    const isNil = always && (pointer || schema.is === 'list') && (before[name] ?? null) === null;
    if (isNil) found[name] = null;
    else if (value[name] !== undefined) found[name] = ordered(schema, value[name], before[name]);
  }
  return found;
}

function ordered(schema: ValueSchema, value: unknown, original: unknown): unknown {
  if (Array.isArray(value)) {
    const before: readonly unknown[] = Array.isArray(original) ? original : [];
    return schema.is === 'list'
      ? value.map((each, place) => ordered(schema.item, each, before[place]))
      : value;
  }
  if (!isMap(value)) return value;
  if (schema.is === 'struct') return inOrder(knownType(schema.type), value, original);
  if (schema.is !== 'map') return sortedKeys(value);
  const before = isMap(original) ? original : {};
  const sorted = sortedKeys(value) as JsonMap;
  return Object.fromEntries(
    Object.entries(sorted).map(([key, each]) => [key, ordered(schema.item, each, before[key])]),
  );
}
