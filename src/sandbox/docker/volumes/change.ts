import { print, type Steps } from '../../effects.ts';
import { humanSize } from '../../go/go-units.ts';
import { throwUnless } from '../../thrown.ts';
import { pruneFilters } from '../containers/prune.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded, oneIf } from '../engine-client.ts';
import { CommandFailure, SilentExit, throwAll } from '../failures.ts';
import { filterQuery } from '../filters.ts';
import { inspect } from '../format/inspect.ts';
import { labels, pairs } from '../networks/create.ts';
import { confirm } from '../streams/confirm.ts';

/** Flags of volumes that belong to a swarm. */
const ofCluster = [
  '--availability',
  '--group',
  '--limit-bytes',
  '--required-bytes',
  '--scope',
  '--secret',
  '--sharing',
  '--topology-preferred',
  '--topology-required',
  '--type',
];

/** `docker volume create` (cli/command/volume/create.go of docker/cli). */
export function* runCreate({ flags, args }: DockerContext): Steps<number> {
  const flag = ofCluster.find((name) => flags.has(name));
  if (flag) throw new CommandFailure(`docker volume create ${flag} is not simulated here: it needs a swarm`);
  const [name = flags.text('--name')] = args;
  const body = {
    Driver: flags.text('--driver') || 'local',
    DriverOpts: pairs(flags.texts('--opt')),
    Labels: labels(flags.texts('--label')),
    ...(name !== '' && { Name: name }),
  };
  const { Name } = yield* ask<{ readonly Name: string }>('POST', '/volumes/create', { body });
  yield* print(`${Name}\n`);
  return 0;
}

/** `docker volume inspect`. */
export function* runInspect({ flags, args }: DockerContext): Steps<number> {
  return yield* inspect(args, flags.text('--format'), function* (name) {
    return { value: yield* ask('GET', `/volumes/${encoded(name)}`), type: 'volume.Volume' };
  });
}

/** `docker volume rm`: one after another. */
export function* runRemove({ flags, args }: DockerContext): Steps<number> {
  const failures: CommandFailure[] = [];
  for (const name of args) {
    try {
      const force = oneIf(flags.on('--force'));
      yield* ask('DELETE', `/volumes/${encoded(name)}`, { query: { force } });
      yield* print(`${name}\n`);
    } catch (failure) {
      throwUnless(failure, CommandFailure);
      failures.push(failure);
    }
  }
  throwAll(failures);
  return 0;
}

/** `docker volume update`: only volumes of a swarm can be changed. */
export function* runUpdate({ args: [name = ''] }: DockerContext): Steps<number> {
  yield* ask('GET', `/volumes/${encoded(name)}`);
  throw new CommandFailure('can only update cluster volumes');
}

/** `docker volume prune` (cli/command/volume/prune.go of docker/cli). */
export function* runPrune(context: DockerContext): Steps<number> {
  const { flags } = context;
  const given = yield* pruneFilters(context);
  const isAll = flags.on('--all');
  if (isAll && given.all) {
    throw new CommandFailure('conflicting options: cannot specify both --all and --filter all=1');
  }
  const what = isAll ? 'all local volumes' : 'anonymous local volumes';
  const question = `WARNING! This will remove ${what} not used by at least one container.\nAre you sure you want to continue?`;
  if (!flags.on('--force') && !(yield* confirm(question))) throw new SilentExit(0);
  const { VolumesDeleted, SpaceReclaimed } = yield* ask<{
    readonly VolumesDeleted: readonly string[];
    readonly SpaceReclaimed: number;
  }>('POST', '/volumes/prune', {
    query: { filters: filterQuery(isAll ? { ...given, all: ['true'] } : given) },
  });
  const isAny = VolumesDeleted.length > 0;
  if (isAny) yield* print(`Deleted Volumes:\n${VolumesDeleted.join('\n')}\n\n`);
  yield* print(`Total reclaimed space: ${humanSize(isAny ? SpaceReclaimed : 0)}\n`);
  return 0;
}
