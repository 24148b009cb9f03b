import type { OwnerReference } from '../../../kubernetes/api.ts';
import type { Controller } from '../../simulation.ts';
import type { Change } from '../../store.ts';
import type { Cluster } from '../cluster.ts';
import { type ApiObject, objectKey, partsOf, type Stored } from '../object.ts';
import { type Kinds, type Resource, servedResources } from '../resources.ts';

const foreground = 'foregroundDeletion';
const orphan = 'orphan';

/** All kinds but the one that nobody owns and that owns nothing, and that changes too often to look at each time. */
const collected = servedResources.map(({ table }) => table).filter((table) => table !== 'events');

const byKind = new Map(servedResources.map((each) => [`${each.apiVersion} ${each.kind}`, each]));

const none: readonly string[] = [];

type AnyObject = Stored<ApiObject>;

/**
 * Deletes what is left without an owner, and lets owners go that wait for what they own, or that leave it
 * behind (k8s.io/kubernetes/pkg/controller/garbagecollector). Its keys are `table namespace/name`.
 */
export function garbageCollector(cluster: Cluster): Controller {
  return {
    name: 'garbage-collector',
    tables: collected,
    concerns(change) {
      const before = change.before as AnyObject | undefined;
      const after = change.after as AnyObject | undefined;
      if (!after) return before ? afterDeletion(cluster, change, before) : none;
      const isNew = before?.metadata.ownerReferences !== after.metadata.ownerReferences;
      const isOwned = (after.metadata.ownerReferences?.length ?? 0) > 0;
      const isLeaving = after.metadata.deletionTimestamp !== undefined && waitsForUs(after);
      return (isNew && isOwned) || isLeaving ? [`${change.table} ${change.key}`] : none;
    },
    reconcile(key) {
      const space = key.indexOf(' ');
      const resource = key.slice(0, space) as Resource;
      const object = cluster.getByKey(resource, key.slice(space + 1)) as AnyObject | undefined;
      if (!object) return;
      if (object.metadata.deletionTimestamp !== undefined) letGo(cluster, resource, object);
      else collect(cluster, resource, object);
    },
  };
}

/** What a deleted object owned, and the owners that waited for it to go. */
function afterDeletion(cluster: Cluster, change: Change, { metadata }: AnyObject): string[] {
  const owned = dependentsOf(cluster, metadata.uid).map(
    ([resource, each]) => `${resource} ${objectKey(each.metadata.namespace, each.metadata.name)}`,
  );
  const { namespace } = partsOf(change.key);
  const waiting = (metadata.ownerReferences ?? []).flatMap((reference) => {
    const owner = ownerOf(cluster, reference, namespace);
    return owner?.object && waitsForUs(owner.object) ? [`${owner.resource} ${owner.key}`] : [];
  });
  return [...owned, ...waiting];
}

function waitsForUs({ metadata: { finalizers = [] } }: AnyObject): boolean {
  return finalizers.includes(foreground) || finalizers.includes(orphan);
}

/** Deletes an object whose owners are all gone, or whose last one waits for it. */
function collect(cluster: Cluster, resource: Resource, object: AnyObject): void {
  const references = object.metadata.ownerReferences ?? [];
  if (references.length === 0) return;
  const { namespace, name, uid, finalizers = [] } = object.metadata;
  const solid: OwnerReference[] = [];
  let isAwaited = false;
  for (const reference of references) {
    const owner = ownerOf(cluster, reference, namespace);
    // A kind that is not served might be there for all we know.
    if (!owner) solid.push(reference);
    else if (owner.object && isDeletedForeground(owner.object)) isAwaited = true;
    else if (owner.object) solid.push(reference);
  }
  if (solid.length === references.length) return;
  if (solid.length > 0) {
    update(cluster, resource, object, { ownerReferences: solid });
    return;
  }
  const inForeground = isAwaited && dependentsOf(cluster, uid).length > 0;
  const propagation = finalizers.includes(orphan)
    ? 'Orphan'
    : inForeground || finalizers.includes(foreground)
      ? 'Foreground'
      : 'Background';
  cluster.remove(resource, namespace, name, { propagation });
}

/** Lets an object go that is deleted and waits for what it owns. */
function letGo(cluster: Cluster, resource: Resource, object: AnyObject): void {
  const { finalizers = [], uid } = object.metadata;
  const owned = dependentsOf(cluster, uid);
  if (finalizers.includes(orphan)) {
    for (const [each, dependent] of owned) {
      const others = dependent.metadata.ownerReferences?.filter((reference) => reference.uid !== uid) ?? [];
      update(cluster, each, dependent, { ownerReferences: others });
    }
    update(cluster, resource, object, { finalizers: finalizers.filter((each) => each !== orphan) });
    return;
  }
  if (!finalizers.includes(foreground)) return;
  const blocking = owned.filter(([, { metadata }]) =>
    metadata.ownerReferences?.some((reference) => reference.uid === uid && reference.blockOwnerDeletion),
  );
  if (blocking.length === 0) {
    update(cluster, resource, object, { finalizers: finalizers.filter((each) => each !== foreground) });
    return;
  }
  for (const [each, dependent] of owned) {
    if (dependent.metadata.deletionTimestamp === undefined) collect(cluster, each, dependent);
  }
}

function isDeletedForeground({ metadata }: AnyObject): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).includes(foreground);
}

function dependentsOf(cluster: Cluster, uid: string): (readonly [resource: Resource, object: AnyObject])[] {
  return collected.flatMap((table) =>
    cluster.ownedBy(table, uid).map((object) => [table, object as AnyObject] as const),
  );
}

/** @returns undefined for a kind that is not served; its object is absent where it is gone or another one */
function ownerOf(
  cluster: Cluster,
  { apiVersion, kind, name, uid }: OwnerReference,
  namespace: string | undefined,
): { resource: Resource; key: string; object: AnyObject | undefined } | undefined {
  const served = byKind.get(`${apiVersion} ${kind}`);
  // An owner in a namespace cannot own what is in none.
  if (!served || (served.namespaced && namespace === undefined)) return undefined;
  const key = objectKey(served.namespaced ? namespace : undefined, name);
  const object = cluster.getByKey(served.table, key) as AnyObject | undefined;
  return { resource: served.table, key, object: object?.metadata.uid === uid ? object : undefined };
}

function update(
  cluster: Cluster,
  resource: Resource,
  object: AnyObject,
  change: {
    readonly ownerReferences?: readonly OwnerReference[];
    readonly finalizers?: readonly string[];
  },
): void {
  const metadata: Record<string, unknown> = { ...object.metadata, ...change };
  for (const [name, value] of Object.entries(change)) if (value.length === 0) delete metadata[name];
  cluster.update(resource, { ...object, metadata } as unknown as Kinds[Resource]);
}
