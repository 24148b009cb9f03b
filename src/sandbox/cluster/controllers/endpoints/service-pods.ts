import type { ObjectMeta, Pod, Service, ServicePort } from '../../../../kubernetes/api.ts';
import type { Change } from '../../../store.ts';
import type { Cluster } from '../../cluster.ts';
import { fitsSelector, keyOf, partsOf, type Stored } from '../../object.ts';
import { isFinished, isReady, isSidecar, type StoredPod } from '../pod-state.ts';

/** The label that says a Service has no address of its own (k8s.io/api/core/v1, `IsHeadlessService`). */
export const headlessLabel = 'service.kubernetes.io/headless';

/** When what is said of a Service's Pods changed last (k8s.io/api/core/v1, `EndpointsLastChangeTriggerTime`). */
const triggerAnnotation = 'endpoints.kubernetes.io/last-change-trigger-time';

/** Whether the cluster looks for a Service's Pods: it has a selector, and is no name for something outside. */
export function isSelecting({ spec }: Stored<Service>): boolean {
  return spec.selector !== undefined && spec.type !== 'ExternalName';
}

/** Whether a Service has an address of its own. */
export function hasAddress({ spec }: Stored<Service>): boolean {
  return spec.clusterIP !== undefined && spec.clusterIP !== '' && spec.clusterIP !== 'None';
}

/** The Pods of a Service, whether they are ready or not. */
export function podsOf(cluster: Cluster, { metadata, spec }: Stored<Service>): readonly StoredPod[] {
  // Pods of one template share their labels.
  const known = new Map<unknown, boolean>();
  const { namespace = '' } = metadata;
  const { selector: matchLabels = {} } = spec;
  const selector = { matchLabels };
  return cluster.list('pods', namespace).filter(({ metadata: { labels } }) => {
    let fits = known.get(labels);
    if (fits === undefined) {
      fits = fitsSelector(selector, labels);
      known.set(labels, fits);
    }
    return fits;
  });
}

const none: readonly string[] = [];

/** The keys of the Services whose Pods have changed in a way that shows. */
export function servicesOf(cluster: Cluster, change: Change): readonly string[] {
  const before = change.before as StoredPod | undefined;
  const after = change.after as StoredPod | undefined;
  if (before && after && !hasChanged(before, after)) return none;
  const pod = after ?? before;
  // A Pod without an address is in no Service yet.
  if (!pod || (!before?.status?.podIP && !after?.status?.podIP)) return none;
  return cluster
    .list('services', partsOf(change.key).namespace)
    .filter((service) => {
      const selector = { matchLabels: service.spec.selector ?? {} };
      return (
        isSelecting(service) &&
        [before, after].some((each) => each && fitsSelector(selector, each.metadata.labels))
      );
    })
    .map(keyOf);
}

function hasChanged(before: StoredPod, after: StoredPod): boolean {
  return (
    before.metadata.labels !== after.metadata.labels ||
    before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
    before.spec.nodeName !== after.spec.nodeName ||
    before.status?.podIP !== after.status?.podIP ||
    isReady(before) !== isReady(after) ||
    isFinished(before) !== isFinished(after)
  );
}

/** Whether a Pod can be reached at all (k8s.io/endpointslice/util, `ShouldPodBeInEndpoints`). */
export function isReachable(pod: Pod, withTerminating: boolean): boolean {
  if (isFinished(pod) || !pod.status?.podIP) return false;
  return withTerminating || pod.metadata.deletionTimestamp === undefined;
}

/** The name that a Pod has within its Service; undefined where it has none. */
export function hostnameIn({ metadata }: Stored<Service>, { spec }: StoredPod): string | undefined {
  return spec.hostname && spec.subdomain === metadata.name ? spec.hostname : undefined;
}

/** The number behind a Service's port; undefined where the Pod has no port of that name (`FindPort`). */
export function portIn(pod: StoredPod, port: ServicePort): number | undefined {
  const { targetPort = port.port, protocol = 'TCP' } = port;
  if (typeof targetPort === 'number') return targetPort;
  const sidecars = (pod.spec.initContainers ?? []).filter(isSidecar);
  return [...pod.spec.containers, ...sidecars]
    .flatMap(({ ports = [] }) => ports)
    .find((each) => each.name === targetPort && (each.protocol ?? 'TCP') === protocol)?.containerPort;
}

/**
 * Gives the ports of a Service as its Pods have them. Where all are numbers every Pod has the same; otherwise
 * those of one template have.
 *
 * @param read the ports of one Pod
 */
export function portMemory<T>(
  { spec }: Stored<Service>,
  read: (pod: StoredPod) => readonly T[],
): (pod: StoredPod) => readonly T[] {
  const isNamed = spec.ports?.some(({ targetPort }) => typeof targetPort === 'string') ?? false;
  const known = new Map<unknown, readonly T[]>();
  return (pod) => {
    const template = isNamed ? pod.spec.containers : 'all';
    const ports = known.get(template) ?? read(pod);
    known.set(template, ports);
    return ports;
  };
}

/**
 * What the annotation about the last change says: when the Service was made for the first, later the
 * earliest readiness that is newer than what it said before (k8s.io/endpointslice/util,
 * `TriggerTimeTracker`).
 */
export function triggerTime(
  service: Stored<Service>,
  pods: readonly Pod[],
  before: Pick<ObjectMeta, 'annotations'> | undefined,
): Readonly<Record<string, string>> {
  if (!before) return { [triggerAnnotation]: service.metadata.creationTimestamp };
  const { [triggerAnnotation]: last = '', ...others } = before.annotations ?? {};
  let next: string | undefined;
  for (const { status } of pods) {
    const time = status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
    if (time !== undefined && time > last && (next === undefined || time < next)) next = time;
  }
  return next === undefined ? others : { ...others, [triggerAnnotation]: next };
}
