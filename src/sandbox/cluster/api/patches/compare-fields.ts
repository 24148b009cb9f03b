import { sameValue } from '../../object.ts';
import { type Shape, shapeInside } from '../../schema/apply-shape.ts';
import { type FieldSet, noFields, oneField, union } from '../apply/field-set.ts';
import { asList, asMap, isBare, itemsByStep } from '../objects/list-items.ts';

/** What a change added, removed and modified. */
export interface Comparison {
  readonly added: FieldSet;
  readonly removed: FieldSet;
  readonly modified: FieldSet;
}

const nothing: Comparison = { added: noFields, removed: noFields, modified: noFields };
const added: Comparison = { ...nothing, added: oneField };
const removed: Comparison = { ...nothing, removed: oneField };
const modified: Comparison = { ...nothing, modified: oneField };

/** Compares two values place by place; what is undefined is not there (structured-merge-diff, typed/compare.go). */
export function compareFields(shape: Shape, old: unknown, next: unknown): Comparison {
  if (old === next) return nothing;
  const isLeaf = shape.is === 'leaf' || (isBare(old) && isBare(next));
  const self = old === undefined ? added : next === undefined ? removed : nothing;
  if (isLeaf) return self === nothing && !sameValue(old, next) ? modified : self;
  const inside =
    shape.is === 'keyed' || shape.is === 'set' ? ofLists(shape, old, next) : ofMaps(shape, old, next);
  return together(self, inside);
}

/** All places of a value that an applied configuration has (typed/tofieldset.go). */
export function fieldsOf(shape: Shape, value: unknown): FieldSet {
  switch (shape.is) {
    case 'leaf':
      return oneField;
    case 'keyed':
    case 'set': {
      const item: Shape = shape.is === 'set' ? { is: 'leaf' } : shape.item;
      const items = [...itemsByStep(shape, asList(value))];
      return node(items.map(([step, each]) => [step, { ...fieldsOf(item, each), member: true }]));
    }
    default:
      return node(
        Object.entries(asMap(value)).map(([name, each]) => {
          const found = fieldsOf(shapeInside(shape, name), each);
          const counts = shape.is === 'map' || each === null || (isBare(each) && !Array.isArray(each));
          return [`f:${name}`, counts ? { ...found, member: true } : found];
        }),
      );
  }
}

/** The fields of structs that have something below them belong to a set themselves. */
export function withNamedFields(shape: Shape, set: FieldSet): FieldSet {
  const children = [...set.children].map(([step, child]): [string, FieldSet] => {
    const name = step.slice(2);
    const inner =
      shape.is === 'keyed' ? shape.item : step.startsWith('f:') ? shapeInside(shape, name) : undefined;
    const found = inner ? withNamedFields(inner, child) : child;
    return [step, shape.is === 'struct' && inner ? { ...found, member: true } : found];
  });
  return { member: set.member, children: new Map(children) };
}

function ofMaps(shape: Shape, old: unknown, next: unknown): Comparison {
  const before = asMap(old);
  const after = asMap(next);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return collected(
    [...names].map((name) => {
      const inner = shapeInside(shape, name);
      return [`f:${name}`, compareFields(inner, before[name], after[name])];
    }),
  );
}

function ofLists(shape: Extract<Shape, { is: 'keyed' | 'set' }>, old: unknown, next: unknown): Comparison {
  const before = itemsByStep(shape, asList(old));
  const after = itemsByStep(shape, asList(next));
  const item: Shape = shape.is === 'set' ? { is: 'leaf' } : shape.item;
  const steps = new Set([...before.keys(), ...after.keys()]);
  return collected([...steps].map((step) => [step, compareFields(item, before.get(step), after.get(step))]));
}

function collected(parts: readonly (readonly [step: string, found: Comparison])[]): Comparison {
  const of = (part: keyof Comparison) => node(parts.map(([step, found]) => [step, found[part]]));
  return { added: of('added'), removed: of('removed'), modified: of('modified') };
}

function together(one: Comparison, other: Comparison): Comparison {
  return {
    added: union(one.added, other.added),
    removed: union(one.removed, other.removed),
    modified: union(one.modified, other.modified),
  };
}

function node(children: readonly (readonly [string, FieldSet])[]): FieldSet {
  const found = children.filter(([, child]) => child.member || child.children.size > 0);
  return found.length === 0 ? noFields : { member: false, children: new Map(found) };
}
