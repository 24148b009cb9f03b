import { sameValue } from '../../cluster/object.ts';
import { type FieldSchema, knownType, type ValueSchema } from '../../cluster/schema/type-lines.ts';
import { CommandFailure } from '../failures.ts';
import { goText } from '../printing/jsonpath.ts';

/** A map of JSON. */
export type JsonMap = Readonly<Record<string, unknown>>;

/** What a difference is to hold. */
export interface DiffManner {
  readonly changes: boolean;
  readonly deletions: boolean;
  /** Whether the map stands in a field of which only what is named may stay. */
  readonly retainsKeys?: boolean | undefined;
}

/**
 * The strategic merge patch that makes one map of another (k8s.io/apimachinery/pkg/util/strategicpatch,
 * diffMaps).
 *
 * @param schema of the maps; undefined where nothing is known of them
 * @throws CommandFailure for an item of a list that lacks the key by which it is merged
 */
export function diffMaps(
  original: JsonMap,
  modified: JsonMap,
  schema: ValueSchema | undefined,
  manner: DiffManner,
): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(modified)) {
    const before = original[name];
    if (before === undefined || kindOf(before) !== kindOf(value)) {
      if (manner.changes) patch[name] = value;
    } else if (isMap(before) && isMap(value)) {
      diffField(name, before, value, patch, schema, manner);
    } else if (Array.isArray(before) && Array.isArray(value)) {
      diffListField(name, before, value, patch, fieldIn(schema, name), manner);
    } else if (manner.changes && before !== value) patch[name] = value;
  }
  if (manner.deletions) {
    for (const name of Object.keys(original)) if (!Object.hasOwn(modified, name)) patch[name] = null;
  }
  const isLosing = Object.entries(original).some(
    ([name, value]) => value !== null && !Object.hasOwn(modified, name),
  );
  const kept = Object.keys(modified).filter((name) => modified[name] !== null);
  if (manner.retainsKeys && kept.length > 0 && (Object.keys(patch).length > 0 || isLosing)) {
    patch.$retainKeys = kept.sort();
  }
  return patch;
}

function diffField(
  name: string,
  original: JsonMap,
  modified: JsonMap,
  patch: Record<string, unknown>,
  schema: ValueSchema | undefined,
  manner: DiffManner,
): void {
  const field = fieldIn(schema, name);
  if (isReplaced(schema, name)) {
    if (manner.changes) patch[name] = modified;
    return;
  }
  const inside = field?.value ?? (schema?.is === 'map' ? schema.item : undefined);
  const found = diffMaps(original, modified, inside, {
    changes: manner.changes,
    deletions: manner.deletions,
    retainsKeys: field?.retainsKeys,
  });
  if (Object.keys(found).length > 0) patch[name] = found;
}

function diffListField(
  name: string,
  original: readonly unknown[],
  modified: readonly unknown[],
  patch: Record<string, unknown>,
  field: FieldSchema | undefined,
  manner: DiffManner,
): void {
  if (!field?.merges || field.value.is !== 'list') {
    if (manner.changes && !sameValue(original, modified)) patch[name] = modified;
    return;
  }
  if (original.length === 0) {
    if (modified.length > 0 && manner.changes) patch[name] = modified;
    return;
  }
  const { mergeKey } = field;
  const found =
    mergeKey === undefined
      ? diffTexts(original, modified, manner)
      : diffItems(original, modified, mergeKey, field.value.item, {
          ...manner,
          retainsKeys: field.retainsKeys,
        });
  if (found.list.length > 0) patch[name] = found.list;
  if (found.gone.length > 0) patch[`$deleteFromPrimitiveList/${name}`] = found.gone;
  if (found.order.length > 0) patch[`$setElementOrder/${name}`] = found.order;
}

interface ListDiff {
  readonly list: readonly unknown[];
  readonly gone: readonly unknown[];
  readonly order: readonly unknown[];
}

function diffTexts(original: readonly unknown[], modified: readonly unknown[], manner: DiffManner): ListDiff {
  const added = manner.changes ? modified.filter((each) => !original.includes(each)) : [];
  const gone = manner.deletions ? original.filter((each) => !modified.includes(each)) : [];
  const isOrdered = gone.length > 0 || (manner.changes && !sameValue(original, modified));
  return { list: added, gone: [...new Set(gone)], order: isOrdered ? modified : [] };
}

function diffItems(
  original: readonly unknown[],
  modified: readonly unknown[],
  mergeKey: string,
  item: ValueSchema,
  manner: DiffManner,
): ListDiff {
  const keys = (list: readonly unknown[]): readonly unknown[] => list.map((each) => keyIn(each, mergeKey));
  const before = keys(original);
  const after = keys(modified);
  const list: unknown[] = [];
  modified.forEach((each, index) => {
    const place = before.indexOf(after[index]);
    if (place < 0) {
      if (manner.changes) list.push(each);
      return;
    }
    const found = diffMaps(original[place] as JsonMap, each as JsonMap, item, manner);
    if (Object.keys(found).length > 0) list.push({ ...found, [mergeKey]: after[index] });
  });
  if (manner.deletions) {
    for (const key of before) if (!after.includes(key)) list.push({ $patch: 'delete', [mergeKey]: key });
  }
  const isOrdered =
    (manner.changes && (list.length > 0 || !sameValue(before, after))) ||
    (manner.deletions && list.length > 0);
  return { list, gone: [], order: isOrdered ? after.map((key) => ({ [mergeKey]: key })) : [] };
}

function keyIn(item: unknown, mergeKey: string): unknown {
  if (isMap(item) && item[mergeKey] !== undefined) return item[mergeKey];
  throw new CommandFailure(`map: ${goText(item)} does not contain declared merge key: ${mergeKey}`);
}

/** A field of a struct, and what patches do with it. */
export function fieldIn(schema: ValueSchema | undefined, name: string): FieldSchema | undefined {
  return schema?.is === 'struct' ? knownType(schema.type).fields.get(name) : undefined;
}

/** Whether a value is a map. */
export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}

/** The one map that is replaced as a whole: kubectl then always sends it. */
function isReplaced(schema: ValueSchema | undefined, name: string): boolean {
  return (
    schema?.is === 'struct' && schema.type === 'policy.v1.PodDisruptionBudgetSpec' && name === 'selector'
  );
}
