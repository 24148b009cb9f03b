import type { ObjectMeta } from '../../../kubernetes/api.ts';

/** The name of an object that the server gave: each has one, though the types of the API do not say so. */
export function nameOf({ name = '' }: ObjectMeta): string {
  return name;
}

/** Its namespace; empty for what is in none. */
export function namespaceOf({ namespace = '' }: ObjectMeta): string {
  return namespace;
}

/** The version that an object has, or a list: what is watched begins there. */
export function versionOf({ resourceVersion = '0' }: ObjectMeta): string {
  return resourceVersion;
}

/** An object as the server gives it: what its author asked for is there. */
export type Served<T extends { readonly spec?: unknown }> = T & { readonly spec: NonNullable<T['spec']> };
