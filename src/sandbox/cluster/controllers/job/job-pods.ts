import type { Container, Job, PodSpec } from '../../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster.ts';
import type { Stored } from '../../object.ts';
import { conditionOf } from '../conditions.ts';
import { withoutFinalizer } from '../finalizers.ts';
import { isTerminating, type StoredPod } from '../pod-state.ts';
import { createPod } from '../template-pods.ts';

export type StoredJob = Stored<Job>;

export const component = 'job-controller';

/** Keeps a Pod that has ended until its Job has counted it. */
const trackingFinalizer = 'batch.kubernetes.io/job-tracking';

const indexAnnotation = 'batch.kubernetes.io/job-completion-index';
const failureCountAnnotation = 'batch.kubernetes.io/job-index-failure-count';
const ignoredCountAnnotation = 'batch.kubernetes.io/job-index-ignored-failure-count';

/** Whether each of a Job's Pods has a number of its own. */
export function isIndexed({ spec }: StoredJob): boolean {
  return spec.completionMode === 'Indexed';
}

/** Whether a Pod is replaced only when it has ended, and not already when it begins to go. */
export function onlyReplacesFailed({ spec }: StoredJob): boolean {
  return spec.podReplacementPolicy === 'Failed' || spec.podFailurePolicy !== undefined;
}

/** Whether a Pod counts as failed. */
export function isFailed(pod: StoredPod, job: StoredJob): boolean {
  if (pod.status?.phase === 'Failed') return true;
  return !onlyReplacesFailed(job) && isTerminating(pod) && pod.status?.phase !== 'Succeeded';
}

/** Whether a Pod has not been counted yet. */
export function isTracked({ metadata }: StoredPod): boolean {
  return metadata.finalizers?.includes(trackingFinalizer) ?? false;
}

/** The number of a Pod; undefined where it has none that is valid. */
export function indexOf(pod: StoredPod, job: StoredJob): number | undefined {
  const text = pod.metadata.annotations?.[indexAnnotation];
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const index = Number(text);
  const { completions = 0 } = job.spec;
  return index < completions ? index : undefined;
}

/** How often the Pods of this number have failed before this one. */
export function failuresBefore({ metadata }: StoredPod): {
  counted: number;
  ignored: number;
} {
  const read = (name: string) => Number(metadata.annotations?.[name] ?? 0) || 0;
  return { counted: read(failureCountAnnotation), ignored: read(ignoredCountAnnotation) };
}

/** When a Pod ended, in milliseconds since 1970. */
export function finishedAt({ status, metadata }: StoredPod): number {
  const { containerStatuses: containers = [] } = status ?? {};
  const times = containers.flatMap(({ state }) => state?.terminated?.finishedAt ?? []);
  if (times.length > 0 && times.length === containers.length) return Math.max(...times.map(Date.parse));
  const ready = conditionOf(status?.conditions, 'Ready');
  if (ready?.status === 'False' && ready.lastTransitionTime) return Date.parse(ready.lastTransitionTime);
  const { creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds = 0 } = metadata;
  if (deletionTimestamp === undefined) return Date.parse(creationTimestamp);
  return Date.parse(deletionTimestamp) - deletionGracePeriodSeconds * 1000;
}

/** Lets a Pod go that has been counted. */
export function untrack(cluster: Cluster, pod: StoredPod): void {
  const latest = cluster.get('pods', pod.metadata.namespace, pod.metadata.name);
  if (!latest || latest.metadata.uid !== pod.metadata.uid || !isTracked(latest)) return;
  cluster.update('pods', withoutFinalizer(latest, trackingFinalizer));
}

/** How often the number of a new Pod has failed. */
export interface IndexFailures {
  readonly counted: number;
  readonly ignored: number;
}

/**
 * Makes one of a Job's Pods.
 *
 * @param index its number, where it has one
 * @throws ApiError what the API said; it has been told of
 */
export function createJobPod(
  cluster: Cluster,
  job: StoredJob,
  index: number | undefined,
  failures: IndexFailures | undefined,
): void {
  const { template } = job.spec;
  const { metadata: { labels, annotations, finalizers = [] } = {}, spec = { containers: [] } } = template;
  const tracked = [...new Set([...finalizers, trackingFinalizer])];
  if (index === undefined) {
    createPod(cluster, job, component, template, { finalizers: tracked });
    return;
  }
  const { name } = job.metadata;
  const numbered = { [indexAnnotation]: `${index}` };
  const ending = `-${index}-`;
  createPod(cluster, job, component, template, {
    finalizers: tracked,
    generateName: `${name.slice(0, 58 - ending.length)}${ending}`,
    labels: { ...labels, ...numbered },
    annotations: { ...annotations, ...numbered, ...failureAnnotations(failures) },
    spec: numberedSpec(spec, `${name}-${index}`),
  });
}

function failureAnnotations(failures: IndexFailures | undefined): Readonly<Record<string, string>> {
  if (!failures) return {};
  return {
    [failureCountAnnotation]: `${failures.counted}`,
    ...(failures.ignored > 0 ? { [ignoredCountAnnotation]: `${failures.ignored}` } : {}),
  };
}

function numberedSpec(spec: PodSpec, hostname: string): PodSpec {
  const fieldPath = `metadata.labels['${indexAnnotation}']`;
  const variable = {
    name: 'JOB_COMPLETION_INDEX',
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
  };
  const told = (container: Container): Container =>
    container.env?.some(({ name }) => name === variable.name)
      ? container
      : { ...container, env: [...(container.env ?? []), variable] };
  return {
    ...spec,
    hostname,
    containers: spec.containers.map(told),
    ...(spec.initContainers ? { initContainers: spec.initContainers.map(told) } : {}),
  };
}
