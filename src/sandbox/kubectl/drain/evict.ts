import type { Pod } from '../../../kubernetes/api.ts';
import { complain, now, pause, print, type Steps } from '../../effects.ts';
import { goDuration } from '../../go/go-duration.ts';
import { throwUnless } from '../../thrown.ts';
import { type DryRun, dryRunNote } from '../changing/dry-run.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure, throwAll } from '../failures.ts';
import type { Options } from '../options.ts';
import { create, get, remove } from '../server/client.ts';
import { nameOf, namespaceOf } from '../server/served-object.ts';

/** So long kubectl waits before it asks again for an eviction that was refused. */
const retryAfter = 5000;
/** So often it looks whether a Pod has gone. */
const lookAfter = 1000;

/** A Pod on its way out. */
interface Leaving {
  readonly pod: Pod;
  /** Whether the server agreed; then it only has to be waited for. */
  readonly isAccepted: boolean;
  /** When it is looked at again. */
  readonly at: number;
}

/**
 * Evicts Pods, asks again where a budget forbids it, and waits until they have gone
 * (k8s.io/kubectl/pkg/drain/drain.go).
 *
 * @throws CommandFailure, SeveralFailures
 */
export function* evictPods(context: KubectlContext, pods: readonly Pod[], dryRun: DryRun): Steps<void> {
  const { options } = context;
  const timeout = timeoutOf(options);
  const start = yield* now();
  const deadline = timeout > 0 ? start + timeout : Number.POSITIVE_INFINITY;
  let leaving: readonly Leaving[] = pods.map((pod) => ({ pod, isAccepted: false, at: start }));
  const failures: Error[] = [];
  while (leaving.length > 0) {
    const time = yield* now();
    const next: Leaving[] = [];
    for (const each of leaving) {
      try {
        const left = each.at > time ? each : yield* goneOn(context, each, { dryRun, deadline, time });
        if (left) next.push(left);
      } catch (failure) {
        throwUnless(failure, CommandFailure);
        failures.push(failure);
      }
    }
    leaving = next;
    const soonest = Math.min(...leaving.map(({ at }) => at), deadline);
    if (leaving.length > 0) yield* pause(Math.max(1, soonest - (yield* now())));
  }
  throwAll(failures);
}

interface Moment {
  readonly dryRun: DryRun;
  readonly deadline: number;
  readonly time: number;
}

/** @returns undefined when nothing is left to do for it */
function* goneOn(context: KubectlContext, leaving: Leaving, moment: Moment): Steps<Leaving | undefined> {
  return leaving.isAccepted
    ? yield* lookedAt(context, leaving, moment)
    : yield* askedToLeave(context, leaving, moment);
}

function* askedToLeave(
  { options }: KubectlContext,
  leaving: Leaving,
  { dryRun, deadline, time }: Moment,
): Steps<Leaving | undefined> {
  const { pod } = leaving;
  const { namespace = '', name = '' } = pod.metadata;
  yield* print(`evicting pod ${namespace}/${name}${dryRunNote(dryRun)}\n`);
  const what = `pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`;
  if (time >= deadline) {
    throw new CommandFailure(
      `error when evicting ${what}: global timeout reached: ${goDuration(timeoutOf(options))}`,
    );
  }
  const eviction = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
    deleteOptions: deleteOptionsOf(options, dryRun),
  };
  try {
    yield* create(`${pathOfPod(pod)}/eviction`, eviction);
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    if (failure.reason === 'NotFound') return undefined;
    if (failure.reason !== 'TooManyRequests') {
      throw new CommandFailure(`error when evicting ${what}: ${failure.message}`);
    }
    yield* complain(`error when evicting ${what} (will retry after 5s): ${failure.message}\n`);
    return { ...leaving, at: time + retryAfter };
  }
  return dryRun === 'server' ? undefined : { pod, isAccepted: true, at: time };
}

function* lookedAt(
  context: KubectlContext,
  leaving: Leaving,
  { deadline, time }: Moment,
): Steps<Leaving | undefined> {
  const { pod } = leaving;
  const { namespace = '', name = '' } = pod.metadata;
  if (yield* isGone(pod)) {
    yield* told(context, pod, 'evicted');
    return undefined;
  }
  if (time < deadline) return { ...leaving, at: time + lookAfter };
  throw new CommandFailure(
    `error when waiting for pod ${JSON.stringify(name)} in namespace ${JSON.stringify(namespace)} to terminate: context deadline exceeded`,
  );
}

/** Deletes Pods, whatever their budgets say, and waits until they have gone. @throws CommandFailure */
export function* deletePods(context: KubectlContext, pods: readonly Pod[], dryRun: DryRun): Steps<void> {
  const { options } = context;
  for (const pod of pods) {
    try {
      yield* remove(pathOfPod(pod), deleteOptionsOf(options, dryRun));
    } catch (failure) {
      throwUnless(failure, ServerFailure);
      if (failure.reason !== 'NotFound') throw failure;
    }
  }
  const timeout = timeoutOf(options);
  const deadline = timeout > 0 ? (yield* now()) + timeout : Number.POSITIVE_INFINITY;
  for (const pod of pods) {
    while (!(yield* isGone(pod))) {
      if ((yield* now()) >= deadline) {
        throw new CommandFailure('context deadline exceeded');
      }
      yield* pause(lookAfter);
    }
    yield* told(context, pod, 'deleted');
  }
}

function deleteOptionsOf(options: Options, dryRun: DryRun): unknown {
  const grace = options.number('--grace-period', -1);
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
    ...(dryRun === 'server' ? { dryRun: ['All'] } : {}),
  };
}

function pathOfPod({ metadata }: Pod): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespaceOf(metadata))}/pods/${encodeURIComponent(nameOf(metadata))}`;
}

function* isGone(pod: Pod): Steps<boolean> {
  try {
    const { metadata } = yield* get<Pod>(pathOfPod(pod));
    return metadata.uid !== pod.metadata.uid;
  } catch (failure) {
    if (failure instanceof ServerFailure && failure.reason === 'NotFound') return true;
    throw failure;
  }
}

function* told({ options }: KubectlContext, pod: Pod, outcome: string): Steps<void> {
  const printer = yield* outcomePrinter(options, outcome, 'none', true);
  yield* print(printer.text(pod));
}

function timeoutOf(options: Options): number {
  return options.duration('--timeout', 0);
}
