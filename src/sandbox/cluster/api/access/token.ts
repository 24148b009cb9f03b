import type { User } from './user-info.ts';

/** What a token of a service account says (RFC 7519, and kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin). */
export interface TokenClaims {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly serviceAccountUid: string;
  readonly audiences: readonly string[];
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Unique. */
  readonly id: string;
}

const issuer = 'https://kubernetes.default.svc.cluster.local';
const keyId = 'sandbox';

/**
 * A token in the form of a JSON Web Token. Its signature is none: nothing outside the sandbox takes it.
 */
export function writeToken(claims: TokenClaims): string {
  const { namespace, serviceAccount, serviceAccountUid } = claims;
  const payload = {
    aud: claims.audiences,
    exp: claims.expiresAt,
    iat: claims.issuedAt,
    iss: issuer,
    jti: claims.id,
    'kubernetes.io': { namespace, serviceaccount: { name: serviceAccount, uid: serviceAccountUid } },
    nbf: claims.issuedAt,
    sub: `system:serviceaccount:${namespace}:${serviceAccount}`,
  };
  const head = { alg: 'RS256', kid: keyId };
  return `${encode(JSON.stringify(head))}.${encode(JSON.stringify(payload))}.${encode('no signature: simulated')}`;
}

/** The service account that a token of this sandbox is for; undefined for every other token. */
export function readToken(token: string): User | undefined {
  const [head = '', payload = ''] = token.split('.');
  const { kid } = parsed(head) as { kid?: unknown };
  const { sub, 'kubernetes.io': own } = parsed(payload) as {
    sub?: unknown;
    'kubernetes.io'?: { namespace?: unknown; serviceaccount?: { uid?: unknown } };
  };
  if (kid !== keyId || typeof sub !== 'string' || typeof own?.namespace !== 'string') return undefined;
  const uid = own.serviceaccount?.uid;
  return {
    name: sub,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${own.namespace}`, 'system:authenticated'],
    ...(typeof uid === 'string' ? { uid } : {}),
  };
}

function parsed(part: string): object {
  try {
    const value: unknown = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function encode(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
