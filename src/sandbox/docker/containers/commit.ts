import { parseImage } from '../../../docker/images.ts';
import { listFolder, print, type Steps, terminal } from '../../effects.ts';
import type { Archive } from '../../host/engine/request.ts';
import { archiveText, writeArchive } from '../archive-text.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { splitPath } from './cp-paths.ts';

/** `docker container commit` (cli/command/container/commit.go of docker/cli). */
export function* runCommit({ flags, args: [name = '', image = ''] }: DockerContext): Steps<number> {
  const isPaused = flags.has('--pause') ? flags.on('--pause') : !flags.on('--no-pause');
  const { Id: id } = yield* ask<{ readonly Id: string }>('POST', '/commit', {
    query: {
      container: name,
      ...(image === '' ? {} : referenceQuery(image)),
      comment: flags.text('--message'),
      author: flags.text('--author'),
      changes: flags.has('--change') ? flags.texts('--change') : undefined,
      pause: isPaused ? undefined : '0',
    },
  });
  yield* print(`${id}\n`);
  return 0;
}

function referenceQuery(image: string): { readonly repo: string; readonly tag: string } {
  const { registry, repository, tag, digest } = parseImage(image);
  if (digest !== '') throw new CommandFailure('refusing to create a tag with a digest reference');
  return { repo: `${registry}/${repository}`, tag: tag || 'latest' };
}

/** `docker container export` (cli/command/container/export.go of docker/cli). */
export function* runExport(context: DockerContext): Steps<number> {
  const { flags } = context;
  const name = context.argument(0);
  const path = flags.text('--output');
  if (path === '' && (yield* terminal()).isTerminal) {
    throw new CommandFailure('cowardly refusing to save to a terminal. Use the -o flag or redirect');
  }
  if (path !== '') yield* demandOutput(context, path);
  const archive = yield* ask<Archive>('GET', `/containers/${encoded(name)}/export`);
  if (path === '') {
    yield* print(archiveText(archive));
    return 0;
  }
  const refused = yield* writeArchive(path, archive);
  if (refused !== undefined) throw new CommandFailure(`write ${path}: ${refused.toLowerCase()}`);
  return 0;
}

function* demandOutput(context: DockerContext, path: string): Steps<void> {
  const [folder] = splitPath(path);
  if ((yield* listFolder(context.resolve(folder))) === undefined) {
    throw new CommandFailure(
      `failed to export container: invalid output path: stat ${folder}: no such file or directory`,
    );
  }
  if ((yield* listFolder(path)) !== undefined) {
    throw new CommandFailure('failed to export container: cannot write to a directory');
  }
}
