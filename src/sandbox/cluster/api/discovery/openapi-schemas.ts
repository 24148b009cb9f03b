import type { describeScalar, describeType } from '../../schema/descriptions.ts';
import {
  type FieldSchema,
  kindSchema,
  knownType,
  type Scalar,
  typeSchema,
  type ValueSchema,
} from '../../schema/type-lines.ts';
import type { Discovered } from './served-parts.ts';

/** What the texts come from; they are loaded by themselves. */
export interface Texts {
  readonly describeType: typeof describeType;
  readonly describeScalar: typeof describeScalar;
}

const metaPrefix = 'io.k8s.apimachinery.pkg.apis.';

/** A type as the documents name it: `io.k8s.api.core.v1.Pod`. */
function openApiName(id: string): string {
  return id.startsWith('meta.') ? `${metaPrefix}${id}` : `io.k8s.api.${id}`;
}

/** How a document refers to a type. */
export function openApiRef(id: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${openApiName(id)}` };
}

/** The type of a kind; undefined for kinds of which nothing is recorded. */
export function typeOfKind(group: string, version: string, kind: string): string | undefined {
  return kindSchema(group === '' ? version : `${group}/${version}`, kind)?.id;
}

/** All types that the kinds of a group need, as OpenAPI schemas. */
export function openApiSchemas(
  found: readonly Discovered[],
  texts: Texts,
): Readonly<Record<string, unknown>> {
  const schemas: Record<string, unknown> = scalarSchemas(texts);
  const need = (id: string): void => {
    const name = openApiName(id);
    if (Object.hasOwn(schemas, name) || !typeSchema(id)) return;
    schemas[name] = null;
    schemas[name] = schemaOf(id, texts, need);
  };
  need('meta.v1.DeleteOptions');
  need('meta.v1.Status');
  for (const { group, version, kind, parts } of found) {
    const kinds = [
      [group, version, kind] as const,
      ...parts.map((part) => [...groupOf(part.apiVersion, group, version), part.kind] as const),
    ];
    for (const each of kinds) {
      const id = typeOfKind(...each);
      if (id === undefined) continue;
      need(id);
      const [itsGroup, itsVersion, itsKind] = each;
      const name = openApiName(id);
      schemas[name] = {
        ...(schemas[name] as object),
        'x-kubernetes-group-version-kind': [{ group: itsGroup, kind: itsKind, version: itsVersion }],
      };
    }
  }
  return schemas;
}

function groupOf(apiVersion: string | undefined, group: string, version: string): readonly [string, string] {
  if (apiVersion === undefined) return [group, version];
  const [itsVersion = '', itsGroup = ''] = apiVersion.split('/').reverse();
  return [itsGroup, itsVersion];
}

function schemaOf(id: string, texts: Texts, need: (id: string) => void): unknown {
  const type = knownType(id);
  const { type: told, fields } = texts.describeType(type);
  const required = [...type.fields.values()].filter((field) => field.required).map(({ name }) => name);
  const properties = [...type.fields.values()].map((field) => [
    field.name,
    fieldSchema(field, fields.get(field.name) ?? '', need),
  ]);
  return {
    description: told,
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(properties),
    ...(type.atomic ? { 'x-kubernetes-map-type': 'atomic' } : {}),
  };
}

function fieldSchema(field: FieldSchema, description: string, need: (id: string) => void): unknown {
  const { value, keys, isSet, atomic, merges, retainsKeys, mergeKey } = field;
  const strategy = [...(merges ? ['merge'] : []), ...(retainsKeys ? ['retainKeys'] : [])].join(',');
  const listType = value.is === 'list' ? (keys ? 'map' : isSet ? 'set' : 'atomic') : undefined;
  const inner = valueSchema(value, need);
  // A reference has no room for a description beside it.
  const told = '$ref' in inner ? { allOf: [inner] } : inner;
  return {
    description,
    ...(value.is === 'struct' && !field.pointer ? { default: {} } : {}),
    ...told,
    ...(keys ? { 'x-kubernetes-list-map-keys': keys } : {}),
    ...(listType ? { 'x-kubernetes-list-type': listType } : {}),
    ...(atomic ? { 'x-kubernetes-map-type': 'atomic' } : {}),
    ...(mergeKey ? { 'x-kubernetes-patch-merge-key': mergeKey } : {}),
    ...(strategy ? { 'x-kubernetes-patch-strategy': strategy } : {}),
  };
}

function valueSchema(value: ValueSchema, need: (id: string) => void): object {
  switch (value.is) {
    case 'struct':
      need(value.type);
      return openApiRef(value.type);
    case 'list':
      return { type: 'array', items: itemSchema(value.item, need) };
    case 'map':
      return { type: 'object', additionalProperties: itemSchema(value.item, need) };
    default: {
      const [type, format] = plainTypes[value.scalar] ?? [];
      if (type === undefined) return { $ref: `#/components/schemas/${scalarNames[value.scalar]}` };
      return { type, ...(format ? { format } : {}), ...(value.values ? { enum: value.values } : {}) };
    }
  }
}

function itemSchema(value: ValueSchema, need: (id: string) => void): object {
  const inner = valueSchema(value, need);
  return '$ref' in inner
    ? { allOf: [inner], ...(value.is === 'struct' ? { default: {} } : {}) }
    : { ...inner, default: defaultOf(value) };
}

function defaultOf(value: ValueSchema): unknown {
  if (value.is !== 'scalar') return undefined;
  return value.scalar === 'i' || value.scalar === 'l' ? 0 : '';
}

const plainTypes: Readonly<Record<string, readonly [type: string, format?: string]>> = {
  s: ['string'],
  b: ['boolean'],
  i: ['integer', 'int32'],
  l: ['integer', 'int64'],
  bytes: ['string', 'byte'],
};

const scalarNames: Readonly<Record<string, string>> = {
  time: `${metaPrefix}meta.v1.Time`,
  micro: `${metaPrefix}meta.v1.MicroTime`,
  fields: `${metaPrefix}meta.v1.FieldsV1`,
  quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  intstr: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  raw: 'io.k8s.apimachinery.pkg.runtime.RawExtension',
};

/** Go types that have a form of their own in JSON. */
function scalarSchemas({ describeScalar }: Texts): Record<string, unknown> {
  const named = (scalar: Scalar, shape: object) => [
    scalarNames[scalar],
    { description: describeScalar(scalar), ...shape },
  ];
  return Object.fromEntries([
    named('time', { type: 'string', format: 'date-time' }),
    named('micro', { type: 'string', format: 'date-time' }),
    named('fields', { type: 'object' }),
    named('quantity', { oneOf: [{ type: 'string' }, { type: 'number' }] }),
    named('intstr', { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] }),
    named('raw', { type: 'object' }),
  ]);
}
