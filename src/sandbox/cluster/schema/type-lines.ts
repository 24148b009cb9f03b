import { coreTypes } from './core-types.ts';
import { otherTypes } from './other-types.ts';

/** What a value of the API is. */
export type ValueSchema =
  | {
      readonly is: 'scalar';
      readonly scalar: Scalar;
      /** Its name in Go where it has one, such as `v1.PullPolicy`. */
      readonly goName?: string;
      readonly values?: readonly string[];
    }
  | { readonly is: 'struct'; readonly type: string }
  | { readonly is: 'list'; readonly item: ValueSchema }
  | { readonly is: 'map'; readonly item: ValueSchema; readonly goName?: string };

/** s string, b boolean, i int32, l int64; `raw` is JSON of any shape. */
export type Scalar =
  | 's'
  | 'b'
  | 'i'
  | 'l'
  | 'bytes'
  | 'time'
  | 'micro'
  | 'quantity'
  | 'intstr'
  | 'raw'
  | 'fields';

export interface FieldSchema {
  readonly name: string;
  /** In protocol buffers: `3`, or `2.3` for a field of what is embedded; empty for `kind` and `apiVersion`. */
  readonly number: string;
  readonly value: ValueSchema;
  /** Says the OpenAPI document; whether it really has to be there is the kind's validation. */
  readonly required: boolean;
  /** Whether it is written even when it is empty, as Go does with fields that have no `omitempty`. */
  readonly always: boolean;
  /** Whether Go tells an empty value from none. */
  readonly pointer: boolean;
  /** How a strategic merge patch treats it. */
  readonly merges: boolean;
  readonly retainsKeys: boolean;
  readonly mergeKey?: string;
  /** How server-side apply sees a list: by these keys, as a set, or as a whole when it is left out. */
  readonly keys?: readonly string[];
  readonly isSet: boolean;
  /** A map that server-side apply sees as a whole. */
  readonly atomic: boolean;
}

export interface TypeSchema {
  /** Such as `core.v1.PodSpec`, `meta.v1.ObjectMeta`. */
  readonly id: string;
  /** Without the room. */
  readonly name: string;
  /** As Go's messages show it: `v1.PodSpec`. */
  readonly goName: string;
  readonly fields: ReadonlyMap<string, FieldSchema>;
  /** Whether server-side apply sees it as a whole. */
  readonly atomic: boolean;
}

let lines: ReadonlyMap<string, string> | undefined;
const parsed = new Map<string, TypeSchema>();

/**
 * A type of the API by its id. The lines are read when they are first asked for.
 *
 * A line is the name and its fields, `name#number!+:*type~patch%list`: the number in protocol
 * buffers, where it does not follow the one before, `!` is required, `+` written though empty,
 * `*` a pointer in Go, `[]` a list, `{}` a map (with its Go name), `<Name=One,Two>` the Go name of a text
 * and its values, `~merge=key` the patch strategy, `%key` how apply sees a list.
 *
 * @returns undefined when there is none
 */
export function typeSchema(id: string): TypeSchema | undefined {
  const known = parsed.get(id);
  if (known) return known;
  lines ??= new Map([...linesOf(coreTypes), ...linesOf(otherTypes)]);
  const line = lines.get(id);
  if (line === undefined) return undefined;
  const type = parseType(id, line);
  parsed.set(id, type);
  return type;
}

/** The ids of all types, those of the core first. */
export function typeIds(): readonly string[] {
  lines ??= new Map([...linesOf(coreTypes), ...linesOf(otherTypes)]);
  return [...lines.keys()];
}

/** The type of a kind: `core.v1.Pod` of `v1` and `Pod`, `rbac.v1.Role` of `rbac.authorization.k8s.io/v1`. */
export function kindSchema(apiVersion: string, kind: string): TypeSchema | undefined {
  const [version = '', group = 'core'] = apiVersion.split('/').reverse();
  const [room = ''] = group.split('.');
  return typeSchema(`${room}.${version}.${kind}`);
}

/** The type of a kind that is served. */
export function servedSchema({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): TypeSchema {
  const found = kindSchema(apiVersion, kind);
  if (!found) throw new Error(`there is no kind ${kind} in ${apiVersion}`);
  return found;
}

/** A type that is known to be there, as everything that the lines refer to is. */
export function knownType(id: string): TypeSchema {
  const found = typeSchema(id);
  if (!found) throw new Error(`there is no type ${id}`);
  return found;
}

function linesOf(text: string): [string, string][] {
  let room = '';
  return text
    .trim()
    .split('\n')
    .flatMap((line): [string, string][] => {
      if (line.startsWith('# ')) {
        room = line.slice(2);
        return [];
      }
      const end = line.search(/[ %]|$/);
      return [[`${room}.${line.slice(0, end)}`, line]];
    });
}

function parseType(id: string, line: string): TypeSchema {
  const [head = '', ...texts] = line.split(' ');
  const [name = '', atomic] = head.split('%');
  const room = id.slice(0, id.length - name.length - 1);
  const version = room.slice(room.lastIndexOf('.') + 1);
  const fields = new Map<string, FieldSchema>();
  let next = '1';
  for (const text of texts) {
    const field = parseField(text, room, next);
    if (field.number !== '') next = field.number.replace(/\d+$/, (last) => `${Number(last) + 1}`);
    fields.set(field.name, field);
  }
  return { id, name, goName: `${version}.${name}`, fields, atomic: atomic !== undefined };
}

function parseField(text: string, room: string, next: string): FieldSchema {
  const parts = /^([^#!+:]+)(?:#([\d.]*))?(!?)(\+?):(\*?)([^~%]+)(?:~([^%]+))?(?:%(.+))?$/.exec(text);
  if (!parts) throw new Error(`not a field: ${text}`);
  const [, name = '', number, required, always, pointer, type = '', patch = '', list] = parts;
  const [strategy = '', mergeKey] = patch.split('=');
  const strategies = strategy.split(',');
  const keys = list === undefined || list === 'set' || list === 'atomic' ? undefined : list.split(',');
  return {
    name,
    number: number ?? next,
    value: parseValue(type, room),
    required: required !== '',
    always: always !== '',
    pointer: pointer !== '',
    merges: strategies.includes('merge'),
    retainsKeys: strategies.includes('retainKeys'),
    ...(mergeKey === undefined ? {} : { mergeKey }),
    ...(keys ? { keys } : {}),
    isSet: list === 'set',
    atomic: list === 'atomic',
  };
}

function parseValue(text: string, room: string): ValueSchema {
  if (text.startsWith('[]')) return { is: 'list', item: parseValue(text.slice(2), room) };
  if (text.startsWith('{')) {
    // `{map[v1.ResourceName]resource.Quantity}quantity`
    const end = text.indexOf('}');
    const goName = text.slice(1, end);
    const item = parseValue(text.slice(end + 1), room);
    return goName === '' ? { is: 'map', item } : { is: 'map', item, goName: qualified(goName) };
  }
  const [, scalar = '', own] = /^([a-z]+)(?:<(.*)>)?$/.exec(text) ?? [];
  if (scalar !== '') {
    const [goName = '', values] = (own ?? '').split('=');
    return {
      is: 'scalar',
      scalar: scalar as Scalar,
      ...(goName === '' ? {} : { goName: qualified(goName) }),
      ...(values === undefined ? {} : { values: values.split(',') }),
    };
  }
  return { is: 'struct', type: text.includes('.') ? text : `${room}.${text}` };
}

function qualified(goName: string): string {
  return goName.includes('.') ? goName : `v1.${goName}`;
}
