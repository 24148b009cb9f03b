/** Parts of a name that say that the value is a secret wherever they stand in it. */
const anywhere = /passw(?:or)?d|passphrase|secret|token|credential|api-?key|access-?key|private-?key/;

/** Words that say so only as a word of their own. */
const words = new Set([
  'auth',
  'authorization',
  'creds',
  'cred',
  'key',
  'pass',
  'pat',
  'pwd',
  'pw',
  'psk',
  'jwt',
]);

/** With one of these at its end a name speaks about the secret, and is not it. */
const about = new Set([
  ...[
    'file',
    'files',
    'path',
    'dir',
    'folder',
    'url',
    'uri',
    'host',
    'port',
    'endpoint',
    'address',
    'server',
  ],
  ...[
    'name',
    'names',
    'type',
    'mode',
    'method',
    'provider',
    'driver',
    'backend',
    'format',
    'algorithm',
    'alg',
  ],
  ...['enabled', 'disabled', 'required', 'ttl', 'expiry', 'expires', 'lifetime', 'timeout', 'length', 'size'],
  ...[
    'stdin',
    'keys',
    'user',
    'username',
    'issuer',
    'audience',
    'scope',
    'scopes',
    'version',
    'ref',
    'class',
  ],
]);

/** Flags of docker and kubectl that sound like secrets and carry none. */
const harmless = new Set([
  ...[
    'secret',
    'secret-add',
    'secret-rm',
    'with-registry-auth',
    'detach-keys',
    'client-key',
    'tlskey',
    'ca-key',
  ],
  ...['pwd', 'oldpwd', 'public-key', 'ssh-key', 'disable-content-trust', 'show-secrets', 'key-prefix'],
]);

/** Whether the name of a variable or flag says that its value is a secret: `POSTGRES_PASSWORD`, `api-key`. */
export function isSecretName(name: string): boolean {
  const parts = name
    .replace(/^-+/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);
  const joined = parts.join('-');
  if (harmless.has(joined)) return false;
  // The identifier of an access key of AWS is half of a pair.
  if (/access-?key-?id$/.test(joined)) return true;
  if (about.has(parts.at(-1) ?? '') || parts.at(-1) === 'id' || parts.includes('public')) return false;
  return anywhere.test(joined) || parts.some((part) => words.has(part));
}
