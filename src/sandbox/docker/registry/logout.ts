import { print, type Steps } from '../../effects.ts';
import type { DockerContext } from '../context.ts';
import { eraseCredentials, hostOf, hubAddress } from './credentials.ts';

/** `docker logout` (cli/command/registry/logout.go of docker/cli). It says the same whether anybody was logged in. */
export function* runLogout(context: DockerContext): Steps<number> {
  const [server = ''] = context.args;
  const host = hostOf(server);
  yield* print(`Removing login credentials for ${server === '' ? hubAddress : host}\n`);
  const names = server === '' ? [hubAddress] : [server, host, `http://${host}`, `https://${host}`];
  yield* eraseCredentials(context, names);
  return 0;
}
