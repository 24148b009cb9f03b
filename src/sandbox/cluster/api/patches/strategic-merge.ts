import { sameValue } from '../../object.ts';
import { type FieldSchema, knownType, type TypeSchema, type ValueSchema } from '../../schema/type-lines.ts';
import { goText } from '../go-text.ts';
import { isObject } from '../objects/read-object.ts';
import { badRequest, unexplained } from '../objects/status.ts';

type Map = Readonly<Record<string, unknown>>;

const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

/**
 * Applies a strategic merge patch: maps are merged, and so are lists whose items have a key
 * (k8s.io/apimachinery/pkg/util/strategicpatch). Directives: `$patch` (replace, delete), `$retainKeys`,
 * `$setElementOrder/…`, `$deleteFromPrimitiveList/…`.
 *
 * @param type of the object
 * @throws ApiError for a patch that is no object or breaks the rules, with the words of upstream
 */
export function applyStrategicMerge(type: TypeSchema, object: object, patch: unknown): unknown {
  if (!isObject(patch)) {
    const found = Array.isArray(patch) ? 'array' : typeof patch;
    throw badRequest(`json: cannot unmarshal ${found} into Go value of type map[string]interface {}`);
  }
  return mergedMaps({ is: 'struct', type: type.id }, { ...object }, patch);
}

function mergedMaps(schema: ValueSchema | undefined, original: Map, patch: Map): Map {
  const directive = patch.$patch;
  if (directive !== undefined) {
    const { $patch: _, ...rest } = patch;
    if (directive === 'replace') return rest;
    if (directive === 'delete') return {};
    throw unexplained(`unknown patch type: ${goText(directive)} in map: ${goText(patch)}`);
  }
  const merged: Record<string, unknown> = retained(original, patch);
  for (const [name, value] of Object.entries(patch)) {
    if (name === '$retainKeys' || name.startsWith(orderPrefix)) continue;
    if (name.startsWith(deletePrefix)) {
      const target = name.slice(deletePrefix.length);
      const there = merged[target];
      // What is no list takes nothing away.
      if (Array.isArray(there) && Array.isArray(value)) {
        const gone: readonly unknown[] = value;
        merged[target] = there.filter((each) => !gone.some((one) => sameValue(one, each)));
      }
      continue;
    }
    if (value === null) {
      delete merged[name];
      continue;
    }
    merged[name] = mergedField(
      fieldIn(schema, name),
      itemOf(schema),
      merged[name],
      value,
      patch[`${orderPrefix}${name}`],
    );
  }
  // An order may be told of a list that the patch does not touch otherwise.
  for (const [name, order] of Object.entries(patch)) {
    const target = name.slice(orderPrefix.length);
    if (!name.startsWith(orderPrefix) || Object.hasOwn(patch, target)) continue;
    const there = merged[target];
    if (Array.isArray(there))
      merged[target] = mergedField(fieldIn(schema, target), undefined, there, [], order);
  }
  return merged;
}

function mergedField(
  field: FieldSchema | undefined,
  item: ValueSchema | undefined,
  original: unknown,
  patch: unknown,
  order: unknown,
): unknown {
  const schema = field?.value ?? item;
  if (isObject(patch)) {
    return mergedMaps(schema, isObject(original) ? original : {}, patch);
  }
  if (!Array.isArray(patch)) return patch;
  if (!field?.merges || schema?.is !== 'list') return patch.filter((each) => !isDirective(each));
  return mergedLists(field, schema.item, Array.isArray(original) ? original : [], patch, order);
}

function mergedLists(
  field: FieldSchema,
  item: ValueSchema,
  original: readonly unknown[],
  patch: readonly unknown[],
  order: unknown,
): unknown[] {
  if (patch.some((each) => isObject(each) && each.$patch === 'replace')) {
    return patch.filter((each) => !isDirective(each));
  }
  const { mergeKey } = field;
  const wanted = order === undefined ? patch : listIn(order);
  if (order !== undefined) demandOrder(field, patch, wanted);
  if (mergeKey === undefined) {
    const all = [...original, ...patch.filter((each) => !original.some((one) => sameValue(one, each)))];
    return ordered(all, patch, wanted, original, sameValue);
  }
  const keyed = patch.map((each) => withKey(each, mergeKey));
  const kept = keyed.filter((each) => !isDeletion(each));
  const gone = keyed.filter(isDeletion);
  const isSame = (one: unknown, other: unknown) => sameValue(keyIn(one, mergeKey), keyIn(other, mergeKey));
  const all = original.filter((each) => !gone.some((one) => isSame(one, each)));
  for (const each of kept) {
    const place = all.findIndex((one) => isSame(one, each));
    const before = place === -1 ? undefined : all[place];
    const merged = mergedMaps(item, isObject(before) ? before : {}, each);
    if (place === -1) all.push(merged);
    else all[place] = merged;
  }
  return ordered(all, kept, wanted, original, isSame);
}

