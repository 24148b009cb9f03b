import type { LabelSelector, Pod, Service } from '../../../kubernetes/api.ts';
import { labelsText, selectorText } from '../../../kubernetes/selector-text.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { now, pause, type Steps } from '../../effects.ts';
import { CommandFailure } from '../failures.ts';
import { get, open, pathOf } from '../server/client.ts';
import type { DiscoveredResource } from '../server/discovered-resource.ts';
import { type Served, versionOf } from '../server/served-object.ts';
import type { ObjectList } from './selection.ts';

const withSelector = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Deployment', 'Job'];

/**
 * The labels by which an object that manages Pods, or sends them traffic, selects them
 * (k8s.io/kubectl/pkg/polymorphichelpers, SelectorsForObject).
 *
 * @throws CommandFailure in kubectl's words for an object that selects none
 */
export function podSelectorOf(object: ApiObject, { version, kind }: DiscoveredResource): string {
  if (withSelector.includes(kind)) {
    return selectorText((object as { spec?: { selector?: LabelSelector } }).spec?.selector);
  }
  if (kind === 'Service') {
    const { selector = {} } = (object as Served<Service>).spec;
    if (Object.keys(selector).length > 0) return labelsText(selector);
    const { name } = object.metadata;
    throw new CommandFailure(`invalid service '${name}': Service is defined without a selector`);
  }
  throw new CommandFailure(`selector for *${version}.${kind} not implemented`);
}

const pods: DiscoveredResource = {
  name: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  group: '',
  version: 'v1',
  kind: 'Pod',
  namespaced: true,
  verbs: [],
  categories: [],
};

/**
 * The Pods that a selector fits, in order. Where there are none yet, one is waited for.
 *
 * @param timeout in milliseconds
 * @throws CommandFailure when none comes in time
 */
export function* podsSelected(
  namespace: string,
  labelSelector: string,
  timeout: number,
  order: (one: Pod, other: Pod) => number,
): Steps<readonly [Pod, ...Pod[]]> {
  const path = pathOf(pods, namespace);
  const list = yield* get<ObjectList>(path, { labelSelector });
  const found = list.items as readonly unknown[] as readonly Pod[];
  const [first, ...others] = found.toSorted(order);
  if (first) return [first, ...others];
  const query = { labelSelector, watch: 'true', resourceVersion: versionOf(list.metadata) };
  const stream = yield* open('watch', { method: 'GET', path, query });
  const end = (yield* now()) + timeout;
  try {
    for (;;) {
      for (const { type, object } of stream.next()) {
        if (type === 'ADDED' || type === 'MODIFIED') return [object as Pod];
      }
      const left = end - (yield* now());
      if (left <= 0 || stream.ended) throw new CommandFailure('timed out waiting for the condition');
      yield* pause(left);
    }
  } finally {
    stream.close();
  }
}

/** Which of several Pods is best to read the log of: on a node, running, ready, for long, often restarted, old. */
export function byLogging(one: Pod, other: Pod): number {
  const [placed, otherPlaced] = [Boolean(one.spec?.nodeName), Boolean(other.spec?.nodeName)];
  if (placed !== otherPlaced) return placed ? -1 : 1;
  const phase = phaseRank(one) - phaseRank(other);
  if (phase !== 0) return phase;
  const [ready, otherReady] = [readySince(one), readySince(other)];
  if ((ready === undefined) !== (otherReady === undefined)) return ready === undefined ? 1 : -1;
  return (
    byTime(ready, otherReady) ||
    restarts(other, false) - restarts(one, false) ||
    restarts(other, true) - restarts(one, true) ||
    byTime(one.metadata.creationTimestamp, other.metadata.creationTimestamp)
  );
}

function phaseRank({ status }: Pod): number {
  return status?.phase === 'Unknown' ? 1 : status?.phase === 'Pending' ? 2 : 0;
}

function readySince({ status }: Pod): string | undefined {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' ? ready.lastTransitionTime : undefined;
}

function restarts({ spec, status }: Pod, ofSidecars: boolean): number {
  const sidecars = (spec?.initContainers ?? [])
    .filter(({ restartPolicy }) => restartPolicy === 'Always')
    .map(({ name }) => name);
  const counted = ofSidecars
    ? (status?.initContainerStatuses ?? []).filter(({ name }) => sidecars.includes(name))
    : (status?.containerStatuses ?? []);
  return Math.max(0, ...counted.map(({ restartCount }) => restartCount));
}

/** The earlier first. */
function byTime(one = '', other = ''): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
