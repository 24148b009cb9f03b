import { findResource } from '../../../kubernetes/resources.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Stored } from '../../cluster/object.ts';
import { isResource, type Kinds, type Resource } from '../../cluster/resources.ts';

/** An object that was asked about. */
export interface Subject extends Sort {
  readonly object: Stored<Kinds[Resource]>;
}

/** Objects of one kind. */
export interface Sort {
  readonly table: Resource;
  readonly kind: string;
}

/** Kinds that a name alone may mean, the most likely first. */
const usual: readonly Sort[] = [
  { table: 'deployments.apps', kind: 'Deployment' },
  { table: 'statefulsets.apps', kind: 'StatefulSet' },
  { table: 'daemonsets.apps', kind: 'DaemonSet' },
  { table: 'pods', kind: 'Pod' },
  { table: 'services', kind: 'Service' },
  { table: 'jobs.batch', kind: 'Job' },
  { table: 'cronjobs.batch', kind: 'CronJob' },
  { table: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim' },
  { table: 'replicasets.apps', kind: 'ReplicaSet' },
  { table: 'horizontalpodautoscalers.autoscaling', kind: 'HorizontalPodAutoscaler' },
  { table: 'nodes', kind: 'Node' },
  { table: 'namespaces', kind: 'Namespace' },
];

/** A kind as people type it; undefined when there is none. */
export function sortOf(word: string): Sort | undefined {
  const found = findResource(word);
  if (!found) return undefined;
  const table = found.group ? `${found.plural}.${found.group}` : found.plural;
  return isResource(table) ? { table, kind: found.kind } : undefined;
}

/** The object of a kind and a name; undefined when there is none. */
export function subjectOf(
  cluster: Cluster,
  { table, kind }: Sort,
  namespace: string,
  name: string,
): Subject | undefined {
  const object = cluster.get(table, namespace, name) ?? cluster.get(table, undefined, name);
  return object && { table, kind, object };
}

/** All that a name alone may mean. */
export function subjectsNamed(cluster: Cluster, namespace: string, name: string): readonly Subject[] {
  return usual.flatMap((sort) => subjectOf(cluster, sort, namespace, name) ?? []);
}

/** Kinds whose objects others own. */
const owned: readonly Sort[] = [
  { table: 'replicasets.apps', kind: 'ReplicaSet' },
  { table: 'jobs.batch', kind: 'Job' },
  { table: 'pods', kind: 'Pod' },
  { table: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim' },
];

/**
 * What belongs to an object: itself, what it owns and what these own; for a Service the Pods it chooses, for a
 * Pod the claims it uses.
 */
export function scopeOf(cluster: Cluster, subject: Subject): readonly Subject[] {
  const found = new Map([[subject.object.metadata.uid, subject]]);
  // Those that are found are looked at in their turn.
  for (const [uid, { object, table }] of found) {
    const parts = owned.flatMap((sort) =>
      cluster.ownedBy(sort.table, uid).map((each): Subject => ({ ...sort, object: each })),
    );
    if (table === 'services') parts.push(...chosenPods(cluster, object as Stored<Kinds['services']>));
    if (table === 'pods') parts.push(...claimsOf(cluster, object as Stored<Kinds['pods']>));
    for (const part of parts) found.set(part.object.metadata.uid, part);
  }
  return [...found.values()];
}

function chosenPods(cluster: Cluster, { metadata, spec }: Stored<Kinds['services']>): readonly Subject[] {
  const { namespace = '' } = metadata;
  const { selector = {} } = spec ?? {};
  if (Object.keys(selector).length === 0) return [];
  const pods = cluster.select('pods', namespace, { matchLabels: selector });
  return pods.map((object) => ({ table: 'pods', kind: 'Pod', object }));
}

function claimsOf(cluster: Cluster, { metadata, spec }: Stored<Kinds['pods']>): readonly Subject[] {
  const { volumes = [] } = spec ?? {};
  const names = volumes.flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);
  return names.flatMap((name): Subject[] => {
    const object = cluster.get('persistentvolumeclaims', metadata.namespace, name);
    return object ? [{ table: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim', object }] : [];
  });
}
