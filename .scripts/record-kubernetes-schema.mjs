// Writes src/sandbox/cluster/schema/{core,other}-types.ts and {core,other}-descriptions.ts: how the objects of
// the API are built, as the API server of a real cluster and Go's decoder see them.
//
//   kubectl get --raw /openapi/v2 > openapi.json
//   go run .scripts/kubernetes-fields.go > fields.json     (in a module that requires k8s.io/api of that version)
//   node .scripts/record-kubernetes-schema.mjs openapi.json fields.json
//
// The descriptions are text of the Kubernetes project under the Apache License 2.0: see .scripts/notices/kubernetes.txt.
import { readFileSync, writeFileSync } from 'node:fs';

const [openapiFile, fieldsFile] = process.argv.slice(2);
if (!fieldsFile) throw new Error('name the files that openapi/v2 and kubernetes-fields.go were written to');
const { definitions, info } = JSON.parse(readFileSync(openapiFile, 'utf8'));
const goFields = JSON.parse(readFileSync(fieldsFile, 'utf8'));

const goScalars = {
  string: 's',
  bool: 'b',
  int32: 'i',
  int64: 'l',
  bytes: 'bytes',
  Time: 'time',
  MicroTime: 'micro',
  Quantity: 'quantity',
  IntOrString: 'intstr',
  RawExtension: 'raw',
  FieldsV1: 'fields',
};

