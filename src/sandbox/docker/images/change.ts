import { parseImage } from '../../../docker/images.ts';
import { complain, print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { DockerContext } from '../context.ts';
import { ask, oneIf } from '../engine-client.ts';
import { CommandFailure, DaemonFailure, throwAll } from '../failures.ts';
import { platformJson, repositoryOf } from './transfer.ts';

/** `docker image tag` (client/image_tag.go of moby). */
export function* runTag({ args }: DockerContext): Steps<number> {
  const [source = '', target = ''] = args;
  const reference = parseImage(target);
  if (reference.digest !== '') {
    throw new CommandFailure('refusing to create a tag with a digest reference');
  }
  yield* ask('POST', `/images/${source}/tag`, {
    query: { repo: repositoryOf(reference), tag: reference.tag || 'latest' },
  });
  return 0;
}

/** What became of a name or of an image. */
export interface Deletion {
  readonly Untagged?: string;
  readonly Deleted?: string;
}

/** `docker image rm`: one after another; with `--force` it is no failure that there is no such image. */
export function* runRemove({ args, flags }: DockerContext): Steps<number> {
  const isForced = flags.on('--force');
  const platforms = flags.texts('--platform').flatMap((text) => text.split(','));
  const failures: CommandFailure[] = [];
  for (const name of args) {
    try {
      const done = yield* ask<readonly Deletion[]>('DELETE', `/images/${name}`, {
        query: {
          force: oneIf(isForced),
          noprune: oneIf(flags.on('--no-prune')),
          platforms: platforms.length > 0 ? platforms.map((text) => platformJson(text)) : undefined,
        },
      });
      for (const { Deleted, Untagged } of done) {
        yield* print(Deleted ? `Deleted: ${Deleted}\n` : `Untagged: ${Untagged}\n`);
      }
    } catch (failure) {
      throwUnless(failure, CommandFailure);
      failures.push(failure);
    }
  }
  const isForgiven =
    isForced && failures.every((failure) => failure instanceof DaemonFailure && failure.status === 404);
  if (!isForgiven) throwAll(failures);
  for (const { message } of failures) yield* complain(`${message}\n`);
  return 0;
}
