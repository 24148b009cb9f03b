import type { Steps } from '../../effects.ts';
import { detachKeysOf } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded, openOutput } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { demandTerminal, keysOf, talk } from '../streams/talk.ts';
import { withShellValues } from './create-body.ts';
import { readPairsFile } from './pairs-file.ts';

/** `docker container exec` (cli/command/container/exec.go of docker/cli). */
export function* runExec(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const [name = '', ...command] = args;
  const isDetached = flags.on('--detach');
  const tty = flags.on('--tty');
  const stdin = !isDetached && flags.on('--interactive');
  const detachKeys = yield* detachKeysOf(context);
  const env: string[] = [];
  for (const path of flags.texts('--env-file')) {
    env.push(...(yield* readPairsFile(path, context.surroundings.env)));
  }
  env.push(...withShellValues(flags.texts('--env'), context.surroundings.env));
  yield* ask('GET', `/containers/${encoded(name)}/json`);
  if (!isDetached) yield* demandTerminal(stdin, tty);
  const { Id: id } = yield* ask<{ readonly Id: string }>('POST', `/containers/${encoded(name)}/exec`, {
    body: {
      User: flags.text('--user'),
      Privileged: flags.on('--privileged'),
      Tty: tty,
      AttachStdin: stdin,
      AttachStderr: !isDetached,
      AttachStdout: !isDetached,
      DetachKeys: detachKeys,
      Env: env.length > 0 ? env : null,
      WorkingDir: flags.text('--workdir'),
      Cmd: command,
    },
  });
  const start = { body: { Detach: isDetached, Tty: tty } };
  if (isDetached) {
    yield* ask('POST', `/exec/${id}/start`, start);
    return 0;
  }
  const stream = yield* openOutput('POST', `/exec/${id}/start`, start);
  const end = yield* talk(stream, { stdin, tty, detachKeys: keysOf(detachKeys) });
  if (end === 'detached') throw new CommandFailure('read escape sequence');
  const { ExitCode: code } = yield* ask<{ readonly ExitCode: number }>('GET', `/exec/${id}/json`);
  return code;
}