/**
 * What the patch names comes in its order, and what only the server has is put between by its own
 * (upstream: normalizeElementOrder).
 */
function ordered(
  all: readonly unknown[],
  patch: readonly unknown[],
  wanted: readonly unknown[],
  original: readonly unknown[],
  isSame: (one: unknown, other: unknown) => boolean,
): unknown[] {
  const placeIn = (list: readonly unknown[], one: unknown) => list.findIndex((each) => isSame(each, one));
  const byOrder = (list: readonly unknown[]) => (one: unknown, other: unknown) => {
    const first = placeIn(list, one);
    const second = placeIn(list, other);
    return first >= 0 && second >= 0 ? first - second : 0;
  };
  const isNamed = (each: unknown) => placeIn(patch, each) >= 0 || placeIn(wanted, each) >= 0;
  const named = all.filter(isNamed).sort(byOrder(wanted));
  const others = all.filter((each) => !isNamed(each)).sort(byOrder(original));
  const found: unknown[] = [];
  while (others.length > 0 || named.length > 0) {
    const left = placeIn(original, others[0]);
    const right = placeIn(original, named[0]);
    const takesOther = named.length === 0 || (others.length > 0 && left >= 0 && right >= 0 && left < right);
    found.push(takesOther ? others.shift() : named.shift());
  }
  return found;
}

function retained(original: Map, patch: Map): Record<string, unknown> {
  const keys = patch.$retainKeys;
  if (keys === undefined) return { ...original };
  const wrong = badRequest('invalid patch format of retainKeys');
  if (!Array.isArray(keys)) throw wrong;
  const names = keys.map(String);
  for (const name of Object.keys(patch)) {
    if (!name.startsWith('$') && patch[name] !== null && !names.includes(name)) throw wrong;
  }
  return Object.fromEntries(Object.entries(original).filter(([name]) => names.includes(name)));
}

function fieldIn(schema: ValueSchema | undefined, name: string): FieldSchema | undefined {
  return schema?.is === 'struct' ? knownType(schema.type).fields.get(name) : undefined;
}

function itemOf(schema: ValueSchema | undefined): ValueSchema | undefined {
  return schema?.is === 'map' ? schema.item : undefined;
}

function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw unexplained(`expected a []interface {}, but received a ${goKind(value)}`);
}

/** How Go calls what stands in a JSON text. */
function goKind(value: unknown): string {
  return isObject(value) ? 'map[string]interface {}' : typeof value;
}

/** What a patch writes has to stand in the order that it tells (upstream: validatePatchWithSetOrderList). */
function demandOrder({ mergeKey }: FieldSchema, patch: readonly unknown[], wanted: readonly unknown[]): void {
  const keyOf = (each: unknown) => (mergeKey === undefined ? each : keyIn(each, mergeKey));
  const kept = patch.filter((each) => !isDeletion(each));
  let place = 0;
  for (const each of wanted) {
    if (place < kept.length && sameValue(keyOf(each), keyOf(kept[place]))) place++;
  }
  if (place === kept.length) return;
  const lists = `${goText(patch)}\n doesn't match $setElementOrder list:\n${goText(wanted)}`;
  throw unexplained(`The order in patch list:\n${lists}\n`);
}

/** @throws ApiError for an item that does not say which it is */
function withKey(item: unknown, key: string): Map {
  if (isObject(item) && Object.hasOwn(item, key)) return item;
  throw unexplained(`map: ${goText(item)} does not contain declared merge key: ${key}`);
}

function keyIn(item: unknown, key: string): unknown {
  return isObject(item) ? item[key] : undefined;
}

function isDirective(item: unknown): boolean {
  return isObject(item) && Object.hasOwn(item, '$patch');
}

function isDeletion(item: unknown): boolean {
  return isObject(item) && item.$patch === 'delete';
}
