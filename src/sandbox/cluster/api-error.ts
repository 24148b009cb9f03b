import type { StatusDetails } from '../../kubernetes/api.ts';

/** Why the API refuses, in its own words (k8s.io/apimachinery/pkg/apis/meta/v1, `StatusReason`). */
export type Reason =
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Gone'
  | 'Expired'
  | 'Invalid'
  | 'TooManyRequests'
  | 'UnsupportedMediaType'
  | 'RequestEntityTooLarge'
  | 'InternalError'
  | 'ServiceUnavailable'
  /** An error that upstream has no reason for; kubectl then shows no reason either. */
  | '';

const codes: Readonly<Record<Reason, number>> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  AlreadyExists: 409,
  Conflict: 409,
  Gone: 410,
  Expired: 410,
  Invalid: 422,
  TooManyRequests: 429,
  UnsupportedMediaType: 415,
  RequestEntityTooLarge: 413,
  InternalError: 500,
  ServiceUnavailable: 503,
  '': 500,
};

/** A refusal of the API. The message is what kubectl shows after `Error from server (Reason): `. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly reason: Reason;
  /** The HTTP status. */
  readonly code: number;
  readonly details: StatusDetails;

  constructor(reason: Reason, message: string, details: StatusDetails = {}) {
    super(message);
    this.reason = reason;
    this.code = codes[reason];
    this.details = details;
  }
}

/** @param resource as messages name it: the plural, and the group where it has one, as `deployments.apps` */
export function notFound(resource: string, name: string): ApiError {
  return new ApiError('NotFound', `${resource} "${name}" not found`, detailsOf(resource, name));
}

/** @param resource as messages name it */
export function alreadyExists(resource: string, name: string): ApiError {
  return new ApiError('AlreadyExists', `${resource} "${name}" already exists`, detailsOf(resource, name));
}

/** @param resource as messages name it */
export function conflict(resource: string, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${resource} "${name}": ${why}`;
  return new ApiError('Conflict', message, detailsOf(resource, name));
}

/** What an update says whose object has changed since it was read. */
export const changedSince =
  'the object has been modified; please apply your changes to the latest version and try again';

function detailsOf(resource: string, name: string): StatusDetails {
  const [plural = '', ...group] = resource.split('.');
  return { name, ...(group.length > 0 ? { group: group.join('.') } : {}), kind: plural };
}
