import type { ApiObject } from '../../cluster/object.ts';
import { kindSchema, type ValueSchema } from '../../cluster/schema/type-lines.ts';
import { diffMaps, fieldIn, isMap, type JsonMap } from '../changing/diff-values.ts';
import type { PatchType } from '../server/client.ts';

/** A patch, and how it is written. */
export interface ThreeWayPatch {
  readonly type: Extract<PatchType, 'strategic' | 'merge'>;
  readonly patch: JsonMap;
}

/**
 * What has to be changed so that what the server has becomes what the manifest says: what the manifest
 * changes or adds, and what the manifest had when it was applied last and has no longer
 * (k8s.io/apimachinery/pkg/util/strategicpatch, CreateThreeWayMergePatch; jsonmergepatch for kinds of which
 * no types are known).
 *
 * @param original what was applied last; undefined when nothing was
 * @throws CommandFailure for lists that cannot be merged
 */
export function threeWayPatch(
  original: JsonMap | undefined,
  modified: ApiObject,
  current: ApiObject,
): ThreeWayPatch {
  const type = kindSchema(modified.apiVersion, modified.kind);
  const schema: ValueSchema | undefined = type && { is: 'struct', type: type.id };
  const wanted = asMap(modified);
  const changed = diffMaps(asMap(current), wanted, schema, { changes: true, deletions: false });
  const deleted = diffMaps(original ?? {}, wanted, schema, { changes: false, deletions: true });
  return { type: type ? 'strategic' : 'merge', patch: mergedPatches(deleted, changed, schema) };
}

function asMap(object: ApiObject): JsonMap {
  return object as unknown as JsonMap;
}

/** Both patches as one; where both speak of a value, the second one counts. */
function mergedPatches(first: JsonMap, second: JsonMap, schema: ValueSchema | undefined): JsonMap {
  const merged: Record<string, unknown> = { ...first };
  for (const [name, value] of Object.entries(second)) {
    const before = merged[name];
    const field = fieldIn(schema, name);
    if (isMap(before) && isMap(value)) {
      const inside = field?.value ?? (schema?.is === 'map' ? schema.item : undefined);
      merged[name] = mergedPatches(before, value, inside);
    } else if (Array.isArray(before) && Array.isArray(value) && field?.merges && field.value.is === 'list') {
      merged[name] = mergedItems(before, value, field.mergeKey, field.value.item);
    } else merged[name] = value;
  }
  return merged;
}

function mergedItems(
  first: readonly unknown[],
  second: readonly unknown[],
  mergeKey: string | undefined,
  item: ValueSchema,
): readonly unknown[] {
  if (mergeKey === undefined) return [...new Set([...first, ...second])];
  const isSame = (one: unknown, other: unknown): boolean =>
    isMap(one) && isMap(other) && one[mergeKey] === other[mergeKey];
  const both = second.map((each) => {
    const before = first.find((one) => isSame(one, each));
    return isMap(before) && isMap(each) ? mergedPatches(before, each, item) : each;
  });
  return [...both, ...first.filter((one) => !second.some((each) => isSame(one, each)))];
}
