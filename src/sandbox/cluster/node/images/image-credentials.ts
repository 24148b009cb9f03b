import type { Pod } from '../../../../kubernetes/api.ts';
import type { Credentials } from '../../../runtime/container-runtime.ts';
import type { Cluster } from '../../cluster.ts';
import { decodeText } from '../volumes/secret-data.ts';

interface Login {
  readonly username?: string;
  readonly password?: string;
  /** `username:password` in base64. */
  readonly auth?: string;
}

/**
 * With what a Pod's image is pulled: the login for its registry in the Pod's `imagePullSecrets`
 * (https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/).
 *
 * @param reference a full one
 */
export function pullCredentials(cluster: Cluster, pod: Pod, reference: string): Credentials | undefined {
  for (const { name = '' } of pod.spec?.imagePullSecrets ?? []) {
    const data = cluster.get('secrets', pod.metadata.namespace, name)?.data ?? {};
    const logins = data['.dockerconfigjson']
      ? (parse(data['.dockerconfigjson']) as { auths?: unknown } | undefined)?.auths
      : parse(data['.dockercfg'] ?? '');
    const found = Object.entries((logins ?? {}) as Record<string, Login>).find(([where]) =>
      isFor(where, reference),
    );
    const credentials = found && read(found[1]);
    if (credentials) return credentials;
  }
  return undefined;
}

/** The names of pull secrets that are not there. */
export function missingPullSecrets(cluster: Cluster, pod: Pod): readonly string[] {
  return (pod.spec?.imagePullSecrets ?? [])
    .map(({ name = '' }) => name)
    .filter((name) => !cluster.get('secrets', pod.metadata.namespace, name));
}

/** Docker Hub is known by the name that `docker login` writes down for it. */
function isFor(where: string, reference: string): boolean {
  const place = where.replace(/^https?:\/\//, '').replace(/\/(v1\/|v2\/)?$/, '');
  const registry = place.replace(/^(index|registry-1)\.docker\.io$/, 'docker.io');
  return reference === registry || reference.startsWith(`${registry}/`);
}

function read(login: Login | undefined): Credentials | undefined {
  if (login?.username !== undefined) return { username: login.username, password: login.password ?? '' };
  const [username, ...password] = decodeText(login?.auth ?? '').split(':');
  return username ? { username, password: password.join(':') } : undefined;
}

function parse(base64: string): unknown {
  try {
    return JSON.parse(decodeText(base64));
  } catch {
    return undefined;
  }
}
