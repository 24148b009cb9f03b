import { findResource } from '../../../kubernetes/resources.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Stored } from '../../cluster/object.ts';
import { isResource, type Kinds, type Resource } from '../../cluster/resources.ts';

/** An object that was asked about. */
export interface Subject {
  readonly table: Resource;
  readonly kind: string;
  readonly object: Stored<Kinds[Resource]>;
}

/** Kinds that a name alone may mean, the most likely first. */
const usualTables: readonly Resource[] = [
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'pods',
  'services',
  'jobs.batch',
  'cronjobs.batch',
  'persistentvolumeclaims',
  'replicasets.apps',
  'horizontalpodautoscalers.autoscaling',
  'nodes',
  'namespaces',
];

/** The table of a kind as people type it; undefined when there is none. */
export function tableOf(word: string): { readonly table: Resource; readonly kind: string } | undefined {
  const found = findResource(word);
  if (!found) return undefined;
  const table = found.group ? `${found.plural}.${found.group}` : found.plural;
  return isResource(table) ? { table, kind: found.kind } : undefined;
}

/** The object of a kind and a name; undefined when there is none. */
export function subjectOf(
  cluster: Cluster,
  { table, kind }: { readonly table: Resource; readonly kind: string },
  namespace: string,
  name: string,
): Subject | undefined {
  const object = cluster.get(table, namespace, name) ?? cluster.get(table, undefined, name);
  return object && { table, kind, object };
}

/** All that a name alone may mean. */
export function subjectsNamed(cluster: Cluster, namespace: string, name: string): readonly Subject[] {
  return usualTables.flatMap((table) => {
    const kind = findResource(table)?.kind ?? table;
    const found = subjectOf(cluster, { table, kind }, namespace, name);
    return found ? [found] : [];
  });
}

/** Tables whose objects others own. */
const ownedTables: readonly Resource[] = ['replicasets.apps', 'jobs.batch', 'pods', 'persistentvolumeclaims'];

/**
 * What belongs to an object: itself, what it owns and what these own; for a Service the Pods it chooses, for a
 * Pod the claims it uses.
 */
export function scopeOf(cluster: Cluster, subject: Subject): readonly Subject[] {
  const found: Subject[] = [subject];
  for (let place = 0; place < found.length; place++) {
    const { object, table } = found[place] as Subject;
    for (const owned of ownedTables) {
      const kind = findResource(owned)?.kind ?? owned;
      for (const each of cluster.ownedBy(owned, object.metadata.uid))
        found.push({ table: owned, kind, object: each });
    }
    if (table === 'services') found.push(...chosenPods(cluster, object as Stored<Kinds['services']>));
    if (table === 'pods') found.push(...claimsOf(cluster, object as Stored<Kinds['pods']>));
  }
  return found;
}

function chosenPods(cluster: Cluster, { metadata, spec }: Stored<Kinds['services']>): readonly Subject[] {
  const selector = spec?.selector ?? {};
  if (Object.keys(selector).length === 0) return [];
  return cluster
    .select('pods', metadata.namespace ?? '', { matchLabels: selector })
    .map((object) => ({ table: 'pods', kind: 'Pod', object }));
}

function claimsOf(cluster: Cluster, { metadata, spec }: Stored<Kinds['pods']>): readonly Subject[] {
  return (spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }): Subject[] => {
    const name = persistentVolumeClaim?.claimName;
    const object =
      name === undefined ? undefined : cluster.get('persistentvolumeclaims', metadata.namespace, name);
    return object ? [{ table: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim', object }] : [];
  });
}
