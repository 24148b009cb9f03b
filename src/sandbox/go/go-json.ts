import { byKey } from './go-order.ts';
/** A value with the keys of its maps in the order of their bytes, as Go writes maps. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(byKey)
      .map(([key, each]) => [key, sortedKeys(each)]),
  );
}

/** JSON in one line, with what Go escapes escaped. */
export function goJson(value: unknown): string {
  return escapeHtml(JSON.stringify(sortedKeys(value)));
}

/** JSON as kubectl prints it with `-o json`: four blanks deep, keys in order. */
export function goJsonIndented(value: unknown): string {
  return `${escapeHtml(JSON.stringify(sortedKeys(value), null, 4))}\n`;
}

/** Go's encoder escapes what HTML could take for markup. */
export function escapeHtml(json: string): string {
  return json
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
