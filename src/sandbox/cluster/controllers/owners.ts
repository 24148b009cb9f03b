import type { LabelSelector, OwnerReference } from '../../../kubernetes/api.ts';
import type { Change } from '../../store.ts';
import type { Cluster } from '../cluster.ts';
import { type ApiObject, controlledBy, controllerOf, fitsSelector, keyOf, type Stored } from '../object.ts';
import type { Kinds, Resource } from '../resources.ts';

const none: readonly string[] = [];

/**
 * The keys of the owners of a kind that manage what has changed: before the change, after it, or both.
 *
 * @param kind such as `ReplicaSet`
 */
export function managersOf({ before, after }: Change, kind: string): readonly string[] {
  const old = before as ApiObject | undefined;
  const now = after as ApiObject | undefined;
  const known = now ? managerOf(now, kind) : none;
  if (!old || old.metadata.ownerReferences === now?.metadata.ownerReferences) return known;
  const left = managerOf(old, kind).filter((key) => !known.includes(key));
  return left.length > 0 ? [...left, ...known] : known;
}

/** What was said of an owner last: thousands of objects in turn say the same of theirs. */
let last: {
  readonly owner: OwnerReference | undefined;
  readonly namespace: string;
  readonly keys: readonly string[];
} = { owner: undefined, namespace: '', keys: none };

function managerOf(object: ApiObject, kind: string): readonly string[] {
  const owner = controllerOf(object);
  if (owner?.kind !== kind) return none;
  const { namespace = '' } = object.metadata;
  if (last.owner !== owner || last.namespace !== namespace) {
    last = { owner, namespace, keys: [`${namespace}/${owner.name}`] };
  }
  return last.keys;
}

/**
 * The keys of the objects that may want to adopt what has changed: it has no manager, and that or its labels
 * are new.
 *
 * @param resource of those that adopt
 */
export function adoptersOf<R extends Resource>(
  cluster: Cluster,
  resource: R,
  change: Change,
  selectorOf: (adopter: Stored<Kinds[R]>) => LabelSelector | undefined,
): readonly string[] {
  const before = change.before as ApiObject | undefined;
  const after = change.after as ApiObject | undefined;
  if (!after || controllerOf(after)) return none;
  const { namespace, labels } = after.metadata;
  if (before && before.metadata.labels === labels && !controllerOf(before)) return none;
  return cluster
    .list(resource, namespace)
    .filter((each) => fitsSelector(selectorOf(each), labels))
    .map(keyOf);
}

/**
 * What an owner manages: those of a kind that it owns and whose labels fit, and the ones without a manager
 * whose labels fit, which it adopts. Those it owns whose labels fit no longer are let go
 * (k8s.io/kubernetes/pkg/controller, `ControllerRefManager`).
 *
 * @param counts those of which this is not true are left as they are
 * @param reference what an adopted one says of its owner
 */
export function claim<R extends Resource>(
  cluster: Cluster,
  resource: R,
  owner: Stored<ApiObject>,
  selector: LabelSelector | undefined,
  counts: (object: Stored<Kinds[R]>) => boolean = () => true,
): Stored<Kinds[R]>[] {
  const { uid, namespace = '', deletionTimestamp } = owner.metadata;
  const fits = selectorMemory(selector);
  const claimed: Stored<Kinds[R]>[] = [];
  // Objects made together share what they say of their owner.
  let references: unknown;
  let isOurs = false;
  for (const object of cluster.ownedBy(resource, uid)) {
    if (object.metadata.ownerReferences !== references) {
      references = object.metadata.ownerReferences;
      isOurs = controllerOf(object)?.uid === uid;
    }
    if (!isOurs || !counts(object)) continue;
    if (fits(object.metadata.labels)) claimed.push(object);
    else if (deletionTimestamp === undefined) release(cluster, resource, object, uid);
  }
  if (deletionTimestamp !== undefined) return claimed;
  for (const object of orphans(cluster, resource, namespace)) {
    if (object.metadata.deletionTimestamp !== undefined || !counts(object)) continue;
    if (fits(object.metadata.labels)) claimed.push(adopt(cluster, resource, object, controlledBy(owner)));
  }
  return claimed;
}

/** Those of a kind in a namespace that nobody manages. */
function orphans<R extends Resource>(
  cluster: Cluster,
  resource: R,
  namespace: string,
): readonly Stored<Kinds[R]>[] {
  const homeOf = (object: ApiObject) => (controllerOf(object) ? none : [object.metadata.namespace ?? '']);
  return cluster.store.index(resource, 'orphan', homeOf).entries(namespace) as Stored<Kinds[R]>[];
}

function adopt<R extends Resource>(
  cluster: Cluster,
  resource: R,
  object: Stored<Kinds[R]>,
  owner: OwnerReference,
): Stored<Kinds[R]> {
  const ownerReferences = [...(object.metadata.ownerReferences ?? []), owner];
  const metadata = { ...object.metadata, ownerReferences };
  return cluster.update(resource, { ...object, metadata } as unknown as Kinds[R]);
}

function release<R extends Resource>(
  cluster: Cluster,
  resource: R,
  object: Stored<Kinds[R]>,
  uid: string,
): void {
  const left = object.metadata.ownerReferences?.filter((each) => each.uid !== uid) ?? [];
  const { ownerReferences: _, ...metadata } = object.metadata;
  const kept = left.length > 0 ? { ownerReferences: left } : {};
  cluster.update(resource, { ...object, metadata: { ...metadata, ...kept } } as unknown as Kinds[R]);
}

/**
 * Tells of labels whether they fit a selector. Objects of one template share their labels, so most answers
 * are known already.
 */
export function selectorMemory(
  selector: LabelSelector | undefined,
): (labels: Readonly<Record<string, string>> | undefined) => boolean {
  const known = new Map<Readonly<Record<string, string>> | undefined, boolean>();
  let last: Readonly<Record<string, string>> | undefined;
  let answer = fitsSelector(selector, last);
  return (labels) => {
    if (labels === last) return answer;
    last = labels;
    answer = known.get(labels) ?? fitsSelector(selector, labels);
    known.set(labels, answer);
    return answer;
  };
}
