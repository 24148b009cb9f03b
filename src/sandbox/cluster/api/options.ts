import { type Complaint, notSupported, required, tooLong } from '../kinds/complaint.ts';
import { badRequest, invalidObject } from './objects/status.ts';
import type { ApiRequest } from './request.ts';

/** How a write is to be done. */
export interface WriteOptions {
  readonly dryRun: boolean;
  readonly fieldValidation: 'Strict' | 'Warn' | 'Ignore';
  /** Who writes, for `managedFields`. */
  readonly fieldManager: string;
  /** Whether server-side apply takes fields over from others. */
  readonly force: boolean;
}

/** How a patch may be written; each is read in its own way. */
export const patchTypes: readonly string[] = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

/** A parameter of a request that is given at most once; the first one counts. */
export function parameter({ query }: Pick<ApiRequest, 'query'>, name: string): string | undefined {
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  return typeof value === 'string' ? value : value?.[0];
}

/** All values of a parameter. */
export function parameters({ query }: Pick<ApiRequest, 'query'>, name: string): readonly string[] {
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  return typeof value === 'string' ? [value] : (value ?? []);
}

/** A parameter that is on or off; upstream takes everything but `false` and `0` for on. */
export function flag(request: Pick<ApiRequest, 'query'>, name: string): boolean {
  const value = parameter(request, name);
  return value !== undefined && value !== 'false' && value !== '0';
}

/** @throws ApiError when it is no whole number */
export function count(request: Pick<ApiRequest, 'query'>, name: string): number | undefined {
  const value = parameter(request, name);
  if (value === undefined || value === '') return undefined;
  if (!/^[+-]?\d+$/.test(value)) {
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
  return Number(value);
}

/**
 * Reads the options that all writes have.
 *
 * @param kind of the options, as upstream names them: `CreateOptions`
 * @throws ApiError Invalid (k8s.io/apimachinery/pkg/apis/meta/v1/validation)
 */
export function writeOptions(
  request: ApiRequest,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
): WriteOptions {
  const dryRun = parameters(request, 'dryRun').filter((each) => each !== '');
  const fieldValidation = parameter(request, 'fieldValidation') ?? '';
  const given = parameter(request, 'fieldManager') ?? '';
  const isApply = contentType(request) === 'application/apply-patch+yaml';
  const complaints: Complaint[] = [];
  if (kind === 'PatchOptions') {
    if (isApply && given === '') complaints.push(required('fieldManager', 'is required for apply patch'));
    if (!isApply && parameter(request, 'force') !== undefined) {
      complaints.push({
        reason: 'FieldValueForbidden',
        field: 'force',
        message: 'Forbidden: may not be specified for non-apply patch',
      });
    }
  }
  if (given.length > 128) complaints.push(tooLong('fieldManager', 128));
  if (dryRun.some((each) => each !== 'All')) complaints.push(notSupported('dryRun', dryRun, ['All']));
  if (!['', 'Ignore', 'Strict', 'Warn'].includes(fieldValidation)) {
    complaints.push(notSupported('fieldValidation', fieldValidation, ['', 'Ignore', 'Strict', 'Warn']));
  }
  if (complaints.length > 0) throw invalidObject({ kind, group: 'meta.k8s.io' }, '', complaints);
  return {
    dryRun: dryRun.length > 0,
    fieldValidation: (fieldValidation || 'Warn') as WriteOptions['fieldValidation'],
    fieldManager: given || managerOf(request),
    force: flag(request, 'force'),
  };
}

/** The kind of body, without its parameters. */
export function contentType({ headers }: Pick<ApiRequest, 'headers'>): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
}

/** Who does not say who it is, is known by the beginning of its user agent, as upstream does it. */
function managerOf({ headers }: ApiRequest): string {
  return (headers['user-agent'] ?? 'kubectl').split('/')[0] || 'unknown';
}
