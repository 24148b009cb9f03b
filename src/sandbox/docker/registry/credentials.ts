import type { Steps } from '../../effects.ts';
import { byKey } from '../../go/go-order.ts';
import { readConfig } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { changeConfig } from '../settings-files.ts';

/** Who somebody is to a registry. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** As the settings name it: a host, or for Docker Hub `hubAddress`. */
  readonly serverAddress: string;
}

/** What Docker Hub is called where credentials are kept. */
export const hubAddress = 'https://index.docker.io/v1/';

/** A host without what stands before or behind it: `https://registry.example.com/v2/` → `registry.example.com`. */
export function hostOf(address: string): string {
  return address.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/s, '');
}

/**
 * The credentials that are kept for a registry (cli/config/configfile and cli/config/credentials of docker/cli).
 *
 * @param registry a host, such as `docker.io`, or `hubAddress`
 * @returns undefined where there are none
 */
export function* storedCredentials(context: DockerContext, registry: string): Steps<Credentials | undefined> {
  const key = isHub(registry) ? hubAddress : registry;
  const { auths = {} } = yield* readConfig(context);
  const name = Object.hasOwn(auths, key) ? key : Object.keys(auths).find((each) => hostOf(each) === key);
  const { auth = '' } = (name === undefined ? undefined : auths[name]) ?? {};
  const [username = '', ...password] = decoded(auth).split(':');
  if (username === '') return undefined;
  return { username, password: password.join(':').replace(/\0+$/, ''), serverAddress: name ?? key };
}

/** The `X-Registry-Auth` header for a registry: what the settings keep for it, or `{}`. */
export function* registryAuth(context: DockerContext, registry: string): Steps<string> {
  const known = yield* storedCredentials(context, registry);
  const { username, password, serverAddress: serveraddress } = known ?? {};
  return urlBase64(JSON.stringify({ username, password, serveraddress }));
}

/** Keeps credentials. @returns whether that changed anything */
export function* storeCredentials(context: DockerContext, given: Credentials): Steps<boolean> {
  const { username, password, serverAddress } = given;
  const auth = base64(`${username}:${password}`);
  const { auths = {} } = yield* readConfig(context);
  if (auths[serverAddress]?.auth === auth) return false;
  const known = Object.entries({ ...auths, [serverAddress]: { auth } });
  const sorted = known.sort(byKey);
  yield* changeConfig(context, { auths: Object.fromEntries(sorted) });
  return true;
}

/** Forgets what is kept under these names. */
export function* eraseCredentials(context: DockerContext, names: readonly string[]): Steps<void> {
  const { auths = {} } = yield* readConfig(context);
  const left = Object.entries(auths).filter(([name]) => !names.includes(name));
  if (left.length < Object.keys(auths).length) {
    yield* changeConfig(context, { auths: Object.fromEntries(left) });
  }
}

function isHub(registry: string): boolean {
  return ['docker.io', 'index.docker.io', hubAddress].includes(registry);
}

function decoded(text: string): string {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return '';
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function urlBase64(text: string): string {
  return base64(text).replaceAll('+', '-').replaceAll('/', '_');
}
