import { print, type Steps } from '../../effects.ts';
import { elasticTabs } from '../../go/elastic-tabs.ts';
import { throwUnless } from '../../thrown.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded } from '../engine-client.ts';
import { CommandFailure, DaemonFailure } from '../failures.ts';

/** `docker container rename`. */
export function* runRename({ args: [from = '', to = ''] }: DockerContext): Steps<number> {
  if (to === '') throw new CommandFailure('failed to rename container: new name cannot be blank');
  try {
    yield* ask('POST', `/containers/${encoded(from)}/rename`, { query: { name: to } });
    return 0;
  } catch (failure) {
    throwUnless(failure, DaemonFailure);
    throw new CommandFailure(`failed to rename container: ${failure.message}`);
  }
}

/** `docker container top`. */
export function* runTop({ args: [name = '', ...options] }: DockerContext): Steps<number> {
  const query = { ps_args: options.join(' ') };
  const { Titles, Processes } = yield* ask<{
    readonly Titles: readonly string[];
    readonly Processes: readonly (readonly string[])[];
  }>('GET', `/containers/${encoded(name)}/top`, { query });
  const lines = [Titles, ...Processes].map((cells) => `${cells.join('\t')}\n`);
  yield* print(elasticTabs(lines.join(''), { smallest: 20, padding: 3 }));
  return 0;
}

const changeKinds = ['C', 'A', 'D'];

/** `docker container diff`. */
export function* runDiff({ args: [name = ''] }: DockerContext): Steps<number> {
  const path = `/containers/${encoded(name)}/changes`;
  const changes = yield* ask<readonly { readonly Path: string; readonly Kind: number }[] | null>('GET', path);
  for (const { Kind, Path } of changes ?? []) yield* print(`${changeKinds[Kind] ?? ''} ${Path}\n`);
  return 0;
}
