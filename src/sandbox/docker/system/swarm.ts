import { print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { DockerContext, RunCommand } from '../context.ts';
import { type Asked, ask, oneIf } from '../engine-client.ts';
import { CommandFailure, DaemonFailure } from '../failures.ts';

/** What a command asks of the engine first. */
interface FirstRequest extends Asked {
  readonly path: string;
}

/**
 * Commands that need a swarm. The engine is no part of one, and says so whatever it is asked; what they would do is
 * not simulated.
 */
const first: Readonly<Record<string, FirstRequest>> = {
  'config create': { path: '/configs' },
  'config ls': { path: '/configs' },
  'config rm': { path: '/configs' },
  'node demote': { path: '/nodes' },
  'node ls': { path: '/nodes' },
  'node promote': { path: '/nodes' },
  'node ps': { path: '/nodes' },
  'node rm': { path: '/nodes' },
  'node update': { path: '/nodes' },
  'secret create': { path: '/secrets' },
  'secret ls': { path: '/secrets' },
  'secret rm': { path: '/secrets' },
  'service create': { path: '/services' },
  'service logs': { path: '/services' },
  'service ls': { path: '/services', query: { status: 'true' } },
  'service ps': { path: '/services' },
  'service rm': { path: '/services' },
  'service rollback': { path: '/services' },
  'service update': { path: '/services' },
  'stack ls': { path: '/services', query: { filters: '{"label":{"com.docker.stack.namespace":true}}' } },
  'stack ps': { path: '/services' },
  'stack rm': { path: '/services' },
  'stack services': { path: '/services' },
  'swarm ca': { path: '/swarm' },
  'swarm join-token': { path: '/swarm' },
};

function askFirst({ path, ...asked }: FirstRequest): RunCommand {
  return function* ({ path: command }) {
    yield* ask('GET', path, asked);
    throw new CommandFailure(`${command} is not simulated here`);
  };
}

/** What looks things up prints what it has found before it says what is wrong. */
function* refuseInspect({ flags }: DockerContext): Steps<number> {
  const isTemplate = !['', 'json'].includes(flags.text('--format'));
  yield* print(isTemplate ? '\n' : '[]\n');
  return yield* ask('GET', '/services');
}

function* refusal(): Steps<string> {
  try {
    yield* ask('GET', '/swarm');
    return '';
  } catch (failure) {
    throwUnless(failure, DaemonFailure);
    return failure.message;
  }
}

/** `docker service scale` says of each service what is wrong. */
function* refuseScale({ args }: DockerContext): Steps<number> {
  const why = yield* refusal();
  throw new CommandFailure(args.map((arg) => `${arg.replace(/=.*$/, '')}: ${why}`).join('\n'));
}

function* leave({ flags }: DockerContext): Steps<number> {
  return yield* ask('POST', '/swarm/leave', { query: { force: oneIf(flags.on('--force')) } });
}

function* showUnlockKey(): Steps<number> {
  throw new CommandFailure(`could not fetch unlock key: ${yield* refusal()}`);
}

/** The commands that need a swarm. */
export const swarmCommands: Readonly<Record<string, RunCommand>> = {
  ...Object.fromEntries(Object.entries(first).map(([command, asked]) => [command, askFirst(asked)])),
  'config inspect': refuseInspect,
  'node inspect': refuseInspect,
  'secret inspect': refuseInspect,
  'service inspect': refuseInspect,
  'service scale': refuseScale,
  'swarm leave': leave,
  'swarm unlock-key': showUnlockKey,
};
