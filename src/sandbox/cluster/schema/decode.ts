import { decodeScalar, GoError, jsonKind } from './decode-scalar.ts';
import { type FieldSchema, knownType, type Scalar, type TypeSchema, type ValueSchema } from './type-lines.ts';

/** What was read, and what was not. */
export interface Decoded {
  readonly value: Readonly<Record<string, unknown>>;
  /** Fields that the type does not have, as strict decoding names them: `unknown field "spec.foo"`. */
  readonly unknown: readonly string[];
}

/** Where a value stands. */
interface Place {
  /** As strict errors name it: `spec.containers[0].image`. */
  readonly path: string;
  /** As Go's decoder names it: the struct, and the fields on the way, without places in lists. */
  readonly struct: string;
  readonly fields: string;
}

/**
 * Reads a value as the API server's decoder does, and writes it as its encoder does: types are checked,
 * fields that are not known are dropped, and so are empty ones that Go drops; structs that Go always writes
 * are there; quantities and times are canonical (sigs.k8s.io/json, and the types of k8s.io/api).
 *
 * @throws GoError with the decoder's words, such as `json: cannot unmarshal string into Go struct field
 *   DeploymentSpec.spec.replicas of type int32`
 */
export function decode(type: TypeSchema, value: unknown): Decoded {
  const unknown: string[] = [];
  const place: Place = { path: '', struct: '', fields: '' };
  return { value: structOf(type, value, place, unknown), unknown };
}

function structOf(
  type: TypeSchema,
  value: unknown,
  place: Place,
  unknown: string[],
): Record<string, unknown> {
  if (value === null || value === undefined) return completed(type, {});
  const given = objectOf(value, type.goName, place);
  const found: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(given)) {
    const field = type.fields.get(name);
    const path = place.path === '' ? name : `${place.path}.${name}`;
    if (!field) {
      unknown.push(`unknown field ${JSON.stringify(path)}`);
      continue;
    }
    const fields = place.fields === '' ? name : `${place.fields}.${name}`;
    const inside = fieldValue(field, each, { path, struct: type.name, fields }, unknown);
    if (inside !== undefined) found[name] = inside;
  }
  return completed(type, found);
}

/** Undefined where the encoder would leave it out. */
function fieldValue(field: FieldSchema, value: unknown, place: Place, unknown: string[]): unknown {
  if (value === null || value === undefined) return undefined;
  const found = readValue(field.value, value, place, unknown);
  return !field.pointer && !field.always && isEmpty(found) ? undefined : found;
}

function readValue(schema: ValueSchema, value: unknown, place: Place, unknown: string[]): unknown {
  switch (schema.is) {
    case 'scalar':
      return decodeScalar(schema, value, (found, type) => mismatch(found, type, place));
    case 'struct':
      return structOf(knownType(schema.type), value, place, unknown);
    case 'list': {
      if (!Array.isArray(value)) throw mismatch(jsonKind(value), goTypeOf(schema), place);
      return value.map((each, index) => {
        const path = `${place.path}[${index}]`;
        return itemOf(schema.item, each, { ...place, path }, unknown);
      });
    }
    default: {
      const given = objectOf(value, goTypeOf(schema), place);
      return Object.fromEntries(
        Object.entries(given).map(([key, each]) => {
          const path = `${place.path}.${key}`;
          return [key, itemOf(schema.item, each, { ...place, path }, unknown)];
        }),
      );
    }
  }
}

/** In a list or a map `null` is an empty value. */
function itemOf(schema: ValueSchema, value: unknown, place: Place, unknown: string[]): unknown {
  return value === null || value === undefined ? zeroOf(schema) : readValue(schema, value, place, unknown);
}

function objectOf(value: unknown, goType: string, place: Place): Readonly<Record<string, unknown>> {
  const kind = jsonKind(value);
  if (kind !== 'object') throw mismatch(kind, goType, place);
  return value as Readonly<Record<string, unknown>>;
}

function mismatch(found: string, goType: string, { struct, fields }: Place): GoError {
  const where = struct === '' ? 'Go value' : `Go struct field ${struct}.${fields}`;
  return new GoError(`json: cannot unmarshal ${found} into ${where} of type ${goType}`);
}

/** Adds what Go always writes. Lists and maps that would be written as `null` are empty here. */
function completed(type: TypeSchema, found: Record<string, unknown>): Record<string, unknown> {
  for (const field of alwaysOf(type)) {
    if (found[field.name] !== undefined) continue;
    const zero = zeroOf(field.value);
    if (zero !== undefined) found[field.name] = zero;
  }
  return found;
}

const always = new WeakMap<TypeSchema, readonly FieldSchema[]>();

function alwaysOf(type: TypeSchema): readonly FieldSchema[] {
  let fields = always.get(type);
  if (!fields) {
    fields = [...type.fields.values()].filter((field) => field.always && !field.pointer);
    always.set(type, fields);
  }
  return fields;
}

function zeroOf(schema: ValueSchema): unknown {
  switch (schema.is) {
    case 'struct':
      return completed(knownType(schema.type), {});
    case 'list':
      return [];
    case 'map':
      return {};
    default:
      return zeroes[schema.scalar];
  }
}

const zeroes: Readonly<Record<string, unknown>> = {
  s: '',
  b: false,
  i: 0,
  l: 0,
  bytes: '',
  quantity: '0',
  intstr: 0,
};

function isEmpty(value: unknown): boolean {
  if (value === '' || value === 0 || value === false) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

/** A type as Go prints it: `[]v1.Container`, `map[string]string`, `int32`. */
function goTypeOf(schema: ValueSchema): string {
  switch (schema.is) {
    case 'struct':
      return knownType(schema.type).goName;
    case 'list':
      return `[]${goTypeOf(schema.item)}`;
    case 'map':
      return schema.goName ?? `map[string]${goTypeOf(schema.item)}`;
    default:
      return schema.goName ?? scalarNames[schema.scalar];
  }
}

const scalarNames: Readonly<Record<Scalar, string>> = {
  s: 'string',
  b: 'bool',
  i: 'int32',
  l: 'int64',
  bytes: '[]uint8',
  time: 'v1.Time',
  micro: 'v1.MicroTime',
  quantity: 'resource.Quantity',
  intstr: 'intstr.IntOrString',
  raw: 'runtime.RawExtension',
  fields: 'v1.FieldsV1',
};
