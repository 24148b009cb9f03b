import { acceptsLogin, registryAt, unreachable } from '../../images/registry.ts';
import type { Credentials } from '../../runtime/container-runtime.ts';
import type { Store } from '../../store.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineRequest } from '../engine/request.ts';

/** What `docker login` sends, and what stands in the header `X-Registry-Auth`. */
interface AuthConfig {
  readonly username?: string;
  readonly password?: string;
  readonly serveraddress?: string;
  readonly identitytoken?: string;
  readonly auth?: string;
}

/** Who asks, as the header of a request says it; undefined for nobody. */
export function credentialsOf({ headers }: EngineRequest): Credentials | undefined {
  const text = headers['x-registry-auth'];
  if (text === undefined || text === '') return undefined;
  const { username = '', password = '' } = readAuth(text);
  return username === '' ? undefined : { username, password };
}

/**
 * Tries an account at a registry.
 *
 * @returns the body of the answer
 * @throws EngineError when there is no such registry or no such account
 */
export function login(store: Store, body: unknown): Readonly<Record<string, string>> {
  if (body === undefined) throw new EngineError(400, 'invalid X-Registry-Auth header: invalid JSON: EOF');
  const { username = '', password = '', serveraddress = '' } = body as AuthConfig;
  const host = hostOf(serveraddress);
  const address = `https://${host === 'docker.io' ? 'registry-1.docker.io' : host}/v2/`;
  if (!registryAt(store, host)) throw new EngineError(500, `Get "${address}": ${unreachable(host)}`);
  if (acceptsLogin(store, host, { username, password }))
    return { IdentityToken: '', Status: 'Login Succeeded' };
  // Docker Hub gives tokens; a registry that takes names and passwords itself says no by the status alone.
  if (host === 'docker.io') {
    throw new EngineError(401, `Get "${address}": unauthorized: incorrect username or password`);
  }
  throw new EngineError(500, `login attempt to ${address} failed with status: 401 Unauthorized`);
}

function hostOf(address: string): string {
  const host = address.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return host === '' || host === 'index.docker.io' || host === 'registry-1.docker.io' ? 'docker.io' : host;
}

function readAuth(text: string): AuthConfig {
  try {
    return JSON.parse(decodeBase64(text)) as AuthConfig;
  } catch {
    return {};
  }
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** base64, also as URLs have it; characters beyond ASCII are in UTF-8. */
function decodeBase64(text: string): string {
  let bits = 0;
  let count = 0;
  let encoded = '';
  for (const letter of text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')) {
    const digit = digits.indexOf(letter);
    if (digit < 0) continue;
    bits = (bits << 6) | digit;
    count += 6;
    if (count >= 8) {
      count -= 8;
      encoded += `%${((bits >> count) & 0xff).toString(16).padStart(2, '0')}`;
    }
  }
  return decodeURIComponent(encoded);
}
