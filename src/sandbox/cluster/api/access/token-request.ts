import { invalid } from '../../kinds/complaint.ts';
import { timestamp } from '../../object.ts';
import { trackUpdate } from '../apply/managed-fields.ts';
import type { ApiContext } from '../context.ts';
import { readObject } from '../objects/read-object.ts';
import { invalidObject, methodNotAllowed } from '../objects/status.ts';
import { demandObject } from '../objects/write-object.ts';
import { writeOptions } from '../options.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import type { ServedTarget } from '../target.ts';
import { writeToken } from './token.ts';

interface TokenRequest {
  readonly metadata: { readonly name?: string };
  readonly spec?: { readonly audiences?: readonly string[]; readonly expirationSeconds?: number };
}

/** Gives a service account a token: `kubectl create token`. @throws ApiError */
export function requestToken(context: ApiContext, target: ServedTarget, request: ApiRequest): ApiResponse {
  if (request.method !== 'POST') throw methodNotAllowed();
  const { cluster } = context;
  const kind = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest' };
  const options = writeOptions(request, 'CreateOptions');
  const { object } = readObject<TokenRequest>(request, kind, options.fieldValidation);
  const account = demandObject(context, target);
  const { name, namespace = '', uid } = account.metadata;
  const { name: given = '' } = object.metadata;
  if (given !== '' && given !== name) {
    const why = 'must match the service account name if specified';
    const group = { kind: 'TokenRequest', group: 'authentication.k8s.io' };
    throw invalidObject(group, name, [invalid('metadata.name', given, why)]);
  }
  const expirationSeconds = object.spec?.expirationSeconds ?? 3600;
  const wrong =
    expirationSeconds < 600
      ? 'may not specify a duration less than 10 minutes'
      : expirationSeconds > 2 ** 32
        ? 'may not specify a duration larger than 2^32 seconds'
        : undefined;
  if (wrong !== undefined) {
    const group = { kind: 'TokenRequest', group: 'authentication.k8s.io' };
    throw invalidObject(group, '', [invalid('spec.expirationSeconds', expirationSeconds, wrong)]);
  }
  const audiences = object.spec?.audiences?.length
    ? object.spec.audiences
    : ['https://kubernetes.default.svc.cluster.local'];
  const issuedAt = Math.floor(cluster.now / 1000);
  const expiresAt = issuedAt + expirationSeconds;
  const token = writeToken({
    namespace,
    serviceAccount: name,
    serviceAccountUid: uid,
    audiences,
    issuedAt,
    expiresAt,
    id: cluster.newUid(),
  });
  const spec = { ...object.spec, expirationSeconds };
  const writer = { manager: options.fieldManager, now: cluster.now, subresource: 'token' } as const;
  const tracked = trackUpdate(undefined, { ...kind, metadata: {}, spec }, writer);
  const body = {
    ...kind,
    metadata: { ...tracked.metadata, name, namespace, uid, creationTimestamp: timestamp(cluster.now) },
    spec: { audiences, expirationSeconds, boundObjectRef: null },
    status: { token, expirationTimestamp: timestamp(expiresAt * 1000) },
  };
  return { status: 201, body };
}
