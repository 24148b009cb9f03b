import type { ContainerBody } from '../../../docker/container-body.ts';
import { containerRequest } from '../../../docker/container-request.ts';
import { print, type Steps } from '../../effects.ts';
import type { OutputStream } from '../../host/engine/request.ts';
import { throwUnless } from '../../thrown.ts';
import { detachKeysOf } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded, oneIf, openOutput } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { demandTerminal, keysOf, talk } from '../streams/talk.ts';
import { createContainer } from './create.ts';
import { createBody } from './create-body.ts';
import { exitStatus, openWait } from './exit-status.ts';

/** `docker container run` (cli/command/container/run.go of docker/cli). */
export function* runRun(context: DockerContext): Steps<number> {
  const request = containerRequest(context.command);
  const { client } = request;
  const body = yield* createBody(context, request);
  if (!client.detach) yield* demandTerminal(body.AttachStdin, body.Tty);
  const id = yield* asRun(createContainer(context, request, body));
  const isAttached = body.AttachStdin || body.AttachStdout || body.AttachStderr;
  if (!isAttached) yield* print(`${id}\n`);
  const detachKeys = isAttached ? yield* detachKeysOf(context) : '';
  const stream = isAttached ? yield* attach(id, body, detachKeys) : undefined;
  const { AutoRemove: isRemoved } = body.HostConfig;
  const ending = yield* openWait(id, isRemoved ? 'removed' : 'next-exit');
  try {
    try {
      yield* asRun(ask('POST', `/containers/${id}/start`));
    } catch (failure) {
      if (isRemoved && failure instanceof CommandFailure) yield* exitStatus(ending);
      throw failure;
    }
    if (!stream) return 0;
    const end = yield* talk(stream, {
      stdin: body.AttachStdin,
      tty: body.Tty,
      stdout: body.AttachStdout,
      stderr: body.AttachStderr,
      detachKeys: keysOf(detachKeys),
      interrupted: () => signalled(id, client.sigProxy),
    });
    return end === 'detached' ? 0 : yield* exitStatus(ending);
  } finally {
    stream?.close();
    ending.close();
  }
}

function* attach(id: string, body: ContainerBody, detachKeys: string): Steps<OutputStream> {
  return yield* openOutput('POST', `/containers/${id}/attach`, {
    query: {
      stream: '1',
      stdin: oneIf(body.AttachStdin),
      stdout: oneIf(body.AttachStdout),
      stderr: oneIf(body.AttachStderr),
      detachKeys,
    },
  });
}

/**
 * Hands Ctrl-C on to a container, where signals are; one that has ended by now hears nothing.
 *
 * @returns whether they are handed on
 */
export function* signalled(id: string, isProxied: boolean): Steps<boolean> {
  if (!isProxied) return false;
  try {
    yield* ask('POST', `/containers/${encoded(id)}/kill`, { query: { signal: 'SIGINT' } });
  } catch (failure) {
    throwUnless(failure, CommandFailure);
  }
  return true;
}

const notFound = /executable file not found|no such file or directory|system cannot find the file specified/;
const notAllowed = /permission denied|is a directory/;

/** What goes wrong has codes of its own in `docker run`: 127 and 126 where the command is at fault, 125 otherwise. */
function* asRun<Value>(steps: Steps<Value>): Steps<Value> {
  try {
    return yield* steps;
  } catch (failure) {
    throwUnless(failure, CommandFailure);
    const { message } = failure;
    const code = notFound.test(message) ? 127 : notAllowed.test(message) ? 126 : 125;
    throw new CommandFailure(`docker: ${message}\n\nRun 'docker run --help' for more information`, code);
  }
}
