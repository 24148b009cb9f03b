import type { Container, Pod } from '../../../kubernetes/api.ts';
import { complain, print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { containersOf } from '../selecting/pod-containers.ts';
import { connect } from '../server/client.ts';
import { containerMeant, demandUnended, objectNamed, podFor, podTimeout } from './pod-for.ts';
import { demandSuccess, talk, ttyGiven } from './talk.ts';

/** `kubectl attach (POD | TYPE/NAME) [-c CONTAINER] [-it]` (k8s.io/kubectl/pkg/cmd/attach). */
export function* runAttach(context: KubectlContext): Steps<number> {
  const { options } = context;
  const words = [...options.args, ...options.command.afterDashes];
  const timeout = podTimeout(options);
  if (words.length === 0) throw new CommandFailure('at least 1 argument is required for attach');
  if (words.length > 2) {
    throw new CommandFailure(
      `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${words.length}: [${words.join(' ')}]`,
    );
  }
  const pod = yield* podFor(yield* objectNamed(context, words), timeout);
  demandUnended(pod, 'attach a container');
  yield* attachTo(pod, {
    container: options.text('--container', ''),
    stdin: options.on('--stdin'),
    tty: options.on('--tty'),
    isQuiet: options.on('--quiet'),
  });
  return 0;
}

/** How somebody attaches to a container. */
export interface AttachManner {
  /** Empty for the one that the Pod means itself. */
  readonly container: string;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly isQuiet: boolean;
}

/**
 * Attaches to the first process of a container until it ends.
 *
 * @throws CommandFailure, ServerFailure
 */
export function* attachTo(pod: Pod, manner: AttachManner): Steps<void> {
  const { container, stdin, tty, isQuiet } = manner;
  const name = yield* meant(pod, container, isQuiet);
  const hasTty = Boolean((containersOf(pod) as readonly Container[]).find((each) => each.name === name)?.tty);
  if (tty && !hasTty && !isQuiet) {
    yield* complain(`error: Unable to use a TTY - container ${name} did not allocate one\n`);
  }
  const given = yield* ttyGiven({ stdin, tty: hasTty }, isQuiet);
  if (!isQuiet) {
    yield* complain(
      "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n",
    );
  }
  const { namespace = '', name: podName = '' } = pod.metadata;
  const stream = yield* connect('process', {
    method: 'POST',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(podName)}/attach`,
    query: {
      container: name,
      stdout: 'true',
      ...(given.tty ? { tty: 'true' } : { stderr: 'true' }),
      ...(given.stdin ? { stdin: 'true' } : {}),
    },
  });
  demandSuccess(yield* talk(stream, given));
  if (!isQuiet && given.stdin && given.tty) yield* print(`${wayBack(pod, name)}\n`);
}

function* meant(pod: Pod, container: string, isQuiet: boolean): Steps<string> {
  try {
    return yield* containerMeant(pod, container, isQuiet);
  } catch (failure) {
    throwUnless(failure, CommandFailure);
    throw new CommandFailure(`cannot attach to the container: ${failure.message}`);
  }
}

function wayBack({ metadata, spec }: Pod, container: string): string {
  const command = `kubectl attach ${metadata.name} -c ${container} -n ${metadata.namespace} -i -t`;
  return spec?.ephemeralContainers?.some(({ name }) => name === container)
    ? `Session ended, the ephemeral container will not be restarted but may be reattached using '${command}' if it is still running`
    : `Session ended, resume using '${command}' command`;
}
