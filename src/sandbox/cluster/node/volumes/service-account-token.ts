import type { Pod } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';

/** Of an hour and seven seconds, as the API server asks for (`expirationSeconds: 3607`). */
const lifetimeSeconds = 3607;

/**
 * The token by which a Pod's processes show the API server who they are: a JSON Web Token in form, whose
 * signature nobody can check.
 */
export function serviceAccountToken(cluster: Cluster, { metadata, spec }: Pod): string {
  const issued = Math.floor(cluster.now / 1000);
  const { namespace = '', name, uid } = metadata;
  const account = spec?.serviceAccountName ?? 'default';
  // Each Pod gets one. Names have no characters that JSON would write otherwise, so they stand in the text as they are.
  const pod = `"node":{"name":"${spec?.nodeName}"},"pod":{"name":"${name}","uid":"${uid}"}`;
  const bound = `{"namespace":"${namespace}",${pod},"serviceaccount":{"name":"${account}"}}`;
  const times = `"exp":${issued + lifetimeSeconds},"iat":${issued}`;
  const subject = `"nbf":${issued},"sub":"system:serviceaccount:${namespace}:${account}"`;
  const payload = `{"aud":["${issuer}"],${times},"iss":"${issuer}","kubernetes.io":${bound},${subject}}`;
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
