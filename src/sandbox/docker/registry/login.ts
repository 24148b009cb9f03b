import { complain, print, readInput, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { configPath } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { ask } from '../engine-client.ts';
import { CommandFailure, DaemonFailure } from '../failures.ts';
import { hasInputTerminal, readLine } from './ask-learner.ts';
import { type Credentials, hostOf, hubAddress, storeCredentials, storedCredentials } from './credentials.ts';

/**
 * `docker login` (cli/command/registry/login.go of docker/cli).
 *
 * @throws CommandFailure, DaemonFailure where the registry does not accept the password
 */
export function* runLogin(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const [server = ''] = args;
  const isHub = server === '' || server === 'docker.io';
  const serverAddress = isHub ? hubAddress : hostOf(server);
  const username = flags.text('--username');
  const password = yield* givenPassword(context);
  if (username === '' && password === '') {
    const known = yield* storedCredentials(context, serverAddress);
    if (known?.password) {
      const status = yield* loginAgain(context, { ...known, serverAddress });
      if (status !== undefined) return yield* succeed(status);
    }
  }
  const whole = yield* completed(context, { username, password, serverAddress });
  const status = yield* askRegistry(whole);
  yield* keep(context, whole);
  return yield* succeed(status);
}

function* succeed(status: string): Steps<number> {
  if (status !== '') yield* print(`${status}\n`);
  return 0;
}

/** The password of the line, or of its standard input. */
function* givenPassword({ flags }: DockerContext): Steps<string> {
  const given = flags.text('--password');
  if (flags.has('--username') && flags.text('--username') === '')
    throw new CommandFailure('username is empty');
  if (flags.has('--password') && given === '') throw new CommandFailure('password is empty');
  const isPiped = flags.on('--password-stdin') || given === '-';
  if (isPiped && !flags.has('--username')) {
    throw new CommandFailure('the --password-stdin option requires --username to be set');
  }
  if (!isPiped) {
    if (given !== '') {
      yield* complain('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n');
    }
    return given;
  }
  const piped = (yield* readInput()).replace(/(\r\n|\n|\r)$/, '');
  if (piped.trim() === '') throw new CommandFailure('password is empty');
  return piped;
}

/** Tries what is kept. @returns undefined where the registry does not accept it any more */
function* loginAgain(context: DockerContext, known: Credentials): Steps<string | undefined> {
  yield* complain(`Authenticating with existing credentials... [Username: ${known.username}]\n`);
  const advice = "To login with a different account, run 'docker logout' followed by 'docker login'";
  yield* complain(`\n Info -> ${advice}\n\n\n`);
  try {
    return yield* askRegistry(known);
  } catch (failure) {
    throwUnless(failure, DaemonFailure);
    const isDenied = failure.status === 401;
    yield* complain(
      isDenied
        ? 'Stored credentials invalid or expired\n'
        : `Login did not succeed, error: ${failure.message}\n`,
    );
    yield* keep(context, known);
    return undefined;
  }
}

/** Asks for what is missing. @throws CommandFailure where nobody can be asked */
function* completed(context: DockerContext, given: Credentials): Steps<Credentials> {
  let { username, password } = given;
  if (username !== '' && password !== '') return given;
  if (!(yield* hasInputTerminal())) {
    throw new CommandFailure('error: cannot perform an interactive login from a non-TTY device');
  }
  const isHub = given.serverAddress === hubAddress;
  if (username === '') {
    if (isHub) yield* sayWhere();
    const { username: known = '' } = (yield* storedCredentials(context, given.serverAddress)) ?? {};
    username = (yield* readLine(known === '' ? 'Username: ' : `Username (${known}): `)) || known;
    if (username === '') throw new CommandFailure('error: username is required');
  }
  if (password === '') {
    if (isHub) {
      yield* complain('\n Info -> A Personal Access Token (PAT) can be used instead.\n');
      yield* complain(
        '         To create a PAT, visit https://app.docker.com/settings\n         \n         \n',
      );
    }
    password = yield* readLine('Password: ', true);
    yield* print('\n');
    if (password === '') throw new CommandFailure('error: password is required');
  }
  return { ...given, username, password };
}

/** In a browser, as the real client would offer it, nobody can log in here. */
function* sayWhere(): Steps<void> {
  yield* complain('Failed to start web-based login - falling back to command line login...\n\n');
  yield* print(
    "Log in with your Docker ID or email address to push and pull images from Docker Hub. If you don't have a Docker ID, head over to https://hub.docker.com/ to create one.\n",
  );
  yield* print(
    'You can log in with your password or a Personal Access Token (PAT). Using a limited-scope PAT grants better security and is required for organizations using SSO. Learn more at https://docs.docker.com/go/access-tokens/\n\n',
  );
}

function* askRegistry({ username, password, serverAddress: serveraddress }: Credentials): Steps<string> {
  const body = { username, password, serveraddress };
  const { Status = '' } = yield* ask<{ readonly Status?: string }>('POST', '/auth', { body });
  return Status;
}

function* keep(context: DockerContext, credentials: Credentials): Steps<void> {
  if (!(yield* storeCredentials(context, credentials))) return;
  yield* complain(
    `\nWARNING! Your credentials are stored unencrypted in '${configPath(context)}'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`,
  );
}
