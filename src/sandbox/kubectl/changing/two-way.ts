import type { ApiObject } from '../../cluster/object.ts';
import { kindSchema } from '../../cluster/schema/type-lines.ts';
import { diffMaps, type JsonMap } from './diff-values.ts';

/**
 * The strategic merge patch that makes one object of another; empty when they are the same
 * (k8s.io/apimachinery/pkg/util/strategicpatch, CreateTwoWayMergePatch).
 */
export function twoWayPatch(before: ApiObject, after: ApiObject): JsonMap {
  const type = kindSchema(before.apiVersion, before.kind);
  return diffMaps(
    before as unknown as JsonMap,
    after as unknown as JsonMap,
    type && { is: 'struct', type: type.id },
    { changes: true, deletions: true },
  );
}
