import type { Pod, ReplicaSet, ReplicaSetCondition, ReplicaSetStatus } from '../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../simulation.ts';
import type { Change } from '../../store.ts';
import type { ApiError } from '../api-error.ts';
import type { Cluster } from '../cluster.ts';
import { controllerOf, type Stored, timestamp } from '../object.ts';
import { conditionOf, withCondition, withoutCondition } from './conditions.ts';
import { podsToDelete } from './deletion-order.ts';
import { omitEmpty } from './omit-empty.ts';
import { adoptersOf, claim, managersOf, selectorMemory } from './owners.ts';
import {
  isActive,
  isAvailable,
  isFinished,
  isReady,
  isTerminating,
  nextAvailable,
  type StoredPod,
} from './pod-state.ts';
import { refusalIn } from './refusal.ts';
import { wantedReplicas } from './replicas.ts';
import { Retries } from './retries.ts';
import { createPod, deletePod, isNamespaceTerminating } from './template-pods.ts';

const component = 'replicaset-controller';

/** As many Pods are made or deleted at a time (k8s.io/kubernetes/pkg/controller/replicaset, `BurstReplicas`). */
const burst = 500;

/** Keeps as many Pods of a template as a ReplicaSet asks for (k8s.io/kubernetes/pkg/controller/replicaset). */
export function replicaSetController(cluster: Cluster, simulation: Simulation): Controller {
  const name = 'replicaset';
  const retries = new Retries(simulation, name);

  return {
    name,
    tables: ['pods', 'replicasets.apps'],
    concerns(change) {
      if (change.table === 'pods') {
        const managers = managersOf(change, 'ReplicaSet');
        if (managers.length > 0) return managers;
        return adoptersOf(cluster, 'replicasets.apps', change, ({ spec }) => spec.selector);
      }
      return change.table === 'replicasets.apps' && isNews(change) ? [change.key] : [];
    },
    reconcile(key) {
      const set = cluster.getByKey('replicasets.apps', key);
      if (!set) return retries.forget(key);
      const pods = claim(cluster, 'pods', set, set.spec.selector, isActive);
      const counts = countsOf(set, pods, cluster.now);
      const failure = set.metadata.deletionTimestamp === undefined ? manage(cluster, set, pods) : undefined;
      const status = statusOf(cluster, set, counts, failure);
      const { generation: observedGeneration = 1 } = set.metadata;
      cluster.updateStatus('replicasets.apps', {
        ...set,
        status: omitStatus({ ...status, observedGeneration }),
      });
      if (failure) return retries.again(key);
      retries.forget(key);
      const next = nextAvailable(pods, set.spec.minReadySeconds ?? 0, cluster.now);
      if (next !== undefined) simulation.wake(name, key, next);
    },
  };
}

/** What it says of itself is no news to it. */
function isNews({ before, after }: Change): boolean {
  const old = before as ReplicaSet | undefined;
  const now = after as ReplicaSet | undefined;
  return old?.spec !== now?.spec || old?.metadata.deletionTimestamp !== now?.metadata.deletionTimestamp;
}

/** Makes or deletes Pods. @returns what the API refused, where it did */
function manage(cluster: Cluster, set: Stored<ReplicaSet>, pods: readonly StoredPod[]): ApiError | undefined {
  const surplus = pods.length - wantedReplicas(set);
  if (surplus < 0) return createSome(cluster, set, Math.min(-surplus, burst));
  if (surplus > 0) {
    const chosen = podsToDelete(pods, relatedPods(cluster, set, pods), Math.min(surplus, burst), cluster.now);
    for (const pod of chosen) deletePod(cluster, set, component, pod);
  }
  return undefined;
}

