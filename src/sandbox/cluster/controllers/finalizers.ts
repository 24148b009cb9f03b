import type { ApiObject, Stored } from '../object.ts';

/** An object that a finalizer holds no longer; the last one that goes takes the list with it. */
export function withoutFinalizer<T extends Stored<ApiObject>>(object: T, finalizer: string): T {
  const { finalizers = [], ...metadata } = object.metadata;
  const left = finalizers.filter((each) => each !== finalizer);
  const kept = left.length > 0 ? { finalizers: left } : {};
  return { ...object, metadata: { ...metadata, ...kept } };
}
