import { complain, type Steps } from '../../effects.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded, oneIf } from '../engine-client.ts';
import { CommandFailure, DaemonFailure } from '../failures.ts';
import { type Found, inspect } from '../format/inspect.ts';
import type { InspectType } from '../format/typed.ts';

/** `docker container inspect`. */
export function* runContainerInspect({ flags, args }: DockerContext): Steps<number> {
  const size = oneIf(flags.on('--size'));
  return yield* inspect(args, flags.text('--format'), (name) =>
    lookUp(`/containers/${encoded(name)}/json`, 'container.InspectResponse', size),
  );
}

interface Kind {
  readonly name: string;
  readonly type: InspectType;
  readonly path: (name: string) => string;
}

/** What `docker inspect` looks for, in its order; without a swarm there is nothing more. */
const kinds: readonly Kind[] = [
  { name: 'container', type: 'container.InspectResponse', path: (name) => `/containers/${name}/json` },
  { name: 'image', type: 'image.InspectResponse', path: (name) => `/images/${name}/json` },
  { name: 'network', type: 'network.Inspect', path: (name) => `/networks/${name}` },
  { name: 'volume', type: 'volume.Volume', path: (name) => `/volumes/${name}` },
];

/** `docker inspect` (cli/command/system/inspect.go of docker/cli). */
export function* runInspect({ flags, args }: DockerContext): Steps<number> {
  const type = flags.text('--type');
  const hasSize = flags.on('--size');
  return yield* inspect(args, flags.text('--format'), (name) => findAny(name, type, hasSize));
}

function* findAny(name: string, type: string, hasSize: boolean): Steps<Found> {
  for (const kind of kinds) {
    if (type !== '' && type !== kind.name) continue;
    try {
      const size = oneIf(hasSize && kind.name === 'container');
      const found = yield* lookUp(kind.path(encoded(name)), kind.type, size);
      if (hasSize && size === undefined) yield* complain(`WARNING: --size ignored for ${kind.name}\n`);
      return found;
    } catch (failure) {
      if (type !== '' || !isSkipped(failure)) throw failure;
    }
  }
  if (type === '') yield* demandNoSwarmObject(name);
  const path = otherKinds[type];
  if (path !== undefined) return { value: yield* ask('GET', `/${path}/${encoded(name)}`) };
  throw new CommandFailure(`error: no such object: ${name}`);
}

/** What an engine without a swarm refuses. */
const otherKinds: Readonly<Record<string, string>> = {
  service: 'services',
  task: 'tasks',
  node: 'nodes',
  plugin: 'plugins',
  secret: 'secrets',
  config: 'configs',
};

/** Whether there is a swarm is asked for before anything of one is looked for: there is none. Plugins are no part of it. */
function* demandNoSwarmObject(name: string): Steps<void> {
  yield* ask('GET', '/info');
  try {
    yield* ask('GET', `/plugins/${encoded(name)}/json`);
  } catch (failure) {
    if (!isSkipped(failure)) throw failure;
  }
}

function isSkipped(failure: unknown): boolean {
  if (!(failure instanceof DaemonFailure)) return false;
  return failure.status === 404 || /not supported|invalid reference format/.test(failure.message);
}

function* lookUp(path: string, type: InspectType, size?: string): Steps<Found> {
  return { value: yield* ask('GET', path, { query: { size } }), type };
}
