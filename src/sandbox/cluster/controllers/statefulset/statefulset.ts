import type { StatefulSetStatus } from '../../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../../simulation.ts';
import type { Cluster } from '../../cluster.ts';
import { scaledValue } from '../fraction.ts';
import { omitEmpty } from '../omit-empty.ts';
import { adoptersOf, claim, managersOf } from '../owners.ts';
import {
  isAvailable,
  isFinished,
  isReady,
  isTerminating,
  nextAvailable,
  type StoredPod,
} from '../pod-state.ts';
import { refusalIn } from '../refusal.ts';
import { wantedReplicas } from '../replicas.ts';
import { Retries } from '../retries.ts';
import {
  latestRevision,
  revisionsOf,
  type StoredRevision,
  templateIn,
  truncateRevisions,
} from '../revision-history.ts';
import { firstOrdinal, isWanted, ordinalOf, podFor, revisionLabel, type StoredSet } from './identity.ts';
import { PodControl } from './pod-control.ts';
import { hasStaleClaim, ownClaims } from './retention.ts';

const name = 'statefulset';

/** Keeps Pods with names of their own, in order (k8s.io/kubernetes/pkg/controller/statefulset). */
export function statefulSetController(cluster: Cluster, simulation: Simulation): Controller {
  const retries = new Retries(simulation, name);
  return {
    name,
    tables: ['pods', 'statefulsets.apps'],
    concerns(change) {
      if (change.table === 'statefulsets.apps') return [change.key];
      if (change.table !== 'pods') return [];
      const managers = managersOf(change, 'StatefulSet');
      if (managers.length > 0) return managers;
      return adoptersOf(cluster, 'statefulsets.apps', change, ({ spec }) => spec.selector);
    },
    reconcile(key) {
      const set = cluster.getByKey('statefulsets.apps', key);
      if (!set) return retries.forget(key);
      const pods = claim(
        cluster,
        'pods',
        set,
        set.spec.selector,
        ({ metadata }) => ordinalOf(set, metadata.name) >= 0,
      );
      try {
        sync(cluster, set, pods);
        retries.forget(key);
      } catch (error) {
        refusalIn(error);
        retries.again(key);
      }
      const next = nextAvailable(pods, set.spec.minReadySeconds ?? 0, cluster.now);
      if (next !== undefined) simulation.wake(name, key, next);
    },
  };
}

/** The revisions that a set has to do with now. */
interface Revisions {
  readonly current: StoredRevision;
  readonly update: StoredRevision;
}

function sync(cluster: Cluster, set: StoredSet, pods: readonly StoredPod[]): void {
  const known = revisionsOf(cluster, set, set.spec.selector);
  const collisions = set.status?.collisionCount ?? 0;
  const { annotations } = set.metadata;
  const { template } = set.spec;
  const form = { hashLabel: 'controller.kubernetes.io/hash', annotations, collisions };
  const update = latestRevision(cluster, set, template, known, form);
  if (!update) {
    const { replicas = 0, ...status } = set.status ?? {};
    cluster.updateStatus('statefulsets.apps', {
      ...set,
      status: { ...status, replicas, collisionCount: collisions + 1 },
    });
    return;
  }
  const current = known.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update;
  let failure: unknown;
  try {
    if (set.metadata.deletionTimestamp === undefined) bring(cluster, set, pods, { current, update });
  } catch (error) {
    failure = error;
  }
  writeStatus(cluster, set, pods, { current, update });
  const revisions = revisionsOf(cluster, set, set.spec.selector);
  const inUse = pods.map(({ metadata: { labels = {} } }) => labels[revisionLabel]);
  const live = new Set([current.metadata.name, update.metadata.name, ...inUse]);
  const { revisionHistoryLimit = 10 } = set.spec;
  truncateRevisions(cluster, revisions, live, revisionHistoryLimit);
  if (failure !== undefined) throw failure;
}

