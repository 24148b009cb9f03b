import { complain, print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { detachKeysOf } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded, oneIf, openOutput } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { keysOf, talk } from '../streams/talk.ts';
import { exitStatus, openWait } from './exit-status.ts';
import type { Inspected } from './inspected.ts';
import { signalled } from './run.ts';

/** `docker container start` (cli/command/container/start.go of docker/cli). */
export function* runStart(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  if (flags.on('--attach') || flags.on('--interactive')) return yield* startAttached(context);
  yield* detachKeysOf(context);
  const failed: string[] = [];
  for (const name of args) {
    try {
      yield* ask('POST', `/containers/${encoded(name)}/start`);
      yield* print(`${name}\n`);
    } catch (failure) {
      throwUnless(failure, CommandFailure);
      yield* complain(`${failure.message}\n`);
      failed.push(name);
    }
  }
  if (failed.length > 0) throw new CommandFailure(`failed to start containers: ${failed.join(', ')}`);
  return 0;
}

function* startAttached(context: DockerContext): Steps<number> {
  const {
    flags,
    args: [name = ''],
  } = context;
  const { Id: id, Config, HostConfig } = yield* ask<Inspected>('GET', `/containers/${encoded(name)}/json`);
  const detachKeys = yield* detachKeysOf(context);
  const stdin = flags.on('--interactive') && Config.OpenStdin;
  const stream = yield* openOutput('POST', `/containers/${id}/attach`, {
    query: { stream: '1', stdin: oneIf(stdin), stdout: '1', stderr: '1', detachKeys },
  });
  const ending = yield* openWait(id, HostConfig.AutoRemove ? 'removed' : 'next-exit');
  try {
    try {
      yield* ask('POST', `/containers/${id}/start`);
    } catch (failure) {
      if (HostConfig.AutoRemove && failure instanceof CommandFailure) yield* exitStatus(ending);
      throw failure;
    }
    const end = yield* talk(stream, {
      stdin,
      tty: Config.Tty,
      detachKeys: keysOf(detachKeys),
      interrupted: () => signalled(id, true),
    });
    return end === 'detached' ? 0 : yield* exitStatus(ending);
  } finally {
    stream.close();
    ending.close();
  }
}
