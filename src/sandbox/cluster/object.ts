import type { LabelSelector, ObjectMeta, OwnerReference } from '../../kubernetes/api.ts';

/** A value that is being made, and that nobody else has yet. */
export type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** What every object of the API has. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** An object that the cluster keeps: what it must have to be stored is there, and a spec where its kind has one. */
export type Stored<T extends ApiObject> = Omit<T, 'metadata'> & {
  readonly metadata: ObjectMeta & {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly creationTimestamp: string;
  };
} & ('spec' extends keyof T ? { readonly spec: NonNullable<T['spec']> } : unknown);

/** Keys that were made lately: objects are asked for many times in a row, and a new text is slow to look up. */
const mostRecent = 16;
const recentKeys = Array.from({ length: mostRecent }, () => ({ namespace: '', name: '', key: '/' }));

/** The key of an object in its table: `namespace/name`, and `/name` for what has no namespace. */
export function objectKey(namespace: string | undefined, name: string): string {
  const place = namespace ?? '';
  // Names of nodes, Pods and what else is asked for in turn are of different lengths, so they have places of their own.
  const slot = name.length % mostRecent;
  const recent = recentKeys[slot] as (typeof recentKeys)[number];
  if (recent.name === name && recent.namespace === place) return recent.key;
  recent.namespace = place;
  recent.name = name;
  recent.key = `${place}/${name}`;
  return recent.key;
}

/** The key of an object that has a name. */
export function keyOf({ metadata }: { readonly metadata: ObjectMeta }): string {
  return objectKey(metadata.namespace, metadata.name ?? '');
}

/** Both parts of a key; no namespace for what has none. */
export function partsOf(key: string): { readonly namespace: string | undefined; readonly name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash) || undefined, name: key.slice(slash + 1) };
}

/** All of an object that its author decides: everything but its metadata and its status. */
export function specOf({ metadata: _, status: __, ...rest }: ApiObject & { status?: unknown }): unknown {
  return rest;
}

/** What the cluster says of an object. */
export function statusOf(object: ApiObject & { status?: unknown }): unknown {
  return object.status;
}

/** The last second that was written: much happens in one, and it is all written alike. */
let lastSecond = { second: 0, text: '1970-01-01T00:00:00Z' };

/** A time as the API writes it: whole seconds. */
export function timestamp(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== lastSecond.second) {
    lastSecond = { second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` };
  }
  return lastSecond.text;
}

/** The owner that manages an object, if one does. */
export function controllerOf({ metadata }: { readonly metadata: ObjectMeta }): OwnerReference | undefined {
  return metadata.ownerReferences?.find((owner) => owner.controller);
}

/** What a dependent says of the owner that manages it. */
export function controlledBy(owner: ApiObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name ?? '',
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Whether labels fit a selector; one that says nothing fits all, none at all fits nothing. */
export function fitsSelector(
  selector: LabelSelector | undefined,
  labels: Readonly<Record<string, string>> = {},
): boolean {
  if (!selector) return false;
  const named = Object.entries(selector.matchLabels ?? {});
  if (!named.every(([name, value]) => labels[name] === value)) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const value = labels[key];
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
}

/** Whether two plain values say the same; fields that are undefined count as absent. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    for (let place = 0; place < one.length; place++) {
      if (!sameValue(one[place], other[place])) return false;
    }
    return true;
  }
  const ours = one as Record<string, unknown>;
  const theirs = other as Record<string, unknown>;
  for (const name in ours) if (!sameValue(ours[name], theirs[name])) return false;
  for (const name in theirs) if (ours[name] === undefined && theirs[name] !== undefined) return false;
  return true;
}