/** One, then twice as many as before, until the API refuses one of them (`slowStartBatch`). */
function createSome(cluster: Cluster, set: Stored<ReplicaSet>, count: number): ApiError | undefined {
  const { template = {} } = set.spec;
  let left = count;
  for (let batch = 1; left > 0; batch *= 2) {
    const size = Math.min(batch, left);
    let failure: ApiError | undefined;
    for (let made = 0; made < size; made++) {
      try {
        createPod(cluster, set, component, template);
      } catch (error) {
        const refusal = refusalIn(error);
        if (!isNamespaceTerminating(refusal)) failure ??= refusal;
      }
    }
    if (failure) return failure;
    left -= size;
  }
  return undefined;
}

/** The Pods of all ReplicaSets that have the same owner: of the old and the new one of a Deployment. */
function relatedPods(
  cluster: Cluster,
  set: Stored<ReplicaSet>,
  own: readonly StoredPod[],
): readonly StoredPod[] {
  const owner = controllerOf(set);
  if (!owner) return own;
  return cluster
    .ownedBy('replicasets.apps', owner.uid)
    .flatMap((each) => cluster.ownedBy('pods', each.metadata.uid));
}

/** How many of its Pods are how far. */
interface Counts {
  readonly replicas: number;
  readonly fullyLabeledReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
}

function countsOf(set: Stored<ReplicaSet>, pods: readonly StoredPod[], now: number): Counts {
  const minReady = set.spec.minReadySeconds ?? 0;
  const fits = selectorMemory({ matchLabels: set.spec.template?.metadata?.labels ?? {} });
  let labelled = 0;
  let ready = 0;
  let available = 0;
  for (const pod of pods) {
    if (fits(pod.metadata.labels)) labelled += 1;
    if (!isReady(pod)) continue;
    ready += 1;
    if (minReady === 0 || isAvailable(pod, minReady, now)) available += 1;
  }
  return {
    replicas: pods.length,
    fullyLabeledReplicas: labelled,
    readyReplicas: ready,
    availableReplicas: available,
  };
}

function statusOf(
  cluster: Cluster,
  set: Stored<ReplicaSet>,
  counts: Counts,
  failure: ApiError | undefined,
): ReplicaSetStatus {
  return {
    ...set.status,
    ...counts,
    terminatingReplicas: terminatingCount(cluster, set),
    conditions: conditionsOf(cluster, set, failure),
  };
}

function terminatingCount(cluster: Cluster, { metadata: { uid } }: Stored<ReplicaSet>): number {
  let count = 0;
  for (const pod of leavingPods(cluster, uid)) {
    if (!isFinished(pod) && controllerOf(pod)?.uid === uid) count += 1;
  }
  return count;
}

/** The Pods of an owner that are on their way out: few of them, in an index of their own. */
function leavingPods(cluster: Cluster, owner: string): readonly StoredPod[] {
  const ownersOf = (pod: Pod) => (isTerminating(pod) ? ownerUids(pod) : none);
  return cluster.store.index('pods', 'leaving', ownersOf).entries(owner) as StoredPod[];
}

function ownerUids({ metadata }: Pod): readonly string[] {
  return metadata.ownerReferences?.map(({ uid }) => uid) ?? none;
}

const none: readonly string[] = [];

function conditionsOf(
  cluster: Cluster,
  set: Stored<ReplicaSet>,
  failure: ApiError | undefined,
): readonly ReplicaSetCondition[] {
  const known = set.status?.conditions ?? [];
  if (!failure) return withoutCondition(known, 'ReplicaFailure');
  if (conditionOf(known, 'ReplicaFailure')) return known;
  return withCondition(known, {
    type: 'ReplicaFailure',
    status: 'True',
    lastTransitionTime: timestamp(cluster.now),
    reason: 'FailedCreate',
    message: failure.message,
  });
}

function omitStatus({ replicas, terminatingReplicas = 0, ...status }: ReplicaSetStatus): ReplicaSetStatus {
  // These two are written even where they are zero.
  return { ...omitEmpty<Omit<ReplicaSetStatus, 'replicas'>>(status), replicas, terminatingReplicas };
}
