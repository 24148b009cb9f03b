import type { OwnerReference, Pod } from '../../kubernetes/api.ts';
import type { ApiObject } from './object.ts';

/*
 * Under which values the indexes of the cluster's tables find an object. A list that was made lately is given
 * again: so an index sees at once that nothing has changed but what it does not look at, such as a status.
 */

const none: readonly string[] = [];

let lastPlaces: readonly string[] = ['', '/'];

/** Where an object is listed: among all, and in its namespace. Neighbours in a table share the list. */
export function placesOf(_: unknown, key: string): readonly string[] {
  const [, last = ''] = lastPlaces;
  if (!key.startsWith(last)) lastPlaces = ['', key.slice(0, key.indexOf('/') + 1)];
  return lastPlaces;
}

let lastOwners: { readonly references: readonly OwnerReference[]; readonly uids: readonly string[] } = {
  references: [],
  uids: none,
};

/** The uids of an object's owners. */
export function ownersOf({ metadata: { ownerReferences } }: ApiObject): readonly string[] {
  if (!ownerReferences) return none;
  if (ownerReferences !== lastOwners.references) {
    lastOwners = { references: ownerReferences, uids: ownerReferences.map(({ uid }) => uid) };
  }
  return lastOwners.uids;
}

let lastNode: readonly string[] = [''];

/** The node that a Pod is bound to. */
export function nodeOf({ spec }: Pod): readonly string[] {
  if (spec?.nodeName === undefined) return none;
  if (spec.nodeName !== lastNode[0]) lastNode = [spec.nodeName];
  return lastNode;
}
