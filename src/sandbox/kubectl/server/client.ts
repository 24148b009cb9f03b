import type { Status } from '../../../kubernetes/api.ts';
import type { ApiRequest, ApiResponse, ApiStream } from '../../cluster/api/request.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { complain, request, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { CommandFailure, ServerFailure, UpgradeFailure, upgradeFails } from '../failures.ts';
import type { DiscoveredResource } from './discovered-resource.ts';

type Query = Readonly<Record<string, string | readonly string[]>>;

/** How a patch is written. */
export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

const patchTypes: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

/** Accepts what a list looks like for people. */
export const asTable = {
  accept:
    'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json',
};

/**
 * The path of a resource, of one object of it, or of a part of that object.
 *
 * @param namespace left out for what has none, and for all namespaces
 */
export function pathOf(
  { group, version, name: plural, namespaced }: DiscoveredResource,
  namespace?: string,
  name?: string,
  part?: string,
): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const words = [
    ...(namespaced && namespace !== undefined ? ['namespaces', pathPart(namespace)] : []),
    plural,
    ...(name === undefined ? [] : [pathPart(name)]),
    ...(part === undefined ? [] : [part]),
  ];
  return `${root}/${words.join('/')}`;
}

/**
 * Asks for an object, or whatever stands at a path.
 *
 * @throws ServerFailure when the server refuses
 */
export function* get<T = ApiObject>(
  path: string,
  query: Query = {},
  headers: ApiRequest['headers'] = {},
): Steps<T> {
  return (yield* send({ method: 'GET', path, query, headers })) as T;
}

/** Makes an object. @throws ServerFailure when the server refuses */
export function* create<T = ApiObject>(path: string, body: unknown, query: Query = {}): Steps<T> {
  return (yield* send({ method: 'POST', path, query, headers: json, body })) as T;
}

/** Replaces an object. @throws ServerFailure when the server refuses */
export function* replace<T = ApiObject>(path: string, body: unknown, query: Query = {}): Steps<T> {
  return (yield* send({ method: 'PUT', path, query, headers: json, body })) as T;
}

/** Changes an object. @throws ServerFailure when the server refuses */
export function* patch<T = ApiObject>(
  path: string,
  type: PatchType,
  body: unknown,
  query: Query = {},
): Steps<T> {
  return (yield* send({
    method: 'PATCH',
    path,
    query,
    headers: { 'content-type': patchTypes[type] },
    body,
  })) as T;
}

/** Deletes an object or a collection. @throws ServerFailure when the server refuses */
export function* remove<T = ApiObject>(path: string, options: unknown, query: Query = {}): Steps<T> {
  return (yield* send({ method: 'DELETE', path, query, headers: json, body: options })) as T;
}

/** Asks for a stream: a watch, a log, a process. @throws ServerFailure when the server refuses */
export function* open<K extends ApiStream['kind']>(
  kind: K,
  asked: Omit<ApiRequest, 'headers'> & { headers?: ApiRequest['headers'] },
): Steps<Extract<ApiStream, { kind: K }>> {
  const response = yield* request({ headers: {}, ...asked });
  yield* warn(response);
  if ('stream' in response && response.stream.kind === kind) {
    return response.stream as Extract<ApiStream, { kind: K }>;
  }
  throw failureOf(response);
}

/**
 * Asks for a stream that talks both ways: a process, a port.
 *
 * @throws UpgradeFailure when the server refuses, CommandFailure for what fails in a container
 */
export function* connect<K extends ApiStream['kind']>(
  ...asked: Parameters<typeof open<K>>
): Steps<Extract<ApiStream, { kind: K }>> {
  try {
    return yield* open(...asked);
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    // What fails in the container comes through the stream, and not as an answer of the server.
    const isInside = failure.reason === 'InternalError' && !failure.message.startsWith(upgradeFails);
    throw isInside ? new CommandFailure(failure.message) : new UpgradeFailure(failure.message);
  }
}

/**
 * Asks for what stands in a namespace. Where it is not there, it may be that the namespace is not: that is told instead
 * (k8s.io/cli-runtime/pkg/resource/visitor.go, Info.Get).
 *
 * @throws ServerFailure when the server refuses
 */
export function* inNamespace<T>(namespace: string | undefined, asking: Steps<T>): Steps<T> {
  try {
    return yield* asking;
  } catch (failure) {
    const isMissing = failure instanceof ServerFailure && failure.reason === 'NotFound';
    if (isMissing && namespace && namespace !== 'default') yield* demandNamespace(namespace);
    throw failure;
  }
}

function* demandNamespace(namespace: string): Steps<void> {
  try {
    yield* get(`/api/v1/namespaces/${encodeURIComponent(namespace)}`);
  } catch (failure) {
    if (failure instanceof ServerFailure && failure.reason === 'NotFound') throw failure;
  }
}

/** Asks for a text, such as a log. @throws ServerFailure when the server refuses */
export function* getText(path: string, query: Query = {}): Steps<string> {
  const response = yield* request({ method: 'GET', path, query, headers: {} });
  if ('text' in response && response.status < 400) return response.text;
  if ('body' in response && response.status < 400) return asSent(path, response.body);
  throw failureOf(response);
}

const json = { 'content-type': 'application/json' };

function* send(asked: ApiRequest): Steps<unknown> {
  const response = yield* request(asked);
  yield* warn(response);
  if (response.status >= 400 || !('body' in response)) throw failureOf(response);
  return response.body;
}

/** What the server warns of is said at once, each thing once. */
function* warn(response: ApiResponse): Steps<void> {
  for (const warning of new Set(response.warnings ?? [])) yield* complain(`Warning: ${warning}\n`);
}

function failureOf(response: ApiResponse): ServerFailure {
  if ('body' in response && isStatus(response.body)) return new ServerFailure(response.body);
  const { reason, message } = said[response.status] ?? {
    reason: 'Unknown',
    message: 'the server gave an answer that is none',
  };
  return new ServerFailure({
    apiVersion: 'v1',
    kind: 'Status',
    metadata: {},
    reason,
    message,
    code: response.status,
  });
}

/** What a client makes of an answer that says nothing of its own (k8s.io/apimachinery, NewGenericServerResponse). */
const said: Readonly<Record<number, { readonly reason: string; readonly message: string }>> = {
  401: { reason: 'Unauthorized', message: 'the server has asked for the client to provide credentials' },
  404: { reason: 'NotFound', message: 'the server could not find the requested resource' },
  405: {
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
  },
  503: {
    reason: 'ServiceUnavailable',
    message: 'the server is currently unable to handle the request',
  },
};

/** JSON as the server writes it: in one line, the version alone over several. */
function asSent(path: string, body: unknown): string {
  return path === '/version' ? JSON.stringify(body, null, 2) : `${JSON.stringify(body)}\n`;
}

function isStatus(body: unknown): body is Status {
  return typeof body === 'object' && body !== null && (body as { kind?: unknown }).kind === 'Status';
}

/** A name as a part of a path. JSON can hold half a character, which no path can. */
function pathPart(name: string): string {
  return encodeURIComponent(name.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}
