import type { ApiObject } from '../../cluster/object.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { patchedLocally } from './patching.ts';

/**
 * What `--overrides` makes of an object that kubectl put together (k8s.io/kubectl/pkg/cmd/util,
 * override_options.go).
 *
 * @throws CommandFailure for overrides that are no JSON, or of no known type
 */
export function overridden<T extends ApiObject>(object: T, options: Options): T {
  const text = options.text('--overrides', '');
  if (text === '') return object;
  const type = options.text('--override-type') || 'merge';
  if (type !== 'json' && type !== 'merge' && type !== 'strategic') {
    throw new CommandFailure(`invalid override type: ${type}`);
  }
  return patchedLocally(object, type, readJson(text)) as T;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandFailure('Invalid JSON Patch');
  }
}