/** One step, or several where the Pods need not wait for one another (`updateStatefulSet`). */
function bring(cluster: Cluster, set: StoredSet, pods: readonly StoredPod[], revisions: Revisions): void {
  const control = new PodControl(cluster, set);
  const {
    podManagementPolicy = 'OrderedReady',
    minReadySeconds: minReady = 0,
    updateStrategy = {},
  } = set.spec;
  const { type: strategy = 'RollingUpdate', rollingUpdate = {} } = updateStrategy;
  const isOrdered = podManagementPolicy === 'OrderedReady';
  const isFit = (pod: StoredPod | undefined) =>
    pod !== undefined && isAvailable(pod, minReady, cluster.now) && !isTerminating(pod);
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(set, pod.metadata.name), pod]));
  const first = firstOrdinal(set);
  const replicas = Array.from({ length: wantedReplicas(set) }, (_, place) => byOrdinal.get(first + place));
  const condemned = [...byOrdinal]
    .filter(([ordinal]) => !isWanted(set, ordinal))
    .sort(([one], [other]) => other - one)
    .map(([, pod]) => pod);

  for (const [place, pod] of replicas.entries()) {
    const isWaiting = bringReplica(pod, first + place);
    if (isWaiting && isOrdered) return;
  }
  for (const pod of condemned) ownClaims(cluster, set, pod);
  const firstUnfit = replicas.some((pod) => !isFit(pod))
    ? undefined
    : condemned.findLast((pod) => !isFit(pod));
  for (const pod of condemned) {
    if (isTerminating(pod)) {
      if (isOrdered) return;
      continue;
    }
    // One that is not well may go only when it is the first that is not.
    if (isOrdered && !isFit(pod) && pod !== firstUnfit) return;
    control.delete(pod);
    if (isOrdered) return;
  }
  if (strategy !== 'OnDelete') replaceOld();

  /** @returns whether those after it have to wait */
  function bringReplica(pod: StoredPod | undefined, ordinal: number): boolean {
    if (!pod) {
      if (hasStaleClaim(cluster, set, `${set.metadata.name}-${ordinal}`)) return true;
      const revision = revisionFor(set, revisions, ordinal);
      const template = templateIn(revision) ?? set.spec.template;
      control.create(podFor(set, template, revision.metadata.name, ordinal));
      return true;
    }
    if (isFinished(pod)) {
      if (!isTerminating(pod)) control.delete(pod);
      return true;
    }
    if (pod.status?.phase === 'Pending') control.createClaims(pod.metadata.name);
    if (isOrdered && !isFit(pod)) return true;
    control.mend(pod);
    return false;
  }

  /** From the last to the first, as many at a time as may be missing. */
  function replaceOld(): void {
    const { partition = 0, maxUnavailable = 1 } = rollingUpdate;
    const most = Math.max(1, scaledValue(maxUnavailable, wantedReplicas(set), 'down'));
    let room = most - replicas.filter((pod) => !isFit(pod)).length;
    for (let place = replicas.length - 1; place >= 0 && room > 0; place--) {
      const pod = replicas[place];
      if (!pod || first + place < partition || isTerminating(pod)) continue;
      if (pod.metadata.labels?.[revisionLabel] === revisions.update.metadata.name) continue;
      control.delete(pod);
      room -= 1;
    }
  }
}

/** Pods below the partition are made anew as they were. */
function revisionFor(set: StoredSet, { current, update }: Revisions, ordinal: number): StoredRevision {
  const { updateStrategy: { type = 'RollingUpdate', rollingUpdate } = {} } = set.spec;
  const first = firstOrdinal(set);
  const { partition = 0 } = rollingUpdate ?? {};
  const { currentReplicas = 0 } = set.status ?? {};
  const kept = rollingUpdate ? partition : currentReplicas;
  return type === 'RollingUpdate' && ordinal < first + kept ? current : update;
}

function writeStatus(
  cluster: Cluster,
  set: StoredSet,
  pods: readonly StoredPod[],
  { current, update }: Revisions,
): void {
  // What was deleted in this step counts as it is now.
  const now = pods.flatMap((pod) => cluster.get('pods', pod.metadata.namespace, pod.metadata.name) ?? []);
  const { minReadySeconds: minReady = 0, updateStrategy: { type: strategy = 'RollingUpdate' } = {} } =
    set.spec;
  const ready = now.filter((pod) => pod.status?.phase === 'Running' && isReady(pod));
  const of = (revision: StoredRevision) =>
    now.filter(
      (pod) => !isTerminating(pod) && pod.metadata.labels?.[revisionLabel] === revision.metadata.name,
    ).length;
  const wanted = wantedReplicas(set);
  const isDone =
    strategy === 'RollingUpdate' && of(update) === wanted && ready.length === wanted && now.length === wanted;
  const status = omitEmpty<Omit<StatefulSetStatus, 'replicas' | 'collisionCount' | 'availableReplicas'>>({
    observedGeneration: set.metadata.generation,
    readyReplicas: ready.length,
    currentReplicas: isDone ? of(update) : of(current),
    updatedReplicas: of(update),
    currentRevision: isDone ? update.metadata.name : current.metadata.name,
    updateRevision: update.metadata.name,
    conditions: set.status?.conditions,
  });
  // These are written even where they are zero.
  const counts = {
    replicas: now.length,
    availableReplicas: ready.filter((pod) => isAvailable(pod, minReady, cluster.now)).length,
    collisionCount: set.status?.collisionCount ?? 0,
  };
  cluster.updateStatus('statefulsets.apps', { ...set, status: { ...status, ...counts } });
}
