import type { Namespace, NamespaceCondition } from '../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../simulation.ts';
import type { Cluster } from '../cluster.ts';
import { type ApiObject, type Stored, timestamp } from '../object.ts';
import { type Resource, type ServedResource, servedResources } from '../resources.ts';
import { conditionOf, transitionTime } from './conditions.ts';
import { isFinished } from './pod-state.ts';

/** So long every news of a Namespace is left to settle (k8s.io/kubernetes/pkg/controller/namespace). */
const settlingMs = 5_000;

/** So long something with a finalizer is expected to take, in seconds (`finalizerEstimateSeconds`). */
const finalizerSeconds = 15;

/** What the conditions say when there is nothing to complain of, in the order they are written. */
const contentments: readonly (readonly [type: string, reason: string, message: string])[] = [
  ['NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'],
  [
    'NamespaceDeletionGroupVersionParsingFailure',
    'ParsedGroupVersions',
    'All legacy kube types successfully parsed',
  ],
  [
    'NamespaceDeletionContentFailure',
    'ContentDeleted',
    'All content successfully deleted, may be waiting on finalization',
  ],
  ['NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed'],
  ['NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
];

interface Remains {
  /** What is left, by resource. */
  readonly counts: Map<ServedResource, number>;
  readonly finalizers: Map<string, number>;
  /** How long they may take, in seconds. */
  estimate: number;
}

/**
 * Deletes what is in a Namespace that was deleted, the Pods first, and lets it go when it is empty
 * (k8s.io/kubernetes/pkg/controller/namespace/deletion). A key is a name for news of a Namespace, and
 * `due name` when it is time to look.
 */
export function namespaceController(cluster: Cluster, simulation: Simulation): Controller {
  const name = 'namespace';
  return {
    name,
    tables: ['namespaces'],
    concerns({ table, key, after }) {
      if (table !== 'namespaces') return [];
      return (after as ApiObject | undefined)?.metadata.deletionTimestamp ? [key.slice(1)] : [];
    },
    reconcile(key) {
      if (!key.startsWith('due ')) {
        simulation.wake(name, `due ${key}`, cluster.now + settlingMs);
        return;
      }
      const namespace = cluster.get('namespaces', undefined, key.slice(4));
      if (!namespace || namespace.metadata.deletionTimestamp === undefined) return;
      const estimate = empty(cluster, namespace);
      if (estimate > 0) {
        simulation.wake(name, key, cluster.now + (Math.floor(estimate / 2) + 1) * 1000);
        return;
      }
      finalize(cluster, namespace.metadata.name);
    },
  };
}

/** Lets a Namespace go that is empty: its conditions were written a moment ago. */
function finalize(cluster: Cluster, name: string): void {
  const namespace = cluster.get('namespaces', undefined, name);
  if (!namespace) return;
  const { finalizers: before = [] } = namespace.spec;
  const finalizers = before.filter((each) => each !== 'kubernetes');
  cluster.update('namespaces', { ...namespace, spec: { ...namespace.spec, finalizers } });
}

/** @returns in how many seconds it might be empty; 0 when it is */
function empty(cluster: Cluster, namespace: Stored<Namespace>): number {
  const { name } = namespace.metadata;
  const [pods, others] = [
    servedResources.filter(({ table }) => table === 'pods'),
    servedResources.filter(({ table, namespaced }) => namespaced && table !== 'pods'),
  ];
  const first = emptyOf(cluster, namespace, pods);
  if (first.estimate > 0) {
    // Upstream leaves the counts out of the conditions until the Pods are gone.
    writeConditions(cluster, name, []);
    return first.estimate;
  }
  const rest = emptyOf(cluster, namespace, others);
  writeConditions(cluster, name, complaintsOf(rest, cluster.now));
  return rest.estimate;
}

function emptyOf(
  cluster: Cluster,
  { metadata }: Stored<Namespace>,
  kinds: readonly ServedResource[],
): Remains {
  const { deletionTimestamp = '' } = metadata;
  const remains: Remains = { counts: new Map(), finalizers: new Map(), estimate: 0 };
  for (const kind of kinds) {
    const grace = kind.table === 'pods' ? longestGrace(cluster, metadata.name) : 0;
    for (const object of cluster.list(kind.table, metadata.name)) {
      cluster.remove(kind.table, metadata.name, object.metadata.name, {});
    }
    const left = cluster.list(kind.table as Resource, metadata.name) as readonly Stored<ApiObject>[];
    if (left.length === 0) continue;
    remains.counts.set(kind, left.length);
    for (const each of left.flatMap((object) => object.metadata.finalizers ?? [])) {
      remains.finalizers.set(each, (remains.finalizers.get(each) ?? 0) + 1);
    }
    const since = (cluster.now - Date.parse(deletionTimestamp)) / 1000;
    const isWithin = grace > 0 && since < grace;
    remains.estimate = Math.max(remains.estimate, isWithin ? grace : finalizerSeconds);
  }
  return remains;
}

function longestGrace(cluster: Cluster, namespace: string): number {
  const graces = cluster
    .list('pods', namespace)
    .filter((pod) => !isFinished(pod))
    .map(({ spec: { terminationGracePeriodSeconds = 30 } }) => terminationGracePeriodSeconds);
  return graces.reduce((most, each) => Math.max(most, each), 0);
}

function complaintsOf({ counts, finalizers }: Remains, now: number): NamespaceCondition[] {
  const lastTransitionTime = timestamp(now);
  const complaints: NamespaceCondition[] = [];
  if (counts.size > 0) {
    const list = [...counts].map(([kind, count]) => {
      return `${kind.plural}.${kind.group} has ${count} resource instances`;
    });
    complaints.push({
      type: 'NamespaceContentRemaining',
      status: 'True',
      lastTransitionTime,
      reason: 'SomeResourcesRemain',
      message: `Some resources are remaining: ${list.sort().join(', ')}`,
    });
  }
  if (finalizers.size > 0) {
    const list = [...finalizers].map(([each, count]) => `${each} in ${count} resource instances`);
    complaints.push({
      type: 'NamespaceFinalizersRemaining',
      status: 'True',
      lastTransitionTime,
      reason: 'SomeFinalizersRemain',
      message: `Some content in the namespace has finalizers remaining: ${list.sort().join(', ')}`,
    });
  }
  return complaints;
}

function writeConditions(cluster: Cluster, name: string, complaints: readonly NamespaceCondition[]): void {
  const namespace = cluster.get('namespaces', undefined, name);
  if (!namespace) return;
  const conditions = contentments.map(([type, reason, message]): NamespaceCondition => {
    const known = conditionOf(namespace.status?.conditions, type);
    const now = conditionOf(complaints, type) ?? { type, status: 'False', reason, message };
    return {
      ...now,
      lastTransitionTime: transitionTime(known, now.status, cluster.now),
    };
  });
  cluster.updateStatus('namespaces', { ...namespace, status: { ...namespace.status, conditions } });
}
