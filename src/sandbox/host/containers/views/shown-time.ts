/** A time as Go's RFC3339Nano writes it: without the zeros at its end. */
export function goTime(at: number | undefined): string {
  if (at === undefined) return '0001-01-01T00:00:00Z';
  return new Date(at).toISOString().replace(/\.?0+Z$/, 'Z');
}

/** A time with all nine digits behind the second, as logs have it. */
export function nanoTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '000000Z');
}