/** `k8s.io/api/core/v1.Pod` is `core.v1.Pod` here, and `io.k8s.api.core.v1.Pod` in the OpenAPI document. */
function shortId(goName) {
  return goName
    .replace(/^k8s\.io\/api\//, '')
    .replace(/^k8s\.io\/apimachinery\/pkg\/apis\//, '')
    .replaceAll('/', '.');
}

function definitionOf(id) {
  const full = id.startsWith('meta.') ? `io.k8s.apimachinery.pkg.apis.${id}` : `io.k8s.api.${id}`;
  const found = definitions[full];
  if (!found) throw new Error(`${full} is not in the document`);
  return found;
}

const types = Object.entries(goFields).map(([goName, fields]) => {
  const id = shortId(goName);
  const cut = id.lastIndexOf('.');
  return { id, room: id.slice(0, cut), name: id.slice(cut + 1), fields, definition: definitionOf(id) };
});
types.sort((one, other) => (one.id < other.id ? -1 : 1));

function reference(goStruct, room) {
  const id = shortId(goStruct.replace(/^struct /, ''));
  return id.startsWith(`${room}.`) ? id.slice(room.length + 1) : id;
}

/** The Go type of a text or map with a name of its own, as error messages show it; `v1.` is left out. */
function ownName(goType, plain) {
  const bare = goType.replace(/^\*/, '');
  return bare === plain ? '' : bare.replace(/^v1\./, '');
}

function typeText(kind, goType, schema, room) {
  if (kind.startsWith('struct ')) return reference(kind, room);
  if (kind.startsWith('slice of '))
    return `[]${typeText(kind.slice(9), 'string', schema?.items ?? {}, room)}`;
  const scalar = goScalars[kind];
  if (!scalar) throw new Error(`no word for ${kind}`);
  if (scalar !== 's') return scalar;
  const name = ownName(goType, 'string');
  const values = schema?.enum?.join(',') ?? '';
  return name || values ? `s<${name}${values && `=${values}`}>` : 's';
}

/** @param expected the number in protocol buffers, which goes without saying where fields are numbered in order */
function fieldText(field, { definition, room }, expected) {
  const schema = definition.properties[field.name];
  const isRequired = definition.required?.includes(field.name);
  let type;
  if (field.of === 'slice') {
    type = `[]${typeText(field.elemOf, field.elem, schema.items, room)}`;
  } else if (field.of === 'map') {
    const name = ownName(field.type, `map[string]${field.elem}`);
    type = `{${name}}${typeText(field.elemOf, field.elem, schema.additionalProperties, room)}`;
  } else {
    type = typeText(field.of, field.type, schema, room);
  }
  const { strategy = '', mergeKey = '' } = field;
  const patch = strategy ? `~${strategy}${mergeKey && `=${mergeKey}`}` : '';
  const keys = schema['x-kubernetes-list-map-keys']?.join(',');
  const listType = schema['x-kubernetes-list-type'];
  const list = keys ? `%${keys}` : listType === 'set' ? '%set' : '';
  const atomic = schema['x-kubernetes-map-type'] === 'atomic' ? '%atomic' : '';
  const pointer = field.pointer ? '*' : '';
  const number = field.number === expected ? '' : `#${field.number ?? ''}`;
  return `${field.name}${number}${isRequired ? '!' : ''}${field.omits ? '' : '+'}:${pointer}${type}${patch}${list}${atomic}`;
}

function linesOf(some) {
  const lines = [];
  let room = '';
  for (const type of some) {
    if (type.room !== room) lines.push(`# ${type.room}`);
    room = type.room;
    const atomic = type.definition['x-kubernetes-map-type'] === 'atomic' ? '%atomic' : '';
    let expected = '1';
    const fields = type.fields.map((field) => {
      // Those of an object itself stand in the envelope and have no number.
      const text = fieldText(field, type, expected);
      if (field.number) expected = field.number.replace(/\d+$/, (last) => `${Number(last) + 1}`);
      return text;
    });
    lines.push([`${type.name}${atomic}`, ...fields].join(' '));
  }
  return lines;
}

const counts = new Map();
const textsOf = ({ definition, fields }) => [
  definition.description ?? '',
  ...fields.map(({ name }) => definition.properties[name].description ?? ''),
];
for (const text of types.flatMap(textsOf)) counts.set(text, (counts.get(text) ?? 0) + 1);
const shared = [...counts].filter(([, count]) => count > 1).map(([text]) => text);
const sharedIndex = new Map(shared.map((text, index) => [text, index]));

/** Types that are written as a text or a number have descriptions too. */
const scalarIds = {
  time: 'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
  micro: 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
  fields: 'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
  quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  intstr: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  raw: 'io.k8s.apimachinery.pkg.runtime.RawExtension',
};
const scalarTexts = Object.fromEntries(
  Object.entries(scalarIds).map(([word, id]) => [word, definitions[id].description ?? '']),
);

const origin = `// Written by .scripts/record-kubernetes-schema.mjs from Kubernetes ${info.version}. Do not change it by hand.
// biome-ignore-all format: a line a type`;
const licence = `// Text of the Kubernetes project, Apache License 2.0: https://github.com/kubernetes/kubernetes/blob/master/LICENSE.`;
const folder = new URL('../src/sandbox/cluster/schema/', import.meta.url);

const halves = {
  core: types.filter(({ room }) => room === 'core.v1'),
  other: types.filter(({ room }) => room !== 'core.v1'),
};
for (const [half, some] of Object.entries(halves)) {
  writeFileSync(
    new URL(`${half}-types.ts`, folder),
    `${origin}

/** Types of the API, one a line; \`type-lines.ts\` says how they are written. */
export const ${half}Types = \`
${linesOf(some).join('\n')}
\`;
`,
  );
  const lines = some.map((type) => {
    const texts = textsOf(type).map((text) => sharedIndex.get(text) ?? text);
    return `  ${JSON.stringify(type.id)}: ${JSON.stringify(texts)},`;
  });
  writeFileSync(
    new URL(`${half}-descriptions.ts`, folder),
    `${origin}
${licence}
${
  half === 'core'
    ? `
/** Texts that several fields have. */
export const sharedDescriptions: readonly string[] = ${JSON.stringify(shared)};

/** What scalars of a form of their own are, by their word in the lines of types. */
export const scalarDescriptions: Readonly<Record<string, string>> = ${JSON.stringify(scalarTexts)};
`
    : ''
}
/** What a type is for, then what each of its fields is for, in the order of the types; a number is a shared text. */
export const ${half}Descriptions: Readonly<Record<string, readonly (string | number)[]>> = {
${lines.join('\n')}
};
`,
  );
}
console.log(`${types.length} types`);
