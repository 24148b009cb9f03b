import type { Pod } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { complain, now, pause, print, type Steps } from '../../effects.ts';
import { Signal } from '../../signals.ts';
import { throwUnless } from '../../thrown.ts';
import type { KubectlContext } from '../context.ts';
import { BareFailure, CommandFailure, ServerFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { get, getText, remove } from '../server/client.ts';
import { attachTo } from './attach.ts';
import { containerMeant } from './pod-for.ts';

/**
 * `kubectl run -it`: waits for the Pod, attaches to it, and in the end gives back its exit code; with `--rm`
 * nothing of it stays.
 *
 * @param made the Pod, and the Service in front of it
 * @throws CommandFailure with the exit code of the Pod
 */
export function* attachToRun(
  context: KubectlContext,
  made: readonly ApiObject[],
  restartPolicy: string,
): Steps<number> {
  const { options } = context;
  const [pod] = made;
  if (!pod) return 0;
  let isStruck = false;
  try {
    const timeout = options.duration('--pod-running-timeout', 60_000);
    yield* attached(pod as Pod, options, timeout);
    if (options.on('--leave-stdin-open') || restartPolicy === 'Always') return 0;
    const ends = restartPolicy === 'OnFailure' ? ['Succeeded'] : ['Succeeded', 'Failed'];
    const ended = yield* waitFor(pod, timeout, ({ status }) => ends.includes(status?.phase ?? ''));
    demandSuccess(ended);
    return 0;
  } catch (failure) {
    // Ctrl-C ends kubectl where it stands, and what it made stays.
    isStruck = failure instanceof Signal;
    throw failure;
  } finally {
    if (options.on('--rm') && !isStruck) for (const each of made) yield* removed(each, options.on('--quiet'));
  }
}

function pathOfObject({ kind, metadata }: ApiObject): string {
  const plural = kind === 'Service' ? 'services' : 'pods';
  const { namespace = '', name = '' } = metadata;
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/${plural}/${encodeURIComponent(name)}`;
}

function* waitFor(pod: ApiObject, timeout: number, isReached: (pod: Pod) => boolean): Steps<Pod> {
  const deadline = (yield* now()) + timeout;
  for (;;) {
    const current = yield* get<Pod>(pathOfObject(pod));
    if (isReached(current)) return current;
    const left = deadline - (yield* now());
    if (left <= 0) throw new CommandFailure('timed out waiting for the condition');
    yield* pause(left);
  }
}

function isEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

function isReady({ status }: Pod): boolean {
  return Boolean(status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'));
}

function* attached(pod: Pod, options: Options, timeout: number): Steps<void> {
  const ready = yield* waitFor(pod, timeout, (each) => isEnded(each) || isReady(each));
  if (isEnded(ready)) {
    yield* printLog(ready, options);
    return;
  }
  const container = yield* containerMeant(ready, '', options.on('--quiet'));
  // A log has whole lines only: a prompt is none yet.
  yield* print(yield* getText(`${pathOfObject(ready)}/log`, { container }));
  try {
    const stdin = options.on('--stdin');
    const tty = options.on('--tty');
    yield* attachTo(ready, { container, stdin, tty, isQuiet: options.on('--quiet') });
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    yield* complain(
      `warning: couldn't attach to pod/${pod.metadata.name}, falling back to streaming logs: ${failure.message}\n`,
    );
    yield* printLog(ready, options, container);
  }
}

function* printLog(pod: Pod, options: Options, known?: string): Steps<void> {
  const container = known ?? (yield* containerMeant(pod, '', options.on('--quiet')));
  yield* print(yield* getText(`${pathOfObject(pod)}/log`, { container }));
}

function demandSuccess({ metadata, status }: Pod): void {
  const named = `pod ${metadata.namespace}/${metadata.name}`;
  if (status?.phase === 'Succeeded') return;
  if (status?.phase !== 'Failed') throw new CommandFailure(`${named} left in phase ${status?.phase}`);
  const terminated = status.containerStatuses?.[0]?.state?.terminated;
  if (!terminated?.exitCode) throw new CommandFailure(`${named} failed with unknown exit code`);
  const { exitCode, reason = '', message = '' } = terminated;
  throw new BareFailure(`${named} terminated (${reason})\n${message}`, exitCode);
}

function* removed(object: ApiObject, isQuiet: boolean): Steps<void> {
  const options = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' };
  try {
    yield* remove(pathOfObject(object), options);
  } catch (failure) {
    if (failure instanceof ServerFailure && failure.reason === 'NotFound') return;
    throw failure;
  }
  const { kind, metadata } = object;
  if (!isQuiet) {
    yield* print(`${kind.toLowerCase()} "${metadata.name}" deleted from ${metadata.namespace} namespace\n`);
  }
}
