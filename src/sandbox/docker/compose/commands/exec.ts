import type { Steps } from '../../../effects.ts';
import { terminal } from '../../../effects.ts';
import type { DockerContext } from '../../context.ts';
import { ask, openOutput } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import { keysOf, talk } from '../../streams/talk.ts';
import { specifiedContainer } from '../containers.ts';
import { numberFlag } from '../flags.ts';
import { nameOfProject } from '../project/load-project.ts';

/** `docker compose exec` (cmd/compose/exec.go). */
export function* runExec(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const [service = '', ...command] = args;
  const { isTerminal } = yield* terminal();
  const name = yield* nameOfProject(context);
  const { env } = context.surroundings;
  const index = numberFlag(context, '--index') ?? 0;
  const container = yield* specifiedContainer(name.toLowerCase(), service, index);
  const isDetached = flags.on('--detach');
  const tty = flags.has('--no-tty') ? !flags.on('--no-tty') : isTerminal;
  const stdin = !isDetached && (!flags.has('--interactive') || flags.on('--interactive'));
  if (stdin && tty && !isTerminal) throw new CommandFailure('the input device is not a TTY');
  const { Id: exec } = yield* ask<{ readonly Id: string }>('POST', `/containers/${container.Id}/exec`, {
    body: {
      User: flags.text('--user'),
      Privileged: flags.on('--privileged'),
      Tty: tty,
      AttachStdin: stdin,
      AttachStdout: !isDetached,
      AttachStderr: !isDetached,
      Env: flags.texts('--env').flatMap((each) => {
        if (each.includes('=')) return [each];
        const value = env[each];
        return value === undefined ? [each] : [`${each}=${value}`];
      }),
      WorkingDir: flags.text('--workdir'),
      Cmd: command,
    },
  });
  const start = { body: { Detach: isDetached, Tty: tty } };
  if (isDetached) {
    yield* ask('POST', `/exec/${exec}/start`, start);
    return 0;
  }
  const stream = yield* openOutput('POST', `/exec/${exec}/start`, start);
  yield* talk(stream, { stdin, tty, detachKeys: keysOf('') });
  const { ExitCode: code } = yield* ask<{ readonly ExitCode: number }>('GET', `/exec/${exec}/json`);
  return code;
}
