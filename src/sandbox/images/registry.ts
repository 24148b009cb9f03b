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
  'us-docker.pkg.dev': { accounts: {}, privateFolders: [] },
  'registry.k8s.io': { accounts: {}, privateFolders: [] },
  'registry.example.com': { accounts: { team: 'shop-1234' }, privateFolders: ['private'] },
};

/** A connection, and what is downloaded in a millisecond: some 40 MB a second. */
const connectMs = 400;
const bytesPerMs = 40_000;

/** The name servers of those who ask. */
const nodesServer = '172.30.0.1:53';
const laptopServer = '192.168.1.1:53';

/** The full name of a reference: `docker.io/library/nginx:latest` of `nginx`. */
export function fullName({ registry, repository, tag, digest }: ImageReference): string {
  const name = `${registry}/${repository}`;
  if (digest) return `${name}@${digest}`;
  return `${name}:${tag || 'latest'}`;
}

/** What a registry answers when somebody asks for an image. */
export type RegistryAnswer =
  | { readonly image: Image }
  | {
      readonly failure: 'not-found' | 'denied' | 'unauthorized' | 'unreachable';
      /** In the words of containerd's resolver. */
      readonly why: string;
    };

/**
 * What a registry answers when an image is asked for, in the words of containerd 2.3 (core/remotes/docker; checked
 * against a node and an engine).
 */
export function askRegistry(
  store: Store,
  reference: ImageReference,
  credentials?: Credentials,
  nameServer = laptopServer,
): RegistryAnswer {
  const registry = registryAt(store, reference.registry);
  const address = manifestAddress(reference);
  if (!registry) {
    const why = `failed to do request: Head "${address}": ${unreachable(reference.registry, nameServer)}`;
    return { failure: 'unreachable', why };
  }
  const denied = denial(registry, reference, credentials, () => isKnown(store, reference));
  if (denied) return denied;
  const image = findPublished(store, reference);
  return image ? { image } : { failure: 'not-found', why: `${fullName(reference)}: not found` };
}

/**
 * Whether somebody may push to a repository. Nobody has an account at the public registries; elsewhere whoever
 * has one may.
 *
 * @param blob digest of the first layer, which is asked for before anything is sent
 * @returns why not, in the words of containerd's pusher
 */
export function refusePush(
  store: Store,
  reference: ImageReference,
  blob: string,
  credentials?: Credentials,
): string | undefined {
  const { registry: host, repository } = reference;
  const registry = registryAt(store, host);
  const address = `https://${host}/v2/${repository}/blobs/${blob}`;
  if (!registry) return `failed to do request: Head "${address}": ${unreachable(host)}`;
  const what = 'push access denied, repository does not exist or may require authorization';
  if (host in library && Object.keys(registry.accounts).length === 0) {
    return `${what}: server message: insufficient_scope: authorization failed`;
  }
  if (!credentials) return `${what}: authorization failed: no basic auth credentials`;
  if (isAccount(registry, credentials)) return undefined;
  return `unknown: unexpected status from HEAD request to ${address}: 401 Unauthorized`;
}

/** Puts an image into a registry, under a tag. */
export function publish(store: Store, { registry, repository, tag }: ImageReference, image: Image): void {
  store.write(pushedTable, `${registry}/${repository}:${tag || 'latest'}`, image);
}

/** The tags that a repository of a registry has. */
export function publishedTags(store: Store, { registry, repository }: ImageReference): readonly string[] {
  const name = `${registry}/${repository}`;
  const pushed = Object.keys(store.table(pushedTable))
    .filter((key) => key.startsWith(`${name}:`))
    .map((key) => key.slice(name.length + 1));
  return [...new Set([...libraryTags(name), ...pushed])].sort();
}

/** Whether a registry has a layer in a repository, so that it need not be sent again. */
export function hasLayer(store: Store, { registry, repository }: ImageReference, digest: string): boolean {
  const name = `${registry}/${repository}`;
  const has = (image: Image | undefined) => image?.layers.some((layer) => layer.digest === digest) ?? false;
  return (
    libraryTags(name).some((tag) => has(libraryImage(name, tag))) ||
    Object.entries(store.table(pushedTable)).some(
      ([key, image]) => key.startsWith(`${name}:`) && has(image as Image),
    )
  );
}

/** How long it takes until a registry answers, and until so many bytes have come. */
export function transferTime(bytes: number): number {
  return connectMs + Math.ceil(bytes / bytesPerMs);
}

/** What a pull by a node gives: the same with what containerd's pull says before it. */
export function resolvePull(store: Store, text: string, credentials?: Credentials): Pull {
  const reference = readReference(text);
  if (!reference?.repository) {
    const message = `failed to parse image reference "${text}": invalid reference format`;
    return { failure: 'bad-reference', message, milliseconds: 0 };
  }
  const name = fullName(reference);
  const answer = askRegistry(store, reference, credentials, nodesServer);
  if ('image' in answer) {
    const { image } = answer;
    return { image, reference: name, milliseconds: connectMs + Math.ceil(image.size / 3 / bytesPerMs) };
  }
  const failure =
    answer.failure === 'unreachable'
      ? 'no-such-host'
      : answer.failure === 'unauthorized'
        ? 'denied'
        : answer.failure;
  const message = `failed to pull and unpack image "${name}": failed to resolve image: ${answer.why}`;
  return { failure, message, milliseconds: connectMs };
}

/** Whether a login to a registry is right; undefined when there is no such registry. */
export function acceptsLogin(
  store: Store,
  host: string,
  { username, password }: Credentials,
): boolean | undefined {
  const registry = registryAt(store, host);
  return registry && isAccount(registry, { username, password });
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
  reference: ImageReference,
  credentials: Credentials | undefined,
  isKnown: () => boolean,
): Exclude<RegistryAnswer, { readonly image: Image }> | undefined {
  const { registry: host, repository } = reference;
  const what = 'pull access denied, repository does not exist or may require authorization';
  if (host === 'docker.io') {
    const why = `${what}: server message: insufficient_scope: authorization failed`;
    return isKnown() ? undefined : { failure: 'denied', why };
  }
  const isPrivate = registry.privateFolders.some(
    (folder) => folder === '' || repository.startsWith(`${folder}/`),
  );
  if (!isPrivate) return undefined;
  if (!credentials) {
    return { failure: 'denied', why: `${what}: authorization failed: no basic auth credentials` };
  }
  if (isAccount(registry, credentials)) return undefined;
  const why = `unexpected status from HEAD request to ${manifestAddress(reference)}: 401 Unauthorized`;
  return { failure: 'unauthorized', why };
}

function isAccount({ accounts }: Registry, { username, password }: Credentials): boolean {
  return Object.hasOwn(accounts, username) && accounts[username] === password;
}

function manifestAddress({ registry, repository, tag, digest }: ImageReference): string {
  return `https://${registry}/v2/${repository}/manifests/${digest || tag || 'latest'}`;
}

/** Why there is no way to a host: nobody listens on the machine itself, and other names are not known. */
export function unreachable(host: string, nameServer = laptopServer): string {
  const [hostname = '', port = '443'] = host.split(':');
  if (hostname === 'localhost' || hostname === '127.0.0.1') {
    return `dial tcp 127.0.0.1:${port}: connect: connection refused`;
  }
  return `dial tcp: lookup ${hostname} on ${nameServer}: no such host`;
}
