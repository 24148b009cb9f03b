import type { Pod } from '../../../kubernetes/api.ts';
import type { Cluster } from '../cluster.ts';

/** Of an hour and seven seconds, as the API server asks for (`expirationSeconds: 3607`). */
const lifetimeSeconds = 3607;

/**
 * The token by which a Pod's processes show the API server who they are: a JSON Web Token in form, whose
 * signature nobody can check.
 */
export function serviceAccountToken(cluster: Cluster, { metadata, spec }: Pod): string {
  const issued = Math.floor(cluster.now / 1000);
  const namespace = metadata.namespace ?? '';
  const name = spec?.serviceAccountName ?? 'default';
  const pod = { name: metadata.name, uid: metadata.uid };
  const bound = { namespace, node: { name: spec?.nodeName }, pod, serviceaccount: { name } };
  const claims = { nbf: issued, sub: `system:serviceaccount:${namespace}:${name}` };
  const times = `"exp":${issued + lifetimeSeconds},"iat":${issued}`;
  const start = `{"aud":["${issuer}"],${times},"iss":"${issuer}","kubernetes.io":`;
  const payload = `${start}${JSON.stringify(bound)},${JSON.stringify(claims).slice(1)}`;
  return `${header}.${base64Url(payload)}.${signature}`;
}

const issuer = 'https://kubernetes.default.svc.cluster.local';

const header = base64Url(JSON.stringify({ alg: 'RS256', kid: 'sandbox' }));
const signature = base64Url('signed by nobody: this cluster is simulated');

function base64Url(text: string): string {
  const encoded = btoa(text);
  if (!/[+/=]/.test(encoded)) return encoded;
  return encoded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
