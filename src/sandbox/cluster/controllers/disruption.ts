import type {
  Condition,
  LabelSelector,
  OwnerReference,
  PodDisruptionBudget,
  PodDisruptionBudgetStatus,
} from '../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../simulation.ts';
import type { Change } from '../../store.ts';
import type { Cluster } from '../cluster.ts';
import { recordEvent } from '../events.ts';
import { type ApiObject, controllerOf, fitsSelector, keyOf, partsOf, type Stored } from '../object.ts';
import { type Kinds, servedResources } from '../resources.ts';
import { conditionOf, transitionTime } from './conditions.ts';
import { scaledValue } from './fraction.ts';
import { isReady, isTerminating, type StoredPod } from './pod-state.ts';
import { wantedReplicas } from './replicas.ts';

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
      if (change.table === resource) return [change.key];
      if (change.table === 'pods') return budgetsOf(cluster, change);
      return isScale(change) ? allBudgets(cluster, change.key) : [];
    },
    reconcile(key) {
      const budget = cluster.getByKey(resource, key);
      if (!budget) return;
      const { namespace = '' } = budget.metadata;
      const pods = cluster.select('pods', namespace, budget.spec.selector);
      if (pods.length === 0) tell(cluster, budget, 'Normal', 'NoPods', 'No matching pods found');
      const expected = expectedOf(cluster, budget, pods);
      if (typeof expected === 'string') {
        const what = `Failed to calculate the number of expected pods: ${expected}`;
        tell(cluster, budget, 'Warning', 'CalculateExpectedPodCountFailed', what);
        writeFailure(cluster, budget, expected);
        return;
      }
      if (expected.isShare && pods.some((pod) => !controllerOf(pod))) {
        tell(cluster, budget, 'Warning', 'UnmanagedPods', unmanaged(budget.spec.selector));
      }
      const next = writeStatus(cluster, budget, pods, expected);
      if (next !== undefined) simulation.wake(name, key, next);
    },
  };
}

const none: readonly string[] = [];

function budgetsOf(cluster: Cluster, { key, before, after }: Change): readonly string[] {
  const old = before as StoredPod | undefined;
  const now = after as StoredPod | undefined;
  const isSame =
    old &&
    now &&
    isReady(old) === isReady(now) &&
    isTerminating(old) === isTerminating(now) &&
    old.metadata.labels === now.metadata.labels;
  if (isSame) return none;
  const { namespace } = partsOf(key);
  return cluster
    .list(resource, namespace)
    .filter(({ spec }) => [old, now].some((pod) => pod && fitsSelector(spec.selector, pod.metadata.labels)))
    .map(keyOf);
}

/** What a budget may be a share of: the kinds that can be scaled. */
const scaled = ['deployments.apps', 'replicasets.apps', 'statefulsets.apps'] as const;

type Scaled = (typeof scaled)[number];

function isScaled(table: string): table is Scaled {
  return scaled.some((each) => each === table);
}

/** A part of the whole is another one when the whole is. */
function isScale({ table, before, after }: Change): boolean {
  if (!isScaled(table)) return false;
  const old = before as Stored<Kinds[Scaled]> | undefined;
  const now = after as Stored<Kinds[Scaled]> | undefined;
  return old?.spec.replicas !== now?.spec.replicas;
}

function allBudgets(cluster: Cluster, key: string): readonly string[] {
  return cluster.list(resource, key.slice(0, key.indexOf('/'))).map(keyOf);
}

interface Expected {
  readonly pods: number;
  readonly healthy: number;
  /** Whether it goes by how many Pods their owners want, and not by how many there are. */
  readonly isShare: boolean;
}

/** @returns why it cannot be said, where it cannot */
function expectedOf(cluster: Cluster, { spec }: Budget, pods: readonly StoredPod[]): Expected | string {
  const { minAvailable = 0, maxUnavailable } = spec;
  if (maxUnavailable === undefined && typeof minAvailable === 'number') {
    // A budget that says nothing expects nothing.
    const count = spec.minAvailable === undefined ? 0 : pods.length;
    return { pods: count, healthy: minAvailable, isShare: false };
  }
  const all = expectedScale(cluster, pods);
  if (typeof all === 'string') return all;
  const healthy =
    maxUnavailable === undefined
      ? scaledValue(minAvailable, all, 'up')
      : Math.max(0, all - scaledValue(maxUnavailable, all, 'up'));
  return { pods: all, healthy, isShare: true };
}

