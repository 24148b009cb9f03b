import type { Steps } from '../../effects.ts';
import { readConfig } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { hostOf, storedCredentials } from '../registry/credentials.ts';

/** What goes with a build so that it may pull: all logins that are kept, by the host of the registry. */
export function* registryConfig(context: DockerContext): Steps<string> {
  const { auths = {} } = yield* readConfig(context);
  const logins: Record<string, { readonly username: string; readonly password: string }> = {};
  for (const name of Object.keys(auths)) {
    const host = hostOf(name) === 'index.docker.io' ? 'docker.io' : hostOf(name);
    const known = yield* storedCredentials(context, host);
    if (known) logins[host] = { username: known.username, password: known.password };
  }
  return JSON.stringify(logins);
}
