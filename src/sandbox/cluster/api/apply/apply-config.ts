import { type Shape, type StructShape, shapeInside } from '../../schema/apply-shape.ts';
import { knownType, type ValueSchema } from '../../schema/type-lines.ts';
import { goText } from '../go-text.ts';
import { stepOf } from '../objects/list-items.ts';
import { isObject } from '../objects/read-object.ts';

/**
 * What does not fit the kind in a configuration that is applied, in the words of structured-merge-diff
 * (typed/validate.go).
 */
export function configErrors(shape: StructShape, config: unknown): readonly string[] {
  return structErrors(shape, config, '');
}

function structErrors(shape: StructShape, value: unknown, path: string): string[] {
  if (value === null || value === undefined) return [];
  if (!isObject(value)) return [`${path}: expected map, got &{${goText(value)}}`];
  return Object.entries(value).flatMap(([name, each]) => {
    const field = shape.type.fields.get(name);
    const place = `${path}.${name}`;
    if (!field) return [`${place}: field not declared in schema`];
    return valueErrors(field.value, shapeInside(shape, name), each, place);
  });
}

function valueErrors(schema: ValueSchema, shape: Shape, value: unknown, path: string): string[] {
  if (value === null || value === undefined) return [];
  switch (schema.is) {
    case 'scalar':
      return scalarErrors(schema.scalar, value, path);
    case 'struct':
      return structErrors({ is: 'struct', type: knownType(schema.type) }, value, path);
    case 'map':
      if (!isObject(value)) return [`${path}: expected map, got &{${goText(value)}}`];
      return Object.entries(value).flatMap(([name, each]) =>
        valueErrors(schema.item, { is: 'leaf' }, each, `${path}.${name}`),
      );
    default:
      if (!Array.isArray(value)) return [`${path}: expected list, got &{${goText(value)}}`];
      return listErrors(schema.item, shape, value, path);
  }
}

function listErrors(item: ValueSchema, shape: Shape, list: readonly unknown[], path: string): string[] {
  const isNamed = shape.is === 'keyed' || shape.is === 'set';
  const seen = new Set<string>();
  return list.flatMap((each, index) => {
    if (!isNamed) return valueErrors(item, { is: 'leaf' }, each, `${path}[${index}]`);
    if (shape.is === 'keyed' && !isObject(each)) {
      const what = each === null ? 'a null element' : 'non-map elements';
      return [`${path}: element ${index}: associative list with keys may not have ${what}`];
    }
    const step = stepOf(shape, each);
    const name = bracket(step);
    if (seen.has(step)) return [`${path}: duplicate entries for key ${name}`];
    seen.add(step);
    return valueErrors(item, shape.is === 'keyed' ? shape.item : { is: 'leaf' }, each, `${path}${name}`);
  });
}

function bracket(step: string): string {
  const value = JSON.parse(step.slice(2)) as unknown;
  if (step.startsWith('v:')) return `[=${JSON.stringify(value)}]`;
  const keys = Object.entries(value as Record<string, unknown>);
  return `[${keys.map(([key, each]) => `${key}=${JSON.stringify(each)}`).join(',')}]`;
}

function scalarErrors(scalar: string, value: unknown, path: string): string[] {
  switch (scalar) {
    case 's':
    case 'bytes':
    case 'time':
    case 'micro':
      if (typeof value === 'string') return [];
      return [`${path}: expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`];
    case 'i':
    case 'l':
      return typeof value === 'number'
        ? []
        : [`${path}: expected numeric (int or float), got ${goType(value)}`];
    case 'b':
      return typeof value === 'boolean' ? [] : [`${path}: expected boolean, got &{${goText(value)}}`];
    default:
      return [];
  }
}

/** A value as Go's `%T` shows it. */
function goType(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

/** A value as Go's `%#v` shows it. */
function goSyntax(value: unknown): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${goSyntax(each)}`);
  return `map[string]interface {}{${fields.join(', ')}}`;
}
