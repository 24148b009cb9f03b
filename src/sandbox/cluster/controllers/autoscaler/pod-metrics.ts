import type { Container, Pod } from '../../../../kubernetes/api.ts';
import { parseQuantity } from '../../../../kubernetes/quantity.ts';
import type { PodUsage } from '../../api/subresources/node-backend.ts';
import { conditionOf } from '../conditions.ts';
import { isSidecar, isTerminating, type StoredPod } from '../pod-state.ts';

/** What the metrics server knows of the Pods of a namespace; a Pod of which it knows nothing is left out. */
export type PodMetrics = (namespace: string) => readonly PodUsage[];

/** A measurement of one Pod: thousandths of a processor, or thousandths of a byte. */
export interface Measure {
  readonly value: number;
  readonly at: number;
  readonly windowMs: number;
}

/** In so long after its start a Pod may use more than it will (`cpuInitializationPeriod`). */
const startMs = 5 * 60_000;

/** And so long it takes at most until it is ready for the first time (`delayOfInitialReadinessStatus`). */
const readinessMs = 30_000;

/**
 * What the Pods use of a resource, by name.
 *
 * @param container only of one container
 */
export function measuresOf(
  usages: readonly PodUsage[],
  pods: readonly StoredPod[],
  resource: string,
  container: string | undefined,
): Map<string, Measure> {
  const names = new Set(pods.map(({ metadata }) => metadata.name));
  const found = new Map<string, Measure>();
  for (const { name, at, windowMs, containers } of usages) {
    if (!names.has(name)) continue;
    const own = containers.filter((each) => container === undefined || each.name === container);
    if (own.length === 0) continue;
    const value = own.reduce((sum, { cpuNano, memoryBytes }) => {
      return sum + (resource === 'cpu' ? Math.ceil(cpuNano / 1e6) : memoryBytes * 1000);
    }, 0);
    found.set(name, { value, at, windowMs });
  }
  return found;
}

/** Pods sorted by how they count (`groupPods`). */
export interface PodGroups {
  readonly ready: number;
  readonly unready: ReadonlySet<string>;
  readonly missing: ReadonlySet<string>;
  readonly ignored: ReadonlySet<string>;
}

/** Sorts Pods by whether what they use can be gone by. */
export function groupPods(
  pods: readonly StoredPod[],
  measures: ReadonlyMap<string, Measure>,
  resource: string,
  now: number,
): PodGroups {
  const unready = new Set<string>();
  const missing = new Set<string>();
  const ignored = new Set<string>();
  let ready = 0;
  for (const pod of pods) {
    const { name } = pod.metadata;
    const measure = measures.get(name);
    if (isTerminating(pod) || pod.status?.phase === 'Failed') ignored.add(name);
    else if (pod.status?.phase === 'Pending') unready.add(name);
    else if (!measure) missing.add(name);
    else if (resource === 'cpu' && isStarting(pod, measure, now)) unready.add(name);
    else ready += 1;
  }
  return { ready, unready, missing, ignored };
}

function isStarting({ status }: Pod, { at, windowMs }: Measure, now: number): boolean {
  const condition = conditionOf(status?.conditions, 'Ready');
  if (!condition || !status?.startTime) return true;
  const start = Date.parse(status.startTime);
  const { status: ready, lastTransitionTime = '' } = condition;
  const changed = Date.parse(lastTransitionTime);
  if (start + startMs > now) return ready === 'False' || at < changed + windowMs;
  return ready === 'False' && start + readinessMs > changed;
}

/**
 * What Pods ask for of a resource, in thousandths, by name.
 *
 * @returns why it cannot be said, where a container does not say it
 */
export function requestsFor(
  pods: readonly StoredPod[],
  resource: string,
  container: string | undefined,
): ReadonlyMap<string, number> | string {
  const found = new Map<string, number>();
  for (const { metadata, spec } of pods) {
    const whole = spec.resources?.requests?.[resource];
    if (container === undefined && whole !== undefined) {
      found.set(metadata.name, milli(whole));
      continue;
    }
    const { containers, initContainers = [] } = spec;
    const all = [...containers, ...initContainers.filter(isSidecar)];
    const own = all.filter(({ name }) => container === undefined || name === container);
    if (own.length === 0) return `container ${container} not found in Pod ${metadata.name}`;
    const silent = own.find((each) => requestOf(each, resource) === undefined);
    if (silent) {
      return `missing request for ${resource} in container ${silent.name} of Pod ${metadata.name}`;
    }
    found.set(
      metadata.name,
      own.reduce((sum, each) => sum + milli(`${requestOf(each, resource)}`), 0),
    );
  }
  return found;
}

/** A quantity in thousandths. */
export function milli(quantity: string): number {
  return Number(((parseQuantity(quantity) ?? 0n) + 999_999n) / 1_000_000n);
}

function requestOf({ resources }: Container, resource: string): string | undefined {
  return resources?.requests?.[resource];
}
