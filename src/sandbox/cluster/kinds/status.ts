import type { ApiObject } from '../object.ts';

type WithStatus = ApiObject & { readonly status?: unknown };

/** A new object begins with this status, whatever it came with. */
export function beginsWith<T extends WithStatus>(object: T, status: NonNullable<T['status']>): T {
  return { ...object, status };
}

/** A change leaves the status as it was: that is the subresource's to change. */
export function keepsStatus<T extends WithStatus>(object: T, old: { readonly status?: T['status'] }): T {
  const { status: _, ...rest } = object;
  return (old.status === undefined ? rest : { ...rest, status: old.status }) as T;
}
