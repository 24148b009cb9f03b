import type { Condition, PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../simulation.ts';
import type { Change } from '../../store.ts';
import type { Cluster } from '../cluster.ts';
import { recordEvent } from '../events.ts';
import { type ApiObject, controllerOf, fitsSelector, keyOf, type Stored, timestamp } from '../object.ts';
import { conditionOf } from './conditions.ts';
import { scaledValue } from './fraction.ts';
import { isReady, isTerminating, type StoredPod } from './pod-state.ts';

const name = 'disruption';
const resource = 'poddisruptionbudgets.policy';

/** A Pod whose eviction was granted counts as gone for so long (`DeletionTimeout`). */
const grantedMs = 2 * 60_000;

type Budget = Stored<PodDisruptionBudget>;

/** Writes down how many Pods may be evicted (k8s.io/kubernetes/pkg/controller/disruption). */
export function disruptionController(cluster: Cluster, simulation: Simulation): Controller {
  return {
    name,
    tables: [resource, 'pods', ...scaled],
    concerns(change) {
      if (change.table === resource) return change.after === undefined ? [] : [change.key];
      if (change.table === 'pods') return budgetsOf(cluster, change);
      return isScale(change) ? allBudgets(cluster, change.key) : [];
    },
    reconcile(key) {
      const budget = cluster.getByKey(resource, key);
      if (!budget) return;
      const pods = cluster.select('pods', budget.metadata.namespace ?? '', budget.spec?.selector);
      if (pods.length === 0) tell(cluster, budget, 'Normal', 'NoPods', 'No matching pods found');
      const expected = expectedOf(cluster, budget, pods);
      if (typeof expected === 'string') {
        const what = `Failed to calculate the number of expected pods: ${expected}`;
        tell(cluster, budget, 'Warning', 'CalculateExpectedPodCountFailed', what);
        writeFailure(cluster, budget, expected);
        return;
      }
      const next = writeStatus(cluster, budget, pods, expected);
      if (next !== undefined) simulation.wake(name, key, next);
    },
  };
}

const none: readonly string[] = [];

function budgetsOf(cluster: Cluster, { before, after }: Change): readonly string[] {
  const old = before as StoredPod | undefined;
  const now = after as StoredPod | undefined;
  const isSame =
    old &&
    now &&
    isReady(old) === isReady(now) &&
    isTerminating(old) === isTerminating(now) &&
    old.metadata.labels === now.metadata.labels;
  if (isSame) return none;
  const { namespace = '' } = (now ?? old)?.metadata ?? {};
  return cluster
    .list(resource, namespace)
    .filter(({ spec }) => [old, now].some((pod) => pod && fitsSelector(spec?.selector, pod.metadata.labels)))
    .map(keyOf);
}

/** A part of the whole is another one when the whole is. */
/** What a budget may be a share of. */
const scaled: readonly string[] = ['deployments.apps', 'replicasets.apps', 'statefulsets.apps'];

function isScale({ table, before, after }: Change): boolean {
  if (!scaled.includes(table)) return false;
  const old = before as { spec?: { replicas?: number } } | undefined;
  const now = after as { spec?: { replicas?: number } } | undefined;
  return old?.spec?.replicas !== now?.spec?.replicas;
}

function allBudgets(cluster: Cluster, key: string): readonly string[] {
  return cluster.list(resource, key.slice(0, key.indexOf('/'))).map(keyOf);
}

interface Expected {
  readonly pods: number;
  readonly healthy: number;
}

/** @returns why it cannot be said, where it cannot */
function expectedOf(cluster: Cluster, { spec }: Budget, pods: readonly StoredPod[]): Expected | string {
  const { minAvailable, maxUnavailable } = spec ?? {};
  if (maxUnavailable === undefined && typeof minAvailable === 'number') {
    return { pods: pods.length, healthy: minAvailable };
  }
  const all = expectedScale(cluster, pods);
  if (typeof all === 'string') return all;
  if (maxUnavailable !== undefined) {
    return { pods: all, healthy: Math.max(0, all - scaledValue(maxUnavailable, all, 'up')) };
  }
  if (minAvailable === undefined) return { pods: 0, healthy: 0 };
  return { pods: all, healthy: scaledValue(minAvailable, all, 'up') };
}

/** How many Pods the owners of these want. */
function expectedScale(cluster: Cluster, pods: readonly StoredPod[]): number | string {
  const scales = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (!owner || scales.has(owner.uid)) continue;
    const scale = scaleOf(cluster, pod, owner);
    if (scale === undefined) return `found no controllers for pod "${pod.metadata.name}"`;
    scales.set(scale.uid, scale.replicas);
    // Pods of the old and the new ReplicaSet of a Deployment count for the same scale.
    if (scale.uid !== owner.uid) scales.set(owner.uid, 0);
  }
  return [...scales.values()].reduce((sum, each) => sum + each, 0);
}

