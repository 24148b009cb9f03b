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
  const payload = {
    aud: ['https://kubernetes.default.svc.cluster.local'],
    exp: issued + lifetimeSeconds,
    iat: issued,
    iss: 'https://kubernetes.default.svc.cluster.local',
    'kubernetes.io': {
      namespace,
      node: { name: spec?.nodeName },
      pod: { name: metadata.name, uid: metadata.uid },
      serviceaccount: { name },
    },
    nbf: issued,
    sub: `system:serviceaccount:${namespace}:${name}`,
  };
  return `${header}.${base64Url(JSON.stringify(payload))}.${signature}`;
}

const header = base64Url(JSON.stringify({ alg: 'RS256', kid: 'sandbox' }));
const signature = base64Url('signed by nobody: this cluster is simulated');

function base64Url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
