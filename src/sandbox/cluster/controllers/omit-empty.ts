/**
 * Leaves out what the API does not write when it is empty (`omitempty`): nothing, zero, an empty text and an
 * empty list.
 */
export function omitEmpty<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept = Object.entries(fields).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(kept) as T;
}

/** Leaves out the fields that are undefined. */
export function omitAbsent<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === 0 || value === '' || (Array.isArray(value) && value.length === 0);
}
