import { ApiError, conflict, notFound } from '../../api-error.ts';
import type { ApiObject, Stored } from '../../object.ts';
import { nameOf } from '../../resources.ts';
import { servedSchema } from '../../schema/type-lines.ts';
import { applyConfig } from '../apply/apply.ts';
import type { Writer } from '../apply/managed-fields.ts';
import type { ApiContext } from '../context.ts';
import { goText } from '../go-text.ts';
import { contentType, patchTypes, type WriteOptions, writeOptions } from '../options.ts';
import { applyJsonPatch } from '../patches/json-patch.ts';
import { applyMergePatch } from '../patches/merge-patch.ts';
import { applyStrategicMerge } from '../patches/strategic-merge.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { ServedTarget } from '../target.ts';
import { decodeObject, isObject, readObject } from './read-object.ts';
import { badRequest, invalidObject } from './status.ts';
import { rulesOfTarget, type StoredObject, storeChange, storeNew } from './store-object.ts';

/** A door of an object that takes whole objects. */
export type Part = Writer['subresource'];

/** Answers a POST to a collection. @throws ApiError */
export function createObject(context: ApiContext, target: ServedTarget, request: ApiRequest): ApiResponse {
  const options = writeOptions(request, 'CreateOptions');
  demandKind(request);
  const { object, warnings } = readObject(request, target.resource, options.fieldValidation);
  return answer(201, storeNew(context, target, object, options), warnings);
}

/** Answers a PUT to an object or a part of it. @throws ApiError */
export function replaceObject(
  context: ApiContext,
  target: ServedTarget,
  request: ApiRequest,
  part?: Part,
): ApiResponse {
  const options = writeOptions(request, 'UpdateOptions');
  demandKind(request);
  const { object, warnings } = readObject(request, target.resource, options.fieldValidation);
  const named = demandName(object, target);
  const old = findObject(context, target);
  if (!old) {
    if (part !== undefined || !rulesOfTarget(target).createsOnUpdate) throw missing(target);
    const { resourceVersion: _, ...metadata } = named.metadata;
    return answer(201, storeNew(context, target, { ...named, metadata }, options), warnings);
  }
  const { uid } = named.metadata;
  if (uid !== undefined && uid !== old.metadata.uid) throw otherUid(target, uid, old);
  return answer(200, storeChange(context, target, old, named, withPart(options, part)), warnings);
}

/** Answers a PATCH of an object or a part of it. @throws ApiError */
export function patchObject(
  context: ApiContext,
  target: ServedTarget,
  request: ApiRequest,
  part?: Part,
): ApiResponse {
  const type = contentType(request);
  if (!patchTypes.includes(type)) throw unsupported('415: Unsupported Media Type');
  const options = writeOptions(request, 'PatchOptions');
  const old = findObject(context, target);
  if (type === 'application/apply-patch+yaml')
    return applyObject(context, target, request, options, old, part);
  if (!old) throw missing(target);
  const patched = patchedValue(type, target, old, request.body);
  const strict = (why: string) => unfitPatch(type, request.body, patched, why);
  const { object, unknown } = decodeObject(
    { ...patched, apiVersion: target.resource.apiVersion },
    target.resource,
    (why) => strict(patchWords(type, why)),
  );
  if (unknown.length > 0 && options.fieldValidation === 'Strict') {
    throw strict(`strict decoding error: ${unknown.join(', ')}`);
  }
  const warnings = options.fieldValidation === 'Warn' ? unknown : [];
  return answer(
    200,
    storeChange(context, target, old, demandName(object, target), withPart(options, part)),
    warnings,
  );
}

/** The object that a target names; undefined when there is none. */
function findObject(
  { cluster }: ApiContext,
  { resource, namespace, name = '' }: ServedTarget,
): Stored<ApiObject> | undefined {
  return cluster.get(resource.table, namespace, name);
}

/** The object that a target names. @throws ApiError NotFound */
export function demandObject(context: ApiContext, target: ServedTarget): Stored<ApiObject> {
  const found = findObject(context, target);
  if (!found) throw missing(target);
  return found;
}

