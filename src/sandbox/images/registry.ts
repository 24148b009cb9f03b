import { type ImageReference, parseImage } from '../../docker/images.ts';
import { DockerRefusal } from '../../docker/refusal.ts';
import type { Credentials, Image, Pull } from '../runtime/container-runtime.ts';
import type { Store } from '../store.ts';
import { libraryDigest, libraryImage, libraryTags } from './library.ts';

/** What was pushed: keyed `repository:tag`, the image. */
export const pushedTable = 'registry/tags';
/** Registries that are not of the library, and accounts: keyed by host, a `Registry`. */
export const registryTable = 'registry/hosts';

/** A registry that somebody runs. */
export interface Registry {
  /** Passwords by name. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Folders of repositories that need a login, such as `private`; an empty one means all. */
  readonly privateFolders: readonly string[];
}

const library: Readonly<Record<string, Registry>> = {
  'docker.io': { accounts: {}, privateFolders: [] },
  'gcr.io': { accounts: {}, privateFolders: [] },
  'registry.k8s.io': { accounts: {}, privateFolders: [] },
  'registry.example.com': { accounts: { team: 'shop-1234' }, privateFolders: ['private'] },
};

/** A connection, and what is downloaded in a millisecond: some 40 MB a second. */
const connectMs = 400;
const bytesPerMs = 40_000;

/** Name server of the hosts. */
const nameServer = '172.30.0.1:53';

/** The full name of a reference: `docker.io/library/nginx:latest` of `nginx`. */
export function fullName({ registry, repository, tag, digest }: ImageReference): string {
  const name = `${registry}/${repository}`;
  if (digest) return `${name}@${digest}`;
  return `${name}:${tag || 'latest'}`;
}

/**
 * What a registry answers when an image is asked for, in the words of containerd 2.3 (core/remotes/docker,
 * core/transfer/local; checked against a node).
 */
export function resolvePull(store: Store, text: string, credentials?: Credentials): Pull {
  const reference = readReference(text);
  if (!reference?.repository) {
    const message = `failed to parse image reference "${text}": invalid reference format`;
    return { failure: 'bad-reference', message, milliseconds: 0 };
  }
  const name = fullName(reference);
  const failed = (failure: 'not-found' | 'denied' | 'no-such-host', why: string): Pull => ({
    failure,
    message: `failed to pull and unpack image "${name}": failed to resolve image: ${why}`,
    milliseconds: connectMs,
  });
  const registry = registryAt(store, reference.registry);
  if (!registry) {
    const { registry: host, repository, tag, digest } = reference;
    const address = `https://${host}/v2/${repository}/manifests/${digest || tag || 'latest'}`;
    const [hostname = ''] = host.split(':');
    const why = `dial tcp: lookup ${hostname} on ${nameServer}: no such host`;
    return failed('no-such-host', `failed to do request: Head "${address}": ${why}`);
  }
  const denied = denial(registry, reference, credentials, () => isKnown(store, reference));
  if (denied) return failed('denied', denied);
  const image = findPublished(store, reference);
  if (!image) return failed('not-found', `${name}: not found`);
  return { image, reference: name, milliseconds: connectMs + Math.ceil(image.size / 3 / bytesPerMs) * 1 };
}

/** Whether a login to a registry is right; undefined when there is no such registry. */
export function acceptsLogin(
  store: Store,
  host: string,
  { username, password }: Credentials,
): boolean | undefined {
  const registry = registryAt(store, host);
  return registry && registry.accounts[username] === password && password !== undefined;
}

/** A reference in its parts; undefined when it is none. */
export function readReference(text: string): ImageReference | undefined {
  try {
    return parseImage(text);
  } catch (error) {
    if (error instanceof DockerRefusal) return undefined;
    throw error;
  }
}

/** The registry at a host. */
export function registryAt(store: Store, host: string): Registry | undefined {
  const own = store.read(registryTable, host) as Registry | undefined;
  return own ?? (Object.hasOwn(library, host) ? library[host] : undefined);
}

/** What a registry has under a reference, whoever asks. */
export function findPublished(store: Store, reference: ImageReference): Image | undefined {
  const repository = `${reference.registry}/${reference.repository}`;
  if (reference.digest) {
    const pushed = Object.entries(store.table(pushedTable)).find(
      ([key, image]) => key.startsWith(`${repository}:`) && (image as Image).digest === reference.digest,
    );
    return (pushed?.[1] as Image | undefined) ?? libraryDigest(repository, reference.digest);
  }
  const tag = reference.tag || 'latest';
  return (
    (store.read(pushedTable, `${repository}:${tag}`) as Image | undefined) ?? libraryImage(repository, tag)
  );
}

function isKnown(store: Store, { registry, repository }: ImageReference): boolean {
  const name = `${registry}/${repository}`;
  return (
    libraryTags(name).length > 0 ||
    Object.keys(store.table(pushedTable)).some((key) => key.startsWith(`${name}:`))
  );
}

/** Docker Hub does not say whether a repository is missing or private. */
function denial(
  registry: Registry,
  { registry: host, repository }: ImageReference,
  credentials: Credentials | undefined,
  isKnown: () => boolean,
): string | undefined {
  const what = 'pull access denied, repository does not exist or may require authorization';
  if (host === 'docker.io') {
    return isKnown() ? undefined : `${what}: server message: insufficient_scope: authorization failed`;
  }
  const isPrivate = registry.privateFolders.some(
    (folder) => folder === '' || repository.startsWith(`${folder}/`),
  );
  if (!isPrivate) return undefined;
  if (!credentials) return `${what}: authorization failed: no basic auth credentials`;
  const isRight = registry.accounts[credentials.username] === credentials.password;
  if (isRight) return undefined;
  const [name = '', tag = ''] = [repository, 'latest'];
  return `unexpected status from HEAD request to https://${host}/v2/${name}/manifests/${tag}: 401 Unauthorized`;
}