/** How many Pods the owners of these want. */
function expectedScale(cluster: Cluster, pods: readonly StoredPod[]): number | string {
  const scales = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (!owner || scales.has(owner.uid)) continue;
    const scale = scaleOf(cluster, pod, owner);
    if (typeof scale === 'string') return scale;
    scales.set(scale.uid, scale.replicas);
    // Pods of the old and the new ReplicaSet of a Deployment count for the same scale.
    if (scale.uid !== owner.uid) scales.set(owner.uid, 0);
  }
  return [...scales.values()].reduce((sum, each) => sum + each, 0);
}

/** @returns why an owner has no scale, in the words of the API, where it has none */
function scaleOf(
  cluster: Cluster,
  { metadata: { namespace, name: podName } }: StoredPod,
  { apiVersion, kind, name: ownerName, uid }: OwnerReference,
): { readonly uid: string; readonly replicas: number } | string {
  const served = servedResources.find((each) => each.apiVersion === apiVersion && each.kind === kind);
  if (!served) return `no matches for kind "${kind}" in version "${apiVersion}"`;
  if (!isScaled(served.table)) return `${served.table} does not implement the scale subresource`;
  const owner = cluster.get(served.table, namespace, ownerName);
  if (owner?.metadata.uid !== uid) return `found no controllers for pod "${podName}"`;
  const above = controllerOf(owner);
  const deployment = above && cluster.get('deployments.apps', namespace, above.name);
  const whole = deployment && deployment.metadata.uid === above.uid ? deployment : owner;
  return { uid: whole.metadata.uid, replicas: wantedReplicas(whole) };
}

/** The selector stands in it as Go prints it. */
function unmanaged({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}: ${value},`);
  const expressions = matchExpressions.map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  );
  const selector = `&LabelSelector{MatchLabels:map[string]string{${labels.join('')}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`;
  return `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;
}

/** @returns when it has to be looked at again, in milliseconds since 1970 */
function writeStatus(
  cluster: Cluster,
  budget: Budget,
  pods: readonly StoredPod[],
  expected: Expected,
): number | undefined {
  const { generation = 1 } = budget.metadata;
  const { disruptedPods = {} } = budget.status ?? {};
  const granted = new Map<string, string>();
  for (const pod of pods) {
    const time = disruptedPods[pod.metadata.name];
    if (time === undefined || isTerminating(pod)) continue;
    if (Date.parse(time) + grantedMs > cluster.now) granted.set(pod.metadata.name, time);
    else tellNotDeleted(cluster, pod);
  }
  const healthy = pods.filter(
    (pod) => !isTerminating(pod) && !granted.has(pod.metadata.name) && isReady(pod),
  ).length;
  const spare = expected.pods > 0 ? Math.max(0, healthy - expected.healthy) : 0;
  const status: PodDisruptionBudgetStatus = {
    conditions: [conditionNow(budget, spare, cluster.now)],
    currentHealthy: healthy,
    desiredHealthy: expected.healthy,
    ...(granted.size > 0 ? { disruptedPods: Object.fromEntries(granted) } : {}),
    disruptionsAllowed: spare,
    expectedPods: expected.pods,
    observedGeneration: generation,
  };
  cluster.updateStatus(resource, { ...budget, status });
  if (granted.size === 0) return undefined;
  return Math.min(...[...granted.values()].map((time) => Date.parse(time) + grantedMs));
}

function conditionNow({ metadata, status: before }: Budget, spare: number, now: number): Condition {
  const { generation = 1 } = metadata;
  const known = conditionOf(before?.conditions, 'DisruptionAllowed');
  const status = spare > 0 ? 'True' : 'False';
  return {
    type: 'DisruptionAllowed',
    status,
    reason: spare > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration: generation,
    lastTransitionTime: transitionTime(known, status, now),
  };
}

function writeFailure(cluster: Cluster, budget: Budget, message: string): void {
  const { conditions, observedGeneration = 0 } = budget.status ?? {};
  const known = conditionOf(conditions, 'DisruptionAllowed');
  const condition: Condition = {
    type: 'DisruptionAllowed',
    status: 'False',
    reason: 'SyncFailed',
    message,
    observedGeneration,
    lastTransitionTime: transitionTime(known, 'False', cluster.now),
  };
  const status = { ...budget.status, disruptionsAllowed: 0, conditions: [condition] };
  cluster.updateStatus(resource, { ...budget, status });
}

/** Upstream names the namespace twice, and the budget not at all. */
function tellNotDeleted(cluster: Cluster, pod: StoredPod): void {
  const { namespace } = pod.metadata;
  const what = `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`;
  tell(cluster, pod, 'Warning', 'NotDeleted', what);
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