function applyObject(
  context: ApiContext,
  target: ServedTarget,
  request: ApiRequest,
  options: WriteOptions,
  old: Stored<ApiObject> | undefined,
  part: Part,
): ApiResponse {
  const { resource, name = '' } = target;
  if (!old && part !== undefined) throw missing(target);
  const given = isObject(request.body) && isObject(request.body.metadata) ? request.body.metadata : {};
  if (!old && typeof given.uid === 'string' && given.uid !== '') {
    const why = `uid mismatch: the provided object specified uid ${given.uid}, and no existing object was found`;
    throw conflict(nameOf(resource), name, why);
  }
  const writer: Writer = {
    manager: options.fieldManager,
    now: context.cluster.now,
    ...(part === undefined ? {} : { subresource: part }),
  };
  const merged = applyConfig(resource, old, request.body, writer, options.force) as ApiObject;
  const { managedFields } = merged.metadata;
  const { object } = decodeObject(merged, resource, (why) => badRequest(why));
  const named = demandName(object, target);
  const tracked = { ...named, metadata: { ...named.metadata, ...(managedFields ? { managedFields } : {}) } };
  if (!old) {
    const { resourceVersion: _, ...fresh } = tracked.metadata;
    return answer(
      201,
      storeNew(context, target, { ...tracked, metadata: fresh }, { ...options, isTracked: true }),
      [],
    );
  }
  return answer(
    200,
    storeChange(context, target, old, tracked, { ...withPart(options, part), isTracked: true }),
    [],
  );
}

function patchedValue(
  type: string,
  { resource }: ServedTarget,
  old: ApiObject,
  patch: unknown,
): Readonly<Record<string, unknown>> {
  const patched = (() => {
    if (type === 'application/json-patch+json') return applyJsonPatch(old, patch);
    if (type === 'application/merge-patch+json') return applyMergePatch(old, patch);
    return applyStrategicMerge(servedSchema(resource), old, patch);
  })();
  return isObject(patched) ? patched : {};
}

/** What Go keeps a kind of JSON in. */
const goKinds: Readonly<Record<string, string>> = {
  number: 'int64',
  bool: 'bool',
  string: 'string',
  array: '[]interface {}',
  object: 'map[string]interface {}',
};

/** The words of the converter that reads strategic merge patches are others than those of the decoder. */
function patchWords(type: string, why: string): string {
  if (type !== 'application/strategic-merge-patch+json') return why;
  const parts =
    /^json: cannot unmarshal (?<found>\w+)(?: (?<number>\S+))? into .* of type (?<goType>.+)$/.exec(why);
  if (!parts?.groups) return why;
  const { found = '', number = '', goType = '' } = parts.groups;
  const from = goKinds[found];
  if (number.includes('.')) return `cannot convert float64 to ${goType}`;
  if (goType.startsWith('[]')) return `cannot restore slice from ${from?.startsWith('map') ? 'map' : from}`;
  if (goType.startsWith('map[')) return `cannot restore map from ${from?.startsWith('[]') ? 'slice' : from}`;
  if (goType === 'string') return `cannot convert ${from} to string`;
  if (goType === 'int32' || goType === 'int64' || goType === 'bool') return `unrecognized type: ${goType}`;
  return `cannot restore struct from: ${from}`;
}

function unfitPatch(type: string, patch: unknown, patched: unknown, why: string): ApiError {
  const isStrategic = type === 'application/strategic-merge-patch+json';
  const shown = isStrategic ? goText(patch) : JSON.stringify(patched);
  return invalidObject({ kind: '', group: '' }, '', [
    {
      reason: 'FieldValueInvalid',
      field: 'patch',
      message: `Invalid value: ${JSON.stringify(shown)}: ${why}`,
    },
  ]);
}

/** An object that has the name in its address. @throws ApiError BadRequest */
export function demandName<T extends Pick<ApiObject, 'metadata'>>(object: T, { name = '' }: ServedTarget): T {
  const own = object.metadata.name ?? '';
  if (own === '') {
    throw badRequest(
      `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
    );
  }
  if (own === name) return object;
  throw badRequest(`the name of the object (${own}) does not match the name on the URL (${name})`);
}

function otherUid({ resource, name = '' }: ServedTarget, uid: string, old: Stored<ApiObject>): ApiError {
  const key = `/registry/${resource.plural}/${old.metadata.namespace ? `${old.metadata.namespace}/` : ''}${name}`;
  const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`;
  return conflict(
    nameOf(resource),
    name,
    `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`,
  );
}

function missing({ resource, name = '' }: ServedTarget): ApiError {
  return notFound(nameOf(resource), name);
}

/** Upstream takes JSON, YAML and protocol buffers; what is not JSON has been read before it comes here. */
function demandKind(request: ApiRequest): void {
  const type = contentType(request);
  if (type === '' || type.startsWith('application/')) return;
  throw unsupported(
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  );
}

function unsupported(message: string): ApiError {
  return new ApiError('UnsupportedMediaType', message);
}

function withPart(options: WriteOptions, part: Part): WriteOptions & { subresource?: NonNullable<Part> } {
  return part === undefined ? options : { ...options, subresource: part };
}

function answer(status: number, { object, warnings }: StoredObject, more: readonly string[]): ApiResponse {
  const all = [...more, ...warnings];
  return { status, body: object, ...(all.length > 0 ? { warnings: all } : {}) };
}
