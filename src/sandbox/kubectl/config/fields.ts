/** What a field of the configuration holds. */
export type FieldKind = 'text' | 'switch' | 'bytes' | 'texts' | 'other';

/** The fields of an entry, in the order of kubectl's own types (k8s.io/client-go/tools/clientcmd/api/v1). */
export type Fields = Readonly<Record<string, FieldKind>>;

/** Fields of a cluster; the first is always written. */
export const clusterFields: Fields = {
  server: 'text',
  'tls-server-name': 'text',
  'insecure-skip-tls-verify': 'switch',
  'certificate-authority': 'text',
  'certificate-authority-data': 'bytes',
  'proxy-url': 'text',
  'disable-compression': 'switch',
  extensions: 'other',
};

/** Fields of a user. */
export const userFields: Fields = {
  'client-certificate': 'text',
  'client-certificate-data': 'bytes',
  'client-key': 'text',
  'client-key-data': 'bytes',
  token: 'text',
  tokenFile: 'text',
  as: 'text',
  'as-uid': 'text',
  'as-groups': 'texts',
  'as-user-extra': 'other',
  username: 'text',
  password: 'text',
  'auth-provider': 'other',
  exec: 'other',
  extensions: 'other',
};

/** Fields of a context; the first two are always written. */
export const contextFields: Fields = {
  cluster: 'text',
  user: 'text',
  namespace: 'text',
  extensions: 'other',
};

const always = ['server', 'cluster', 'user'];

/** An entry as it is written: only the fields that there are, in order. */
export function writtenEntry(
  entry: Readonly<Record<string, unknown>>,
  fields: Fields,
): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    const value = entry[name];
    if (isSomething(value)) written[name] = value;
    else if (always.includes(name) && fields !== userFields) written[name] = '';
  }
  return written;
}

function isSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== '' && value !== false;
}
