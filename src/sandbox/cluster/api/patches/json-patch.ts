import { ApiError } from '../../api-error.ts';
import { sameValue } from '../../object.ts';
import { isObject } from '../objects/read-object.ts';
import { badRequest } from '../objects/status.ts';

/** More operations than this are refused (k8s.io/apiserver/pkg/endpoints/handlers). */
const mostOperations = 10_000;

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/**
 * Applies a JSON patch (RFC 6902) the way the API server does: a `replace` of what is not there adds it, a
 * `remove` of what is not there is refused.
 *
 * @throws ApiError BadRequest for a patch that is none, Invalid without an explanation for an operation that
 *   cannot be done, as upstream
 */
export function applyJsonPatch(object: unknown, patch: unknown): unknown {
  const operations = readOperations(patch);
  return operations.reduce((value, operation) => applied(value, operation), object);
}

function readOperations(patch: unknown): readonly Operation[] {
  if (!Array.isArray(patch)) {
    throw cannotDecode(patch, '[]handlers.jsonPatchOp');
  }
  if (patch.length > mostOperations) {
    throw new ApiError(
      'RequestEntityTooLarge',
      `Request entity too large: The allowed maximum operations in a JSON patch is ${mostOperations}, got ${patch.length}`,
    );
  }
  return patch.map((each: unknown) => {
    if (!isObject(each)) throw cannotDecode(each, 'handlers.jsonPatchOp');
    const { op, path, from, value } = each;
    if (typeof op !== 'string' || typeof path !== 'string') throw cannot();
    const isMoving = op === 'move' || op === 'copy';
    if (isMoving && typeof from !== 'string') throw cannot();
    return { op, path, ...(isMoving ? { from: from as string } : {}), value };
  });
}

function cannotDecode(value: unknown, type: string): ApiError {
  const found = Array.isArray(value) ? 'array' : typeof value;
  return badRequest(`error decoding patch: json: cannot unmarshal ${found} into Go value of type ${type}`);
}

function applied(value: unknown, { op, path, from = '', value: given }: Operation): unknown {
  const steps = stepsOf(path);
  switch (op) {
    case 'add':
      return changed(value, steps, (parent, key) => added(parent, key, given));
    case 'replace':
      // The whole can be replaced and tested, and nothing else be done with it.
      if (path === '' && isObject(given)) return given;
      return changed(value, steps, (parent, key) => replaced(parent, key, given));
    case 'remove':
      return changed(value, steps, removed);
    case 'move': {
      const moved = found(value, stepsOf(from));
      const rest = changed(value, stepsOf(from), removed);
      return changed(rest, steps, (parent, key) => added(parent, key, moved));
    }
    case 'copy': {
      // What is not there is copied as nothing.
      if (from === '') throw cannot();
      const copied = found(value, stepsOf(from), true);
      return changed(value, steps, (parent, key) => added(parent, key, copied));
    }
    case 'test':
      if (!sameValue(found(value, steps, true) ?? null, given ?? null)) throw cannot();
      return value;
    default:
      throw cannot();
  }
}

function stepsOf(path: string): string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) throw cannot();
  return path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

type Container = Readonly<Record<string, unknown>> | readonly unknown[];

function changed(
  value: unknown,
  steps: readonly string[],
  change: (parent: Container, key: string) => Container,
): unknown {
  const [key, ...rest] = steps;
  if (key === undefined || typeof value !== 'object' || value === null) throw cannot();
  const parent = value as Container;
  if (rest.length === 0) return change(parent, key);
  const inner = changed(inside(parent, key), rest, change);
  return Array.isArray(parent)
    ? parent.with(placeIn(parent, key), inner)
    : { ...(parent as Readonly<Record<string, unknown>>), [key]: inner };
}

function found(value: unknown, steps: readonly string[], maybe = false): unknown {
  let here = value;
  for (const step of steps) {
    if (typeof here !== 'object' || here === null) throw cannot();
    const next = inside(here as Container, step);
    if (next === undefined && !maybe) throw cannot();
    here = next;
  }
  return here;
}

function inside(parent: Container, key: string): unknown {
  if (Array.isArray(parent)) return parent[placeIn(parent, key)];
  const map = parent as Readonly<Record<string, unknown>>;
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function added(parent: Container, key: string, value: unknown): Container {
  if (!Array.isArray(parent)) return { ...parent, [key]: value ?? null };
  const place = key === '-' ? parent.length : placeIn(parent, key, parent.length);
  return parent.toSpliced(place, 0, value);
}

function replaced(parent: Container, key: string, value: unknown): Container {
  return Array.isArray(parent)
    ? parent.with(placeIn(parent, key), value)
    : { ...parent, [key]: value ?? null };
}

function removed(parent: Container, key: string): Container {
  if (Array.isArray(parent)) return parent.toSpliced(placeIn(parent, key), 1);
  const map = parent as Readonly<Record<string, unknown>>;
  if (!Object.hasOwn(map, key)) throw cannot();
  const { [key]: _, ...rest } = map;
  return rest;
}

/** @param last the highest place there may be; negative ones count from the end */
function placeIn(list: readonly unknown[], key: string, last = list.length - 1): number {
  if (!/^-?\d+$/.test(key)) throw cannot();
  const place = Number(key) < 0 ? list.length + Number(key) : Number(key);
  if (place < 0 || place > last) throw cannot();
  return place;
}

/** Upstream tells nothing of what went wrong. */
function cannot(): ApiError {
  return new ApiError('Invalid', 'the server rejected our request due to an error in our request');
}
