import type { Pod } from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { currentOf } from '../changing/subjects.ts';
import { usageFailure } from '../changing/usage.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { readSubjects } from '../manifests/manifests.ts';
import { connect } from '../server/client.ts';
import {
  containerMeant,
  demandUnended,
  type NamedForPod,
  objectNamed,
  podFor,
  podTimeout,
} from './pod-for.ts';
import { demandSuccess, type Talk, talk, ttyGiven } from './talk.ts';

/** `kubectl exec (POD | TYPE/NAME) [-c CONTAINER] [-it] -- COMMAND` (k8s.io/kubectl/pkg/cmd/exec). */
export function* runExec(context: KubectlContext): Steps<number> {
  const { options } = context;
  const { afterDashes, argv } = options.command;
  const hasDashes = argv.includes('--');
  const hasFile = options.has('--filename');
  const [word = ''] = options.args;
  if (!hasDashes && (options.args.length > 1 || (options.args.length > 0 && hasFile))) {
    throw usageFailure(
      options,
      'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead',
    );
  }
  const timeout = podTimeout(options);
  if (word === '' && !hasFile) throw new CommandFailure('pod, type/name or --filename must be specified');
  if (afterDashes.length === 0) {
    throw new CommandFailure('you must specify at least one command for the container');
  }
  const named = word === '' ? yield* objectOfFile(context) : yield* objectNamed(context, [word]);
  const pod = yield* podFor(named, timeout);
  demandUnended(pod, 'exec into a container');
  const isQuiet = options.on('--quiet');
  const container = yield* containerMeant(pod, options.text('--container', ''), isQuiet);
  const wanted = { stdin: options.on('--stdin'), tty: options.on('--tty') };
  const given = yield* ttyGiven(wanted, isQuiet);
  demandSuccess(yield* execute(pod, container, afterDashes, given));
  return 0;
}

function* objectOfFile(context: KubectlContext): Steps<NamedForPod> {
  const [subject, ...others] = yield* readSubjects(context);
  if (!subject || others.length > 0) {
    throw new CommandFailure('cannot exec into multiple objects at a time');
  }
  return { resource: subject.resource, object: yield* currentOf(subject) };
}

/** Runs a command in a container. @returns its exit code. @throws ServerFailure when it cannot be started */
function* execute(
  pod: Pod,
  container: string,
  command: readonly string[],
  { stdin, tty }: Talk,
): Steps<number> {
  const { namespace = '', name = '' } = pod.metadata;
  const stream = yield* connect('process', {
    method: 'POST',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/exec`,
    query: {
      command,
      container,
      stdout: 'true',
      ...(tty ? { tty: 'true' } : { stderr: 'true' }),
      ...(stdin ? { stdin: 'true' } : {}),
    },
  });
  return yield* talk(stream, { stdin, tty });
}