function scaleOf(
  cluster: Cluster,
  { metadata: { namespace } }: StoredPod,
  owner: { readonly kind: string; readonly name: string; readonly uid: string },
): { uid: string; replicas: number } | undefined {
  if (owner.kind === 'StatefulSet') {
    const set = cluster.get('statefulsets.apps', namespace, owner.name);
    return set && { uid: set.metadata.uid, replicas: set.spec?.replicas ?? 1 };
  }
  if (owner.kind !== 'ReplicaSet') return undefined;
  const set = cluster.get('replicasets.apps', namespace, owner.name);
  const above = set && controllerOf(set);
  const deployment =
    above?.kind === 'Deployment' ? cluster.get('deployments.apps', namespace, above.name) : undefined;
  const scaled = deployment ?? set;
  return scaled && { uid: scaled.metadata.uid, replicas: scaled.spec?.replicas ?? 1 };
}

/** @returns when it has to be looked at again, in milliseconds since 1970 */
function writeStatus(
  cluster: Cluster,
  budget: Budget,
  pods: readonly StoredPod[],
  expected: Expected,
): number | undefined {
  const granted = Object.entries(budget.status?.disruptedPods ?? {}).filter(([pod, time]) => {
    const found = pods.find(({ metadata }) => metadata.name === pod);
    return found && !isTerminating(found) && Date.parse(time) + grantedMs > cluster.now;
  });
  const going = new Set(granted.map(([pod]) => pod));
  const healthy = pods.filter(
    (pod) => !isTerminating(pod) && !going.has(pod.metadata.name) && isReady(pod),
  ).length;
  const spare = expected.pods > 0 ? Math.max(0, healthy - expected.healthy) : 0;
  const status: PodDisruptionBudgetStatus = {
    conditions: [conditionNow(budget, spare, cluster.now)],
    currentHealthy: healthy,
    desiredHealthy: expected.healthy,
    ...(granted.length > 0 ? { disruptedPods: Object.fromEntries(granted) } : {}),
    disruptionsAllowed: spare,
    expectedPods: expected.pods,
    observedGeneration: budget.metadata.generation ?? 1,
  };
  cluster.updateStatus(resource, { ...budget, status });
  if (granted.length === 0) return undefined;
  return Math.min(...granted.map(([, time]) => Date.parse(time) + grantedMs));
}

function conditionNow(budget: Budget, spare: number, now: number): Condition {
  const known = conditionOf(budget.status?.conditions, 'DisruptionAllowed');
  const status = spare > 0 ? 'True' : 'False';
  return {
    type: 'DisruptionAllowed',
    status,
    reason: spare > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration: budget.metadata.generation ?? 1,
    lastTransitionTime: known?.status === status ? known.lastTransitionTime : timestamp(now),
  };
}

function writeFailure(cluster: Cluster, budget: Budget, message: string): void {
  const known = conditionOf(budget.status?.conditions, 'DisruptionAllowed');
  const condition: Condition = {
    type: 'DisruptionAllowed',
    status: 'False',
    reason: 'SyncFailed',
    message,
    observedGeneration: budget.status?.observedGeneration ?? 0,
    lastTransitionTime: known?.status === 'False' ? known.lastTransitionTime : timestamp(cluster.now),
  };
  const status = { ...budget.status, disruptionsAllowed: 0, conditions: [condition] };
  cluster.updateStatus(resource, { ...budget, status });
}

function tell(
  cluster: Cluster,
  about: ApiObject,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  recordEvent(cluster, { about, type, reason, message, component: 'controllermanager' });
}
