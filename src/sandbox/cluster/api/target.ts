import { type Resource, type ServedResource, servedResources } from '../resources.ts';

/** What a path below `/api` or `/apis` names. */
export interface Target {
  /** Empty for the first API. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/** A target that the cluster keeps objects of. */
export interface ServedTarget extends Target {
  readonly resource: ServedResource & { readonly table: Resource };
}

/**
 * Reads a path as upstream does (k8s.io/apiserver/pkg/endpoints/request, RequestInfo).
 *
 * @returns undefined when it names no resource, as `/version` and `/apis/apps/v1` do not, or is no path
 */
export function readTarget(path: string): Target | undefined {
  const words = decodeWords(path);
  if (!words) return undefined;
  const [root, ...rest] = words;
  if (root !== 'api' && root !== 'apis') return undefined;
  const group = root === 'api' ? '' : rest.shift();
  const version = rest.shift();
  if (group === undefined || version === undefined || rest.length === 0) return undefined;
  const isScoped =
    rest[0] === 'namespaces' && rest.length > 2 && !['status', 'finalize'].includes(rest[2] ?? '');
  const namespace = isScoped ? rest[1] : undefined;
  const [plural = '', name, subresource, ...more] = isScoped ? rest.slice(2) : rest;
  if (more.length > 0) return undefined;
  return { group, version, plural, namespace, name, subresource };
}

/** The resource of a target; undefined when none is served, or it is asked for in another scope than it has. */
export function servedTarget(target: Target): ServedTarget | undefined {
  const { group, version, plural, namespace, name } = target;
  const resource = servedResources.find(
    (each) => each.plural === plural && each.group === group && each.version === version,
  );
  if (!resource) return undefined;
  if (!resource.namespaced && namespace !== undefined) return undefined;
  // What is in a namespace can be listed everywhere, but is named with its namespace.
  if (resource.namespaced && namespace === undefined && name !== undefined) return undefined;
  return { ...target, resource };
}

/** The parts of a path, decoded; undefined where one of them cannot be. */
export function decodeWords(path: string): string[] | undefined {
  try {
    const words = path.split('/').map(decodeURIComponent);
    // A slash at the end says nothing, as long as it is one.
    const bare = words.at(-1) === '' ? words.slice(1, -1) : words.slice(1);
    return words[0] === '' && !bare.includes('') ? bare : undefined;
  } catch {
    return undefined;
  }
}
