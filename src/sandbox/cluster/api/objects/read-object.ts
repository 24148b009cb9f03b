import type { ApiObject } from '../../object.ts';
import { decode } from '../../schema/decode.ts';
import { GoError, jsonKind } from '../../schema/decode-scalar.ts';
import { kindSchema, servedSchema } from '../../schema/type-lines.ts';
import type { WriteOptions } from '../options.ts';
import type { ApiRequest } from '../request.ts';
import { badRequest } from './status.ts';

/** An object that was sent, in the form the cluster keeps, and what is to be said about it. */
export interface ReadObject<T = ApiObject> {
  readonly object: T;
  readonly warnings: readonly string[];
}

interface Expected {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * Reads the object of a request's body as one of a kind. What does not say its kind is taken for one.
 *
 * @throws ApiError BadRequest with the decoder's words; when fields are not known only where it is strict
 */
export function readObject<T = ApiObject>(
  { body }: Pick<ApiRequest, 'body'>,
  expected: Expected,
  validation: WriteOptions['fieldValidation'],
): ReadObject<T> {
  if (body === undefined) {
    const why = "couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)";
    throw badRequest(`the object provided is unrecognized (must be of type ${expected.kind}): ${why}`);
  }
  if (body !== null && !isObject(body)) {
    const shown = JSON.stringify(body);
    const why = "couldn't get version/kind; json parse error: json: cannot unmarshal";
    const struct =
      'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
    const found = jsonKind(body);
    throw badRequest(
      `the object provided is unrecognized (must be of type ${expected.kind}): ${why} ${found} into Go value of type ${struct} (${hexOf(shown)})`,
    );
  }
  const given: Readonly<Record<string, unknown>> = body ?? {};
  const apiVersion = typeMeta(given, 'apiVersion', expected);
  const kind = typeMeta(given, 'kind', expected);
  const [version = ''] = apiVersion.split('/').reverse();
  if (kind !== expected.kind || apiVersion !== expected.apiVersion) {
    throw mismatched(apiVersion, kind, expected);
  }
  const start = `${expected.kind} in version ${JSON.stringify(version)} cannot be handled as a ${expected.kind}`;
  const { object, unknown } = decodeObject<T>({ ...given, apiVersion, kind }, expected, (why) =>
    badRequest(`${start}: ${why}`),
  );
  if (unknown.length > 0 && validation === 'Strict') {
    throw badRequest(`${start}: strict decoding error: ${unknown.join(', ')}`);
  }
  return { object, warnings: validation === 'Warn' ? unknown : [] };
}

/** What an object says of its kind, or what is expected where it says nothing. */
function typeMeta(
  given: Readonly<Record<string, unknown>>,
  name: keyof Expected,
  expected: Expected,
): string {
  const value = given[name] ?? '';
  if (typeof value === 'string') return value || expected[name];
  const why = `json: cannot unmarshal ${jsonKind(value)} into Go struct field .${name} of type string`;
  throw badRequest(
    `the object provided is unrecognized (must be of type ${expected.kind}): couldn't get version/kind; json parse error: ${why} (${JSON.stringify(given)})`,
  );
}

/**
 * Reads a value as an object of a kind.
 *
 * @param refuse makes the error from the decoder's words
 * @returns the object, and the fields that its type does not have
 */
export function decodeObject<T = ApiObject>(
  value: unknown,
  expected: Expected,
  refuse: (why: string) => Error,
): { readonly object: T; readonly unknown: readonly string[] } {
  const { apiVersion, kind } = expected;
  try {
    const decoded = decode(servedSchema(expected), value);
    return { object: { ...decoded.value, apiVersion, kind } as T, unknown: decoded.unknown };
  } catch (error) {
    if (error instanceof GoError) throw refuse(error.message);
    throw error;
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Versions that upstream still knows, though it does not serve them. */
const olderVersions: Readonly<Record<string, readonly string[]>> = {
  'apps/v1beta1': ['ControllerRevision', 'Deployment', 'StatefulSet'],
  'apps/v1beta2': ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling/v1': ['HorizontalPodAutoscaler'],
  'batch/v1beta1': ['CronJob'],
  'events.k8s.io/v1beta1': ['Event'],
  'extensions/v1beta1': ['DaemonSet', 'Deployment', 'Ingress', 'NetworkPolicy', 'ReplicaSet'],
  'networking.k8s.io/v1beta1': ['Ingress', 'IngressClass'],
  'policy/v1beta1': ['PodDisruptionBudget'],
};

function mismatched(apiVersion: string, kind: string, expected: Expected): Error {
  const [version = ''] = apiVersion.split('/').reverse();
  const [, expectedGroup = 'core'] = expected.apiVersion.split('/').reverse();
  const start = `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${expected.kind}`;
  if (kind === expected.kind && olderVersions[apiVersion]?.includes(kind)) {
    return badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected.apiVersion})`,
    );
  }
  if (!kindSchema(apiVersion, kind)) {
    const scheme = 'in scheme "pkg/runtime/scheme.go:111"';
    return badRequest(
      `${start}: no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} ${scheme}`,
    );
  }
  const [room] = expectedGroup.split('.');
  return badRequest(
    `${start}: converting (${version}.${kind}) to (${room}.${expected.kind}): unknown conversion`,
  );
}

/** The beginning of a text as bytes in hexadecimal digits. */
function hexOf(text: string): string {
  return [...text].map((each) => (each.codePointAt(0) ?? 0).toString(16).padStart(2, '0')).join('');
}
