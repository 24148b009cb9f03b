import type { Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { DockerContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { contextName, defaultHost, findContext } from './context-store.ts';

/** Commands that ask no engine, or say themselves that there is none. */
const withoutEngine = /^docker (context |logout$|version$|system info$)/;

/** Where the engine of this machine listens; `/var/run` is a link. */
const here = ['', defaultHost, 'unix:///run/docker.sock'];

/**
 * Refuses a command that would ask another engine than the one of this machine, as the client does where it reaches
 * none (client/errors.go of moby).
 *
 * @param command canonical, such as `docker container run`
 * @throws CommandFailure
 */
export function* demandEngine(context: DockerContext, command: string): Steps<void> {
  const failure = withoutEngine.test(command) ? undefined : yield* unreachable(context);
  if (failure) throw failure;
}

/** Why the engine that a line is for cannot be asked; undefined where it can. */
export function* unreachable(context: DockerContext): Steps<CommandFailure | undefined> {
  try {
    yield* demandReachable(context);
    return undefined;
  } catch (failure) {
    throwUnless(failure, CommandFailure);
    return failure;
  }
}

/** @throws CommandFailure where the engine that a line is for is not that of this machine */
function* demandReachable(context: DockerContext): Steps<void> {
  const host = yield* hostOf(context);
  if (here.includes(host)) return;
  const [, scheme, address = host] = /^(\w+):\/\/(.*)$/.exec(host) ?? ['', 'tcp'];
  if (scheme === 'unix') {
    throw new CommandFailure(
      `failed to connect to the docker API at ${host}; check if the path is correct and if the daemon is running: dial unix ${address}: connect: no such file or directory`,
    );
  }
  if (scheme !== 'tcp') throw new CommandFailure(`docker: an engine at ${host} is not simulated here`);
  const named = address === '' ? 'localhost' : address;
  const whole = /:\d+$/.test(named) ? named : `${named}:2375`;
  const name = whole.replace(/:\d+$/, '');
  if (/^[\d.]+$|^\[|^localhost$/.test(name)) {
    throw new CommandFailure(
      `Cannot connect to the Docker daemon at tcp://${whole}. Is the docker daemon running?`,
    );
  }
  throw new CommandFailure(
    `failed to connect to the docker API at tcp://${whole}: lookup ${name} on ${nameServer}: no such host`,
  );
}

/** The name server of the learner's machine. */
const nameServer = '192.168.1.1:53';

/** The address of the engine that a line is for. @throws CommandFailure where its context is not there */
function* hostOf(context: DockerContext): Steps<string> {
  const { globals } = context.command;
  const [host, other] = ['--host', '--context'].map((name) => globals.findLast((each) => each.name === name));
  if (host && other)
    throw new CommandFailure('conflicting options: cannot specify both --host and --context');
  if (host) return host.value;
  const { DOCKER_HOST } = context.surroundings.env;
  if (!other && DOCKER_HOST) return DOCKER_HOST;
  try {
    const { Endpoints } = yield* findContext(context, yield* contextName(context));
    return Endpoints.docker.Host ?? '';
  } catch (failure) {
    throwUnless(failure, CommandFailure);
    throw new CommandFailure(`Failed to initialize: unable to resolve docker endpoint: ${failure.message}`);
  }
}
