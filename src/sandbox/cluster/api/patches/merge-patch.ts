import { isObject } from '../objects/read-object.ts';
import { badRequest } from '../objects/status.ts';

/**
 * Applies a JSON merge patch (RFC 7386): `null` takes away, maps are merged, everything else is replaced.
 *
 * @throws ApiError BadRequest for a patch that is no object
 */
export function applyMergePatch(object: unknown, patch: unknown): unknown {
  if (!isObject(patch)) {
    const found = Array.isArray(patch) ? 'array' : typeof patch;
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${found} into Go value of type map[string]interface {}`,
    );
  }
  return merged(object, patch);
}

function merged(target: unknown, patch: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const found: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete found[name];
    else found[name] = isObject(value) ? merged(found[name], value) : value;
  }
  return found;
}
