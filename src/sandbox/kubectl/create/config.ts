import { readFile, type Steps } from '../../effects.ts';
import { goJson } from '../../go/go-json.ts';
import { sha256 } from '../../images/sha256.ts';
import { noConfigKey } from '../changing/name-rules.ts';
import { onlyName } from '../changing/usage.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { createGenerated } from './generated.ts';
import { type Entry, readFileSources, readSources } from './sources.ts';

/** `kubectl create configmap NAME --from-file=… --from-literal=… --from-env-file=…` */
export function* runCreateConfigMap(context: KubectlContext): Steps<number> {
  const name = onlyName(context);
  const { files, literals, env } = yield* readSources(context, 'config');
  const data: Record<string, string> = {};
  for (const { key, text } of [...files, ...literals, ...env]) {
    const why = noConfigKey(key, ',');
    if (why)
      throw new CommandFailure(`${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${why}`);
    if (Object.hasOwn(data, key)) {
      throw new CommandFailure(
        `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(name)}`,
      );
    }
    data[key] = text;
  }
  const hash = context.options.on('--append-hash') ? `-${hashOf({ data, kind: 'ConfigMap', name })}` : '';
  const metadata = { name: `${name}${hash}` };
  return yield* createGenerated(
    context,
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
    'configmap:',
  );
}

/** `kubectl create secret generic NAME --from-file=… --from-literal=… --from-env-file=… --type=…` */
export function* runCreateSecretGeneric(context: KubectlContext): Steps<number> {
  const name = onlyName(context);
  const { files, literals, env } = yield* readSources(context, 'secret');
  const type = context.options.text('--type', '');
  return yield* createSecret(context, name, type, [...literals, ...files, ...env]);
}

/** `kubectl create secret docker-registry NAME --docker-username=… --docker-password=…` */
export function* runCreateSecretDockerRegistry(context: KubectlContext): Steps<number> {
  const { options } = context;
  const name = onlyName(context);
  const files = options
    .list('--from-file')
    .map((file) => (file.includes('=') ? file : `.dockerconfigjson=${file}`));
  const username = options.text('--docker-username', '');
  const password = options.text('--docker-password', '');
  const email = options.text('--docker-email', '');
  const server = options.text('--docker-server', 'https://index.docker.io/v1/');
  if (files.length === 0 && [username, password, server].includes('')) {
    throw new CommandFailure(
      'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
    );
  }
  const auth = toBase64(`${username}:${password}`);
  const credentials = { username, password, ...(email === '' ? {} : { email }), auth };
  const entries =
    files.length > 0
      ? yield* readFileSources(files)
      : [{ key: '.dockerconfigjson', text: JSON.stringify({ auths: { [server]: credentials } }) }];
  return yield* createSecret(context, name, 'kubernetes.io/dockerconfigjson', entries);
}

/** `kubectl create secret tls NAME --cert=… --key=…` */
export function* runCreateSecretTls(context: KubectlContext): Steps<number> {
  const { options } = context;
  const name = onlyName(context);
  const cert = options.text('--cert', '');
  const key = options.text('--key', '');
  if (cert === '' || key === '') throw new CommandFailure('key and cert must be specified');
  const entries = [
    { key: 'tls.crt', text: yield* pemFile(cert) },
    { key: 'tls.key', text: yield* pemFile(key) },
  ];
  for (const { text, key: file } of entries) demandPem(text, file === 'tls.crt' ? 'certificate' : 'key');
  return yield* createSecret(context, name, 'kubernetes.io/tls', entries);
}

function* pemFile(path: string): Steps<string> {
  const text = yield* readFile(path);
  if (text === undefined) {
    throw new CommandFailure(`Cannot read file ${path}, open ${path}: no such file or directory`);
  }
  return text;
}

/** Looks at what the blocks of a file are, not into them (https://pkg.go.dev/crypto/tls#X509KeyPair). */
function demandPem(text: string, input: 'certificate' | 'key'): void {
  const types = [...text.matchAll(/^-----BEGIN ([A-Z0-9 ]+)-----$/gm)].map(([, type = '']) => type);
  if (types.length === 0) throw new CommandFailure(`tls: failed to find any PEM data in ${input} input`);
  const [first = '', ...others] = types;
  if (input === 'certificate' && others.length === 0 && /PRIVATE KEY$/.test(first)) {
    throw new CommandFailure(
      'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
    );
  }
  if (input === 'key' && others.length === 0 && first === 'CERTIFICATE') {
    throw new CommandFailure('tls: found a certificate rather than a key in the PEM for the private key');
  }
  if (types.some((type) => (input === 'key' ? /PRIVATE KEY$/ : /^CERTIFICATE$/).test(type))) return;
  const wanted = input === 'key' ? 'PEM block with type ending in "PRIVATE KEY"' : '"CERTIFICATE" PEM block';
  throw new CommandFailure(
    `tls: failed to find ${wanted} in ${input} input after skipping PEM blocks of the following types: [${types.join(' ')}]`,
  );
}

function* createSecret(
  context: KubectlContext,
  name: string,
  type: string,
  entries: readonly Entry[],
): Steps<number> {
  const data: Record<string, string> = {};
  for (const { key, text } of entries) {
    const why = noConfigKey(key, ';');
    if (why) throw new CommandFailure(`${JSON.stringify(key)} is not valid key name for a Secret ${why}`);
    if (Object.hasOwn(data, key)) {
      throw new CommandFailure(`cannot add key ${key}, another key by that name already exists`);
    }
    data[key] = toBase64(text);
  }
  const hash = context.options.on('--append-hash') ? `-${hashOf({ data, kind: 'Secret', name, type })}` : '';
  const metadata = { name: `${name}${hash}` };
  return yield* createGenerated(
    context,
    { apiVersion: 'v1', kind: 'Secret', metadata, data, ...(type === '' ? {} : { type }) },
    'secret',
  );
}

/** A digest of what is in it, as it stands behind the name (k8s.io/kubectl/pkg/util/hash). */
function hashOf(content: unknown): string {
  return [...sha256(goJson(content)).slice(0, 10)].map((digit) => instead[digit] ?? digit).join('');
}

/** Digits that could make a word or a number. */
const instead: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
