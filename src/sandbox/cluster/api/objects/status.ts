import { ApiError } from '../../api-error.ts';
import type { Complaint } from '../../kinds/complaint.ts';
import { nameOf } from '../../resources.ts';

/** An error as the answer says it (k8s.io/apimachinery/pkg/apis/meta/v1, Status). */
export function statusBody({ message, reason, details, code }: ApiError): unknown {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === '' ? {} : { reason }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
    code,
  };
}

/** What a request asks for makes no sense. */
export function badRequest(message: string): ApiError {
  return new ApiError('BadRequest', message);
}

/** Something of which upstream says no more than a message, with the code 500. */
export function unexplained(message: string): ApiError {
  return new ApiError('', message);
}

/** A path that nothing is served at. */
export function noSuchPath(): ApiError {
  return new ApiError('NotFound', 'the server could not find the requested resource');
}

/** A path that is served, but not for this method. */
export function methodNotAllowed(): ApiError {
  return new ApiError('MethodNotAllowed', 'the server does not allow this method on the requested resource');
}

/** A part of Kubernetes that the sandbox has not: it says so. */
export function notSimulated(what: string): ApiError {
  return new ApiError('InternalError', `${what}: this sandbox does not simulate it`);
}

/** What a kind is called where an object of it is invalid. */
export interface KindName {
  readonly kind: string;
  readonly group: string;
}

/**
 * An object that breaks rules (k8s.io/apimachinery/pkg/api/errors, NewInvalid). The same complaint twice is
 * told once, as upstream does, though it stands in the details twice.
 */
export function invalidObject(
  { kind, group }: KindName,
  name: string,
  complaints: readonly Complaint[],
): ApiError {
  const texts = [...new Set(complaints.map(({ field, message }) => `${field}: ${message}`))];
  const told = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return new ApiError(
    'Invalid',
    `${nameOf({ plural: kind, group })} ${JSON.stringify(name)} is invalid: ${told}`,
    {
      ...(name === '' ? {} : { name }),
      ...(group === '' ? {} : { group }),
      ...(kind === '' ? {} : { kind }),
      causes: complaints,
    },
  );
}

/** Something that admission or authorization forbids (NewForbidden). */
export function forbiddenObject(
  { plural, group }: { readonly plural: string; readonly group: string },
  name: string,
  why: string,
): ApiError {
  const what = nameOf({ plural, group });
  const named = name === '' ? what : `${what} ${JSON.stringify(name)}`;
  return new ApiError('Forbidden', `${named} is forbidden: ${why}`, {
    ...(name === '' ? {} : { name }),
    ...(group === '' ? {} : { group }),
    kind: plural,
  });
}
