import type { Shape } from '../../schema/apply-shape.ts';

type ListShape = Extract<Shape, { is: 'keyed' | 'set' }>;

/** What a key is that an item leaves out; the others are empty texts then, as the OpenAPI document says. */
const keyDefaults: Readonly<Record<string, unknown>> = { protocol: 'TCP', port: 0, containerPort: 0 };

/** How server-side apply names an item of a list: `k:{"name":"web"}`, `v:"x"`. */
export function stepOf(shape: ListShape, item: unknown): string {
  if (shape.is === 'set') return `v:${JSON.stringify(item)}`;
  const given = asMap(item);
  const named = [...shape.keys].sort().map((key) => [key, given[key] ?? keyDefaults[key] ?? ''] as const);
  return `k:${JSON.stringify(Object.fromEntries(named))}`;
}

/** The items of a list by their names; of those with one name the first. */
export function itemsByStep(shape: ListShape, list: readonly unknown[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const item of list) {
    const step = stepOf(shape, item);
    if (!found.has(step)) found.set(step, item);
  }
  return found;
}

/** A value as a list; nothing is an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value as a map; nothing is an empty one. */
export function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** Whether there is nothing in a value. */
export function isBare(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
