import { type Shape, shapeInside } from '../../schema/apply-shape.ts';
import { asList, asMap, itemsByStep, stepOf } from '../objects/list-items.ts';
import { fieldsOf, withNamedFields } from '../patches/compare-fields.ts';
import { difference, type FieldSet, intersection, isEmptySet, union } from './field-set.ts';

/**
 * Lays an applied configuration over what is there (structured-merge-diff, typed/merge.go).
 *
 * @returns the value with everything of both; what is configured counts
 */
export function mergeApplied(shape: Shape, live: unknown, config: unknown): unknown {
  if (config === undefined) return live;
  if (live === undefined || live === null || config === null || shape.is === 'leaf') return config;
  if (shape.is === 'keyed' || shape.is === 'set') return mergedLists(shape, asList(live), asList(config));
  const merged: Record<string, unknown> = { ...asMap(live) };
  for (const [name, value] of Object.entries(asMap(config))) {
    merged[name] = mergeApplied(shapeInside(shape, name), merged[name], value);
  }
  return merged;
}

/** Both orders are kept as far as they agree; where they do not, that of the configuration counts. */
function mergedLists(
  shape: Extract<Shape, { is: 'keyed' | 'set' }>,
  live: readonly unknown[],
  config: readonly unknown[],
): unknown[] {
  const item: Shape = shape.is === 'set' ? { is: 'leaf' } : shape.item;
  const there = itemsByStep(shape, live);
  const wanted = itemsByStep(shape, config);
  const own = [...there.keys()];
  const theirs = [...wanted.keys()];
  const shared = theirs.filter((step) => there.has(step));
  const done = new Set<string>();
  const merged: unknown[] = [];
  const take = (step: string): void => {
    merged.push(mergeApplied(item, there.get(step), wanted.get(step)));
    done.add(step);
  };
  let nextShared = shared.shift();
  for (let left = 0, right = 0; left < own.length || right < theirs.length; ) {
    const mine = own[left];
    const their = theirs[right];
    if (mine !== undefined && mine === their) {
      take(mine);
      left++;
      right++;
      nextShared = shared.shift();
    } else if (mine !== undefined && their !== undefined && wanted.has(mine) && nextShared !== mine) {
      left++;
    } else if (mine !== undefined && !wanted.has(mine)) {
      take(mine);
      left++;
    } else if (mine !== undefined && done.has(mine)) {
      left++;
    } else if (their !== undefined) {
      if (!done.has(their)) take(their);
      right++;
      if (nextShared === their) nextShared = shared.shift();
    } else {
      left++;
    }
  }
  return merged;
}

/**
 * Takes away what a manager applied last time and does not any more, unless somebody else has it too
 * (structured-merge-diff, merge/update.go, prune).
 *
 * @param last what it applied before
 * @param managed what all managers have now, this one too
 */
export function pruneApplied(shape: Shape, merged: unknown, last: FieldSet, managed: FieldSet): unknown {
  if (isEmptySet(last)) return merged;
  const named = (set: FieldSet) => withNamedFields(shape, set);
  const all = named(fieldsOf(shape, merged));
  const first = removeFields(shape, merged, named(last));
  const keep = union(named(fieldsOf(shape, first)), named(managed));
  const second = removeFields(shape, merged, difference(all, keep));
  const gone = difference(all, named(fieldsOf(shape, second)));
  return removeFields(shape, merged, intersection(gone, named(last)));
}

/** A value without what stands in a set; what becomes empty by it is undefined (typed/remove.go). */
function removeFields(shape: Shape, value: unknown, set: FieldSet): unknown {
  if (shape.is === 'leaf') return typeof value === 'object' ? undefined : value;
  if (shape.is === 'keyed' || shape.is === 'set') {
    const kept = asList(value).flatMap((each) => {
      const found = set.children.get(stepOf(shape, each));
      if (found?.member) return [];
      return [found && shape.is === 'keyed' ? removeFields(shape.item, each, found) : each];
    });
    return kept.length > 0 ? kept : undefined;
  }
  const kept: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(asMap(value))) {
    const found = set.children.get(`f:${name}`);
    if (found?.member) continue;
    kept[name] = found ? removeFields(shapeInside(shape, name), each, found) : each;
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}
