import type { Steps } from '../../effects.ts';
import { detachKeysOf } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded, oneIf, openOutput } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { demandTerminal, keysOf, talk } from '../streams/talk.ts';
import { exitStatus, openWait } from './exit-status.ts';
import type { Inspected } from './inspected.ts';
import { signalled } from './run.ts';

/** `docker container attach` (cli/command/container/attach.go of docker/cli). */
export function* runAttach(context: DockerContext): Steps<number> {
  const {
    flags,
    args: [name = ''],
  } = context;
  const detachKeys = yield* detachKeysOf(context);
  const ending = yield* openWait(name);
  try {
    const { Config } = yield* demandRunning(name);
    const isReading = !flags.on('--no-stdin');
    yield* demandTerminal(isReading, Config.Tty);
    const stdin = isReading && Config.OpenStdin;
    const stream = yield* openOutput('POST', `/containers/${encoded(name)}/attach`, {
      query: { stream: '1', stdin: oneIf(stdin), stdout: '1', stderr: '1', detachKeys },
    });
    yield* demandRunning(name);
    const isProxied = !flags.has('--sig-proxy') || flags.on('--sig-proxy');
    const end = yield* talk(stream, {
      stdin,
      tty: Config.Tty,
      detachKeys: keysOf(detachKeys),
      interrupted: () => signalled(name, isProxied),
    });
    if (end === 'detached') throw new CommandFailure('read escape sequence');
    return yield* exitStatus(ending);
  } finally {
    ending.close();
  }
}

function* demandRunning(name: string): Steps<Inspected> {
  const container = yield* ask<Inspected>('GET', `/containers/${encoded(name)}/json`);
  const { Running, Paused, Restarting } = container.State;
  if (!Running) throw new CommandFailure('cannot attach to a stopped container, start it first');
  if (Paused) throw new CommandFailure('cannot attach to a paused container, unpause it first');
  if (Restarting) {
    throw new CommandFailure('cannot attach to a restarting container, wait until it is running');
  }
  return container;
}
