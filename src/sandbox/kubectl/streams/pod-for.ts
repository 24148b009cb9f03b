import type { Pod } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { complain, type Steps } from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { containerNames, containersOf, defaultContainer } from '../selecting/pod-containers.ts';
import { podSelectorOf, podsSelected } from '../selecting/pod-selection.ts';
import { namespaceFor, readObjects } from '../selecting/selection.ts';
import { get, inNamespace, pathOf } from '../server/client.ts';
import type { DiscoveredResource } from '../server/discovered-resource.ts';
import { namespaceOf } from '../server/served-object.ts';

/** An object that was named, of which a Pod is wanted. */
export interface NamedForPod {
  readonly resource: DiscoveredResource;
  readonly object: ApiObject;
}

/**
 * The one object that a word names: a Pod, or `TYPE/NAME`.
 *
 * @throws CommandFailure, ServerFailure
 */
export function* objectNamed(context: KubectlContext, words: readonly string[]): Steps<NamedForPod> {
  const [first = ''] = words;
  const [{ resource, name }] = readObjects(
    words.length > 1 || first.includes('/') ? words : ['pods', first],
    yield* context.known(),
  );
  const namespace = namespaceFor(resource, yield* context.target());
  return { resource, object: yield* inNamespace(namespace, get(pathOf(resource, namespace, name))) };
}

/**
 * The Pod that an object stands for: itself, or the most active one of those that it selects
 * (k8s.io/kubectl/pkg/polymorphichelpers, AttachablePodForObject).
 *
 * @throws CommandFailure
 */
export function* podFor({ resource, object }: NamedForPod, timeout: number): Steps<Pod> {
  if (resource.kind === 'Pod' && resource.group === '') return object as Pod;
  let selector: string;
  try {
    selector = podSelectorOf(object, resource);
  } catch (failure) {
    const { version, kind } = resource;
    throw new CommandFailure(`cannot attach to *${version}.${kind}: ${(failure as Error).message}`);
  }
  const [pod] = yield* podsSelected(namespaceOf(object.metadata), selector, timeout, byActivity);
  return { ...pod, apiVersion: 'v1', kind: 'Pod' };
}

/** What `--pod-running-timeout` says. @throws CommandFailure when it is not above zero */
export function podTimeout(options: Options): number {
  const timeout = options.duration('--pod-running-timeout', 60_000);
  if (timeout > 0) return timeout;
  throw new CommandFailure(
    `--pod-running-timeout must be higher than zero\nSee '${options.command.command} -h' for help and examples`,
  );
}

/** On a node first, then running, ready, not being deleted, ready for long, seldom restarted, old. */
function byActivity(one: Pod, other: Pod): number {
  return (
    Number(Boolean(other.spec?.nodeName)) - Number(Boolean(one.spec?.nodeName)) ||
    phaseRank(other) - phaseRank(one) ||
    Number(readySince(other) !== undefined) - Number(readySince(one) !== undefined) ||
    Number(one.metadata.deletionTimestamp !== undefined) -
      Number(other.metadata.deletionTimestamp !== undefined) ||
    byText(readySince(one), readySince(other)) ||
    restarts(one) - restarts(other) ||
    byText(one.metadata.creationTimestamp, other.metadata.creationTimestamp)
  );
}

function phaseRank({ status }: Pod): number {
  return status?.phase === 'Running' ? 2 : status?.phase === 'Unknown' ? 1 : 0;
}

function readySince({ status }: Pod): string | undefined {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' ? ready.lastTransitionTime : undefined;
}

function restarts({ status }: Pod): number {
  return Math.max(0, ...(status?.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}

function byText(one = '', other = ''): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * The container that is meant: the one that was named, the Pod's default, or its first.
 *
 * @throws CommandFailure for a name that none has
 */
export function* containerMeant(
  pod: Pod,
  given: string,
  isQuiet: boolean,
  tell: (text: string) => Steps<void> = complain,
): Steps<string> {
  const name = given || (pod.metadata.annotations?.[defaultContainer] ?? '');
  if (name !== '') {
    if (containersOf(pod).some((each) => each.name === name)) return name;
    throw new CommandFailure(
      `container ${name} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`,
    );
  }
  const first = pod.spec?.containers[0]?.name;
  if (first === undefined) {
    const { namespace, name: podName } = pod.metadata;
    throw new CommandFailure(`pod ${namespace}/${podName} does not have any containers`);
  }
  if (!isQuiet && containersOf(pod).length > 1) {
    yield* tell(`Defaulted container ${JSON.stringify(first)} out of: ${containerNames(pod)}\n`);
  }
  return first;
}

/** @throws CommandFailure for a Pod that has ended */
export function demandUnended({ status }: Pod, what: string): void {
  const { phase = '' } = status ?? {};
  if (phase !== 'Succeeded' && phase !== 'Failed') return;
  throw new CommandFailure(`cannot ${what} in a completed pod; current phase is ${phase}`);
}
