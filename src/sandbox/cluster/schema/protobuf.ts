import {
  type FieldSchema,
  kindSchema,
  knownType,
  type Scalar,
  type TypeSchema,
  type ValueSchema,
} from './type-lines.ts';

/** A body that is no object in the API's binary form. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

interface Entry {
  readonly number: number;
  readonly wire: number;
  /** Of wire type 0. */
  readonly value: bigint;
  /** Of wire type 2. */
  readonly bytes: Uint8Array;
}

/**
 * Reads an object as kubectl sends it where it uses its typed clients: protocol buffers in an envelope that
 * says the kind (k8s.io/apimachinery/pkg/runtime/serializer/protobuf). The result is what the same object
 * would be in JSON.
 *
 * @throws ProtobufError for what is none, and for kinds that are not recorded
 */
export function fromProtobuf(body: Uint8Array): Readonly<Record<string, unknown>> {
  const magic = [0x6b, 0x38, 0x73, 0x00];
  if (magic.some((byte, index) => body[index] !== byte))
    throw new ProtobufError('the body is no object of the API');
  const envelope = entriesOf(body.subarray(magic.length));
  const typeMeta = entriesOf(bytesOf(envelope, 1));
  const apiVersion = text(bytesOf(typeMeta, 1));
  const kind = text(bytesOf(typeMeta, 2));
  const type =
    apiVersion === '' && kind === '' ? undefined : (kindSchema(apiVersion, kind) ?? optionsType(kind));
  if (!type) throw new ProtobufError(`the kind ${kind} of ${apiVersion} is not known`);
  return { apiVersion, kind, ...structOf(type, bytesOf(envelope, 2)) };
}

/** DeleteOptions come in any group's version. */
function optionsType(kind: string): TypeSchema | undefined {
  return kind === 'DeleteOptions' ? knownType('meta.v1.DeleteOptions') : undefined;
}

function structOf(type: TypeSchema, bytes: Uint8Array): Record<string, unknown> {
  const entries = entriesOf(bytes);
  const found: Record<string, unknown> = {};
  for (const field of type.fields.values()) {
    const all = entriesAt(entries, field.number);
    if (all.length === 0) continue;
    const value = fieldValue(field, all);
    if (value !== undefined) found[field.name] = value;
  }
  return found;
}

/** What stands at a number; `2.3` is the third field of what is embedded as the second. */
function entriesAt(entries: readonly Entry[], number: string): readonly Entry[] {
  const [first = '', ...rest] = number.split('.');
  const here = entries.filter((entry) => `${entry.number}` === first);
  if (rest.length === 0) return here;
  return entriesAt(
    here.flatMap(({ bytes }) => entriesOf(bytes)),
    rest.join('.'),
  );
}

function fieldValue({ value }: FieldSchema, entries: readonly Entry[]): unknown {
  if (value.is === 'list') return entries.flatMap((entry) => itemsOf(value.item, entry));
  if (value.is === 'map') {
    return Object.fromEntries(
      entries.map(({ bytes }) => {
        const pair = entriesOf(bytes);
        const [item] = pair.filter(({ number }) => number === 2);
        return [text(bytesOf(pair, 1)), item ? valueFrom(value.item, item) : emptyOf(value.item)];
      }),
    );
  }
  const last = entries.at(-1);
  return last && valueFrom(value, last);
}

/** Numbers may come packed into one entry. */
function itemsOf(item: ValueSchema, entry: Entry): readonly unknown[] {
  const isNumber = item.is === 'scalar' && ['i', 'l', 'b'].includes(item.scalar);
  if (!isNumber || entry.wire === 0) return [valueFrom(item, entry)];
  const values: unknown[] = [];
  for (let place = 0; place < entry.bytes.length; ) {
    const [value, next] = varint(entry.bytes, place);
    values.push(valueFrom(item, { ...entry, value }));
    place = next;
  }
  return values;
}

function valueFrom(schema: ValueSchema, entry: Entry): unknown {
  if (schema.is === 'struct') return structOf(knownType(schema.type), entry.bytes);
  if (schema.is === 'scalar') return scalarOf(schema.scalar, entry);
  // A list in a map stands in a message of its own.
  return entriesOf(entry.bytes).flatMap((each) => itemsOf(schema.item, each));
}

function scalarOf(scalar: Scalar, { value, bytes }: Entry): unknown {
  switch (scalar) {
    case 's':
      return text(bytes);
    case 'b':
      return value !== 0n;
    case 'i':
    case 'l':
      return Number(BigInt.asIntN(64, value));
    case 'bytes':
      return btoa(String.fromCharCode(...bytes));
    case 'time':
    case 'micro':
      return timeOf(entriesOf(bytes), scalar);
    case 'quantity':
      return text(bytesOf(entriesOf(bytes), 1));
    case 'intstr': {
      const parts = entriesOf(bytes);
      const number = (at: number) =>
        Number(BigInt.asIntN(64, parts.find((each) => each.number === at)?.value ?? 0n));
      return number(1) === 1 ? text(bytesOf(parts, 3)) : number(2);
    }
    default: {
      const raw = text(bytesOf(entriesOf(bytes), 1));
      return raw === '' ? undefined : parsed(raw);
    }
  }
}

function timeOf(parts: readonly Entry[], scalar: 'time' | 'micro'): string | undefined {
  const seconds = BigInt.asIntN(64, parts.find(({ number }) => number === 1)?.value ?? 0n);
  const nanos = parts.find(({ number }) => number === 2)?.value ?? 0n;
  // Go's zero time is no time.
  if (seconds <= -62135596800n || parts.length === 0) return undefined;
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return scalar === 'time' ? `${whole}Z` : `${whole}.${`${nanos / 1000n}`.padStart(6, '0')}Z`;
}

function emptyOf(schema: ValueSchema): unknown {
  return schema.is === 'list' ? [] : '';
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw new ProtobufError('an embedded object is no JSON');
  }
}

function bytesOf(entries: readonly Entry[], number: number): Uint8Array {
  return entries.findLast((entry) => entry.number === number)?.bytes ?? new Uint8Array();
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

const nothing = new Uint8Array();

/** https://protobuf.dev/programming-guides/encoding/ */
function entriesOf(bytes: Uint8Array): Entry[] {
  const entries: Entry[] = [];
  for (let place = 0; place < bytes.length; ) {
    const [tag, afterTag] = varint(bytes, place);
    const number = Number(tag >> 3n);
    const wire = Number(tag & 7n);
    if (wire === 0) {
      const [value, next] = varint(bytes, afterTag);
      entries.push({ number, wire, value, bytes: nothing });
      place = next;
    } else {
      const [size, start] = wire === 2 ? varint(bytes, afterTag) : [wire === 1 ? 8n : 4n, afterTag];
      const end = start + Number(size);
      if ((wire !== 1 && wire !== 2 && wire !== 5) || end > bytes.length)
        throw new ProtobufError('the body ends too early');
      entries.push({ number, wire, value: 0n, bytes: bytes.subarray(start, end) });
      place = end;
    }
  }
  return entries;
}

function varint(bytes: Uint8Array, start: number): [value: bigint, next: number] {
  let value = 0n;
  for (const [place, byte] of bytes.subarray(start, start + 10).entries()) {
    value |= BigInt(byte & 0x7f) << BigInt(7 * place);
    if (byte < 0x80) return [value, start + place + 1];
  }
  throw new ProtobufError('the body ends too early');
}
