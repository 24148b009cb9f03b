import { compareQuantities } from '../../../kubernetes/quantity.ts';
import { goSorted } from '../../go/go-sort.ts';
import { findResults, goType, relaxedPath } from './jsonpath.ts';
import { parseTemplate, TemplateError } from './jsonpath-parse.ts';

/** A path leads to what has no order; kubectl ends at once. */
export class Unsortable extends TemplateError {}

/**
 * Puts objects in the order of what a path leads to; those without it come first, as with
 * `--sort-by` (k8s.io/kubectl/pkg/cmd/get/sorter.go).
 *
 * @throws TemplateError when the path leads to nothing in any of them
 * @throws Unsortable
 */
export function sortedBy<T>(items: readonly T[], path: string, objectOf: (item: T) => unknown): T[] {
  const field = relaxedPath(path);
  const template = parseTemplate(field);
  const keyed = items.map((item) => ({ item, value: findResults(template, objectOf(item), true)[0]?.[0] }));
  if (items.length > 0 && keyed.every(({ value }) => value === undefined)) {
    throw new TemplateError(`couldn't find any field with path "${field}" in the list of objects`);
  }
  const isLess = (one: unknown, other: unknown): boolean => {
    const odd = [one, other].find(
      (value) => typeof value === 'boolean' || (typeof value === 'object' && value),
    );
    if (odd === undefined || one === undefined || other === undefined) return isBefore(one, other);
    throw new Unsortable(
      `Field ${field} in *unstructured.Unstructured is an unsortable type: interface, err: unsortable type: ${goType(odd)}`,
    );
  };
  return goSorted(keyed, (one, other) => isLess(one.value, other.value)).map(({ item }) => item);
}

/** What is not there is less than anything. */
function isBefore(one: unknown, other: unknown): boolean {
  if (one === undefined) return true;
  if (other === undefined) return false;
  if (one === null || other === null) return one === null && other !== null;
  if (typeof one === 'number' && typeof other === 'number') return one < other;
  const [left, right] = [String(one), String(other)];
  const order = compareQuantities(left, right);
  return order === undefined ? left < right : order < 0;
}
