import { goJson } from '../go/go-json.ts';

/** Filters as the API takes them in `filters=`: the values of each name (api/types/filters of moby). */
export type Filters = Readonly<Record<string, readonly string[]>>;

/**
 * Reads filters as a line has them.
 *
 * @param values such as `status=running`; the parser of the line has refused what has no `=`
 */
export function readFilters(values: readonly string[]): Filters {
  const filters: Record<string, string[]> = {};
  for (const value of values) {
    const equals = value.indexOf('=');
    if (equals < 0) continue;
    const name = value.slice(0, equals).trim().toLowerCase();
    const known = filters[name] ?? [];
    filters[name] = known;
    known.push(value.slice(equals + 1).trim());
  }
  return filters;
}

/** Filters as they stand in a query; undefined for none. */
export function filterQuery(filters: Filters): string | undefined {
  if (Object.keys(filters).length === 0) return undefined;
  const sets = Object.entries(filters).map(([name, values]) => [
    name,
    Object.fromEntries(values.map((value) => [value, true])),
  ]);
  return goJson(Object.fromEntries(sets));
}
