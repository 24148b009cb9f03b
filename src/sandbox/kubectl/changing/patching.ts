import { applyJsonPatch } from '../../cluster/api/patches/json-patch.ts';
import { applyMergePatch } from '../../cluster/api/patches/merge-patch.ts';
import { applyStrategicMerge } from '../../cluster/api/patches/strategic-merge.ts';
import { ApiError } from '../../cluster/api-error.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { kindSchema } from '../../cluster/schema/type-lines.ts';
import { CommandFailure } from '../failures.ts';
import type { PatchType } from '../server/client.ts';

// kubectl and the API server apply patches by the same libraries; here by the same functions.

/**
 * What a patch makes of an object, without asking the server.
 *
 * @throws CommandFailure for a patch that is none, and for a strategic merge of what kubectl has no types of
 */
export function patchedLocally(
  object: ApiObject,
  type: Exclude<PatchType, 'apply'>,
  patch: unknown,
): ApiObject {
  try {
    if (type === 'json') return applyJsonPatch(object, patch) as ApiObject;
    if (type === 'merge') return applyMergePatch(object, patch) as ApiObject;
    const schema = kindSchema(object.apiVersion, object.kind);
    if (!schema) {
      const [version = '', group = ''] = object.apiVersion.split('/').reverse();
      throw new CommandFailure(
        `strategic merge patch is not supported for ${group}/${version}, Kind=${object.kind} locally, try --type merge`,
      );
    }
    return applyStrategicMerge(schema, object, patch) as ApiObject;
  } catch (error) {
    if (error instanceof ApiError) throw new CommandFailure(error.message);
    throw error;
  }
}
