import type { Steps } from '../../effects.ts';
import { CommandFailure } from '../failures.ts';
import { get } from './client.ts';
import type { DiscoveredResource } from './discovered-resource.ts';

interface ResourceList {
  readonly groupVersion: string;
  readonly resources: readonly {
    readonly name: string;
    readonly singularName: string;
    readonly shortNames?: readonly string[];
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
    readonly categories?: readonly string[];
  }[];
}

interface GroupList {
  readonly groups: readonly {
    readonly name: string;
    readonly preferredVersion: { readonly groupVersion: string };
  }[];
}

/** Everything the server serves, each in the version that it prefers, in its order. */
export function* discover(): Steps<readonly DiscoveredResource[]> {
  const core = yield* get<ResourceList>('/api/v1');
  const { groups } = yield* get<GroupList>('/apis');
  const found = [...described(core)];
  for (const { preferredVersion } of groups) {
    found.push(...described(yield* get<ResourceList>(`/apis/${preferredVersion.groupVersion}`)));
  }
  return found;
}

/** An object's kind as kubectl names it in what it says: `pod`, `deployment.apps`. */
export function printedType({ singular, group }: DiscoveredResource): string {
  return group === '' ? singular : `${singular}.${group}`;
}

/** A resource as the server names it in its messages: `pods`, `deployments.apps`. */
export function qualifiedName({ name, group }: DiscoveredResource): string {
  return group === '' ? name : `${name}.${group}`;
}

/**
 * The resource that a word names: its plural, singular, short name or kind, with the group and the version
 * behind it where they are given.
 *
 * @throws CommandFailure when the server has none
 */
export function resourceNamed(word: string, known: readonly DiscoveredResource[]): DiscoveredResource {
  const [given = '', ...suffix] = word.split('.');
  const name = given.toLowerCase();
  const found =
    known.find((each) => isNamed(each, name) && isOfGroup(each, suffix)) ??
    known.find((each) => each.shortNames.includes(given) && isOfGroup(each, suffix));
  if (!found) throw new CommandFailure(`the server doesn't have a resource type ${JSON.stringify(given)}`);
  return found;
}

function isNamed({ name, singular, kind }: DiscoveredResource, word: string): boolean {
  // Some have no singular.
  return word !== '' && (name === word || singular === word || kind.toLowerCase() === word);
}

/** What stands behind a name is the group, or the version and the group; `svc.v1.` means the core group. */
function isOfGroup(resource: DiscoveredResource, suffix: readonly string[]): boolean {
  const [version, ...group] = suffix;
  if (version === undefined) return true;
  if (version === '' && group.length === 0) return resource.group === '';
  if (isGroup(resource, suffix.join('.'))) return true;
  return group.join('.') === ''
    ? group.length > 0 && resource.group === '' && resource.version === version
    : isGroup(resource, group.join('.'), version);
}

/** The resource of a kind in an API version; undefined when the server has none. */
export function resourceOfKind(
  apiVersion: string,
  kind: string,
  known: readonly DiscoveredResource[],
): DiscoveredResource | undefined {
  return known.find((each) => each.kind === kind && apiVersionOf(each) === apiVersion);
}

/** As it stands in a manifest: `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: DiscoveredResource): string {
  return group === '' ? version : `${group}/${version}`;
}

function isGroup(resource: DiscoveredResource, group: string, version?: string): boolean {
  return (
    group !== '' &&
    (resource.group === group || resource.group.startsWith(`${group}.`)) &&
    (version === undefined || resource.version === version)
  );
}

function* describedParts({ groupVersion, resources }: ResourceList): Generator<DiscoveredResource> {
  const [version = '', group = ''] = groupVersion.split('/').reverse();
  for (const { name, singularName, shortNames, kind, namespaced, verbs, categories } of resources) {
    if (name.includes('/')) continue;
    yield {
      name,
      singular: singularName,
      shortNames: shortNames ?? [],
      group,
      version,
      kind,
      namespaced,
      verbs,
      categories: categories ?? [],
    };
  }
}

function described(list: ResourceList): DiscoveredResource[] {
  return [...describedParts(list)];
}
