import { patchTypes } from '../options.ts';
import { openApiRef, typeOfKind } from './openapi-schemas.ts';
import type { Discovered } from './served-parts.ts';

/** The paths of a group's resources, as far as clients look at them: which kind, and which parameters. */
export function openApiPaths(found: readonly Discovered[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(found.flatMap((resource) => [...pathsOf(resource)]));
}

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

function* pathsOf(resource: Discovered): Generator<[string, unknown]> {
  const { group, version, plural, kind, namespaced, verbs, parts } = resource;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const own: Kind = { group, version, kind };
  const scoped = namespaced ? `${root}/namespaces/{namespace}/${plural}` : `${root}/${plural}`;
  const has = (verb: string) => verbs.includes(verb);
  const scope = namespaced ? [pathParameter('namespace')] : [];
  if (namespaced && has('list')) yield [`${root}/${plural}`, { get: operation('list', own, reading) }];
  yield [
    scoped,
    {
      ...(has('list') ? { get: operation('list', own, reading) } : {}),
      ...(has('create') ? { post: operation('post', own, writing) } : {}),
      ...(has('deletecollection')
        ? { delete: operation('deletecollection', own, [...reading, ...deleting]) }
        : {}),
      parameters: scope,
    },
  ];
  if (has('get')) {
    const parameters = [pathParameter('name'), ...scope];
    yield [`${scoped}/{name}`, { ...changing(own, verbs), parameters }];
  }
  for (const part of parts) {
    const [itsVersion = version, itsGroup = ''] = part.apiVersion?.split('/').reverse() ?? [version, group];
    const its: Kind = { group: itsGroup, version: itsVersion, kind: part.kind };
    const parameters = [pathParameter('name'), ...scope];
    yield [`${scoped}/{name}/${part.name}`, { ...changing(its, part.verbs), parameters }];
  }
}

function changing(kind: Kind, verbs: readonly string[]): object {
  return {
    ...(verbs.includes('get') ? { get: operation('get', kind, []) } : {}),
    ...(verbs.includes('create') ? { post: operation('post', kind, writing) } : {}),
    ...(verbs.includes('update') ? { put: operation('put', kind, writing) } : {}),
    ...(verbs.includes('patch') ? { patch: patchOperation(kind) } : {}),
    ...(verbs.includes('delete') ? { delete: operation('delete', kind, deleting) } : {}),
  };
}

function operation(action: string, kind: Kind, parameters: readonly object[]): object {
  const type = typeOfKind(kind.group, kind.version, kind.kind);
  const schema = type === undefined ? { type: 'object' } : openApiRef(type);
  return {
    ...(parameters.length > 0 ? { parameters } : {}),
    responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': kind,
  };
}

/** kubectl looks here for the kinds of patch that it may send. */
function patchOperation(kind: Kind): object {
  const content = Object.fromEntries(patchTypes.map((type) => [type, { schema: { type: 'object' } }]));
  return {
    ...operation('patch', kind, [...writing, query('force', 'boolean')]),
    requestBody: { content, required: true },
  };
}

function query(name: string, type: string): object {
  return { name, in: 'query', schema: { type, uniqueItems: true } };
}

function pathParameter(name: string): object {
  return { name, in: 'path', required: true, schema: { type: 'string', uniqueItems: true } };
}

const writing = [
  query('dryRun', 'string'),
  query('fieldManager', 'string'),
  query('fieldValidation', 'string'),
];
const reading = [
  query('allowWatchBookmarks', 'boolean'),
  query('continue', 'string'),
  query('fieldSelector', 'string'),
  query('labelSelector', 'string'),
  query('limit', 'integer'),
  query('resourceVersion', 'string'),
  query('sendInitialEvents', 'boolean'),
  query('timeoutSeconds', 'integer'),
  query('watch', 'boolean'),
];
const deleting = [
  query('dryRun', 'string'),
  query('gracePeriodSeconds', 'integer'),
  query('orphanDependents', 'boolean'),
  query('propagationPolicy', 'string'),
];
