import { goJson } from '../../go/go-json.ts';
import { type Part, type PathStep, TemplateError } from './jsonpath-parse.ts';

type Json = unknown;

/**
 * Fills a template in (k8s.io/client-go/util/jsonpath).
 *
 * @param isLenient whether a field that is not there is nothing instead of an error
 * @throws TemplateError in kubectl's words
 */
export function fillTemplate(parts: readonly Part[], data: Json, isLenient: boolean): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'path') return follow([data], part.steps, isLenient).map(printed).join(' ');
      return follow([data], part.steps, isLenient)
        .map((each) => fillTemplate(part.body, each, isLenient))
        .join('');
    })
    .join('');
}

/** What the paths of a template lead to, one list a part. @throws TemplateError */
export function findResults(
  parts: readonly Part[],
  data: Json,
  isLenient: boolean,
): readonly (readonly Json[])[] {
  return parts.flatMap((part): (readonly Json[])[] => {
    if (part.kind === 'text') return [[part.text]];
    if (part.kind === 'path') return [follow([data], part.steps, isLenient)];
    return follow([data], part.steps, isLenient).flatMap((each) => findResults(part.body, each, isLenient));
  });
}

/** A path as people write it without braces: `metadata.name`, `.metadata.name`, `{.metadata.name}`. */
export function relaxedPath(text: string): string {
  if (text === '') return text;
  const [, inBraces, bare] = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text) ?? [];
  const path = inBraces ?? bare;
  if (path === undefined) {
    throw new TemplateError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  }
  return `{.${path}}`;
}

/** A value as Go prints it with `%v`: maps and lists not as JSON. */
export function goText(value: Json): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const pairs = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `map[${pairs.map(([name, each]) => `${name}:${goText(each)}`).join(' ')}]`;
}

function printed(value: Json): string {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'object' ? goJson(value) : String(value);
}

function follow(values: readonly Json[], steps: readonly PathStep[], isLenient: boolean): readonly Json[] {
  return steps.reduce((found, step) => next(found, step, isLenient), values);
}

function next(values: readonly Json[], step: PathStep, isLenient: boolean): readonly Json[] {
  switch (step.kind) {
    case 'field':
      return fieldOf(values, step.name, isLenient);
    case 'wildcard':
      return values.flatMap(partsOf);
    case 'recursive':
      return values.flatMap(withAllBelow);
    case 'slice':
      return values.flatMap((value) => (isNothing(value) ? [] : slice(value, step)));
    case 'union':
      return step.of.flatMap((each) => follow(values, each, isLenient));
    case 'filter':
      return values.flatMap((value) => filtered(value, step, isLenient));
    case 'value':
      return values.map(() => step.value);
    case 'fault':
      throw new TemplateError(step.message);
  }
}

function fieldOf(values: readonly Json[], name: string, isLenient: boolean): readonly Json[] {
  const found = values.flatMap((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    const map = value as Readonly<Record<string, Json>>;
    return Object.hasOwn(map, name) && map[name] !== undefined ? [map[name]] : [];
  });
  if (found.length === 0 && values.length > 0 && !isLenient) throw new TemplateError(`${name} is not found`);
  return found;
}

function isNothing(value: Json): boolean {
  return value === null || value === undefined;
}

/** Parts of a map in the order of their keys: Go has none, and one that stays is better. */
function partsOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) {
    const map = value as Readonly<Record<string, Json>>;
    return Object.keys(map)
      .filter((key) => map[key] !== undefined)
      .sort()
      .map((key) => map[key]);
  }
  return [];
}

function withAllBelow(value: Json): Json[] {
  const parts = partsOf(value);
  return parts.length === 0 ? [] : [value, ...parts.flatMap(withAllBelow)];
}

function slice(value: Json, { from = 0, to, isOne, step }: PathStep & { kind: 'slice' }): readonly Json[] {
  if (!Array.isArray(value)) throw new TemplateError(`${goType(value)} is not array or slice`);
  const { length } = value;
  const start = from < 0 ? from + length : from;
  const wanted = isOne ? from + 1 : (to ?? length);
  const end = wanted < 0 || (wanted === 0 && isOne) ? wanted + length : wanted;
  if (start === end) return [];
  if (start >= length || start < 0) throw outOfBounds(start, length);
  if (end > length || end < 0) throw outOfBounds(end - 1, length);
  if (start > end) throw new TemplateError(`starting index ${start} is greater than ending index ${end}`);
  if (step !== undefined && step <= 0) throw new TemplateError('step must be > 0');
  return value.slice(start, end).filter((_, index) => index % (step ?? 1) === 0);
}

function outOfBounds(index: number, length: number): TemplateError {
  return new TemplateError(`array index out of bounds: index ${index}, length ${length}`);
}

/** The type that Go has a value of JSON in. */
export function goType(value: Json): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  return (
    { string: 'string', boolean: 'bool' }[typeof value as string] ??
    (Number.isInteger(value) ? 'int64' : 'float64')
  );
}

function filtered(value: Json, step: PathStep & { kind: 'filter' }, isLenient: boolean): readonly Json[] {
  if (!Array.isArray(value))
    throw new TemplateError(`${goText(value)} is not array or slice and cannot be filtered`);
  return value.filter((each) => {
    if (step.operator === 'exists') return exists(each, step.left);
    const lefts = follow([each], step.left, isLenient);
    const rights = lefts.length === 0 ? [] : follow([each], step.right, isLenient);
    if (lefts.length > 1 || rights.length > 1)
      throw new TemplateError('can only compare one element at a time');
    return lefts.length === 1 && rights.length === 1 && compares(lefts[0], step.operator, rights[0]);
  });
}

function exists(value: Json, steps: readonly PathStep[]): boolean {
  return follow([value], steps, true).length > 0;
}

/** How Go's templates tell values apart that can be compared. */
function basicKind(value: Json): string {
  if (typeof value !== 'number') return typeof value;
  return Number.isInteger(value) ? 'integer' : 'float';
}

function compares(left: Json, operator: string, right: Json): boolean {
  const kinds = [basicKind(left), basicKind(right)];
  if (kinds.includes('object')) throw new TemplateError('invalid type for comparison');
  if (kinds[0] !== kinds[1]) throw new TemplateError('incompatible types for comparison');
  const [one, other] = [left as string, right as string];
  switch (operator) {
    case '==':
      return one === other;
    case '!=':
      return one !== other;
    case '<':
      return one < other;
    case '<=':
      return one <= other;
    case '>':
      return one > other;
    case '>=':
      return one >= other;
    default:
      throw new TemplateError(`unrecognized filter operator ${operator}`);
  }
}
