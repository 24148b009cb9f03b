import { type FieldSchema, knownType, type TypeSchema } from './type-lines.ts';

/** How server-side apply sees a value: what of it has owners of its own (structured-merge-diff, typed). */
export type Shape =
  /** Owned as a whole: scalars, and atomic lists, maps and structs. */
  | { readonly is: 'leaf' }
  | StructShape
  | { readonly is: 'map'; readonly item: Shape }
  | { readonly is: 'keyed'; readonly keys: readonly string[]; readonly item: Shape }
  | { readonly is: 'set' };

/** An object whose fields have owners of their own, as every object of a kind is. */
export interface StructShape {
  readonly is: 'struct';
  readonly type: TypeSchema;
}

const leaf: Shape = { is: 'leaf' };

/** The shape of a type's value. */
export function shapeOfType(type: TypeSchema): Shape {
  return type.atomic ? leaf : { is: 'struct', type };
}

const known = new WeakMap<FieldSchema, Shape>();

/** The shape of a field's value. */
function shapeOfField(field: FieldSchema): Shape {
  let shape = known.get(field);
  if (!shape) {
    shape = readShape(field);
    known.set(field, shape);
  }
  return shape;
}

/** The shape of what stands in a struct or a map under a name; what nobody knows is owned as a whole. */
export function shapeInside(shape: Shape, name: string): Shape {
  if (shape.is === 'map') return shape.item;
  const field = shape.is === 'struct' ? shape.type.fields.get(name) : undefined;
  return field ? shapeOfField(field) : leaf;
}

function readShape({ value, keys, isSet, atomic }: FieldSchema): Shape {
  switch (value.is) {
    case 'struct':
      return shapeOfType(knownType(value.type));
    case 'map':
      // No kind that is served has a map of objects.
      return atomic ? leaf : { is: 'map', item: leaf };
    case 'list':
      if (isSet) return { is: 'set' };
      if (!keys || value.item.is !== 'struct') return leaf;
      return { is: 'keyed', keys, item: shapeOfType(knownType(value.item.type)) };
    default:
      return leaf;
  }
}
