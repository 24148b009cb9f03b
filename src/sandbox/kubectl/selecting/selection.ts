import type { ApiObject } from '../../cluster/object.ts';
import type { Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { Target } from '../config.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { get, inNamespace, pathOf } from '../server/client.ts';
import type { DiscoveredResource } from '../server/discovered-resource.ts';
import { resourceNamed } from '../server/discovery.ts';

/** An object that a command is about: one that the server has, or one that stands in a file. */
export interface Subject {
  readonly resource: DiscoveredResource;
  /** Undefined for what has no namespace. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** As it stood in the file, or as the server gave it. */
  readonly object: ApiObject;
  /** Where it stands, such as `web.yaml`; undefined when it was named on the line. */
  readonly source?: string;
}

/** What the words of a line name, before the server is asked. */
export type Named =
  | { readonly kind: 'objects'; readonly objects: readonly NamedObject[]; readonly isSingle: boolean }
  | { readonly kind: 'collections'; readonly resources: readonly DiscoveredResource[] };

/** An object by its name. */
export interface NamedObject {
  readonly resource: DiscoveredResource;
  readonly name: string;
}

/** How the words of a command are read. */
export interface Reading {
  /** As `kubectl`: what the command is called in messages. */
  readonly base: string;
  readonly hasSelector: boolean;
  /** Whether a kind without names means all of it, as for `get`. */
  readonly allowsAll: boolean;
}

/**
 * Reads words such as `pods`, `pod web api`, `deploy/web svc/web`, `pods,services`, `all`.
 *
 * @throws CommandFailure in kubectl's words (k8s.io/cli-runtime/pkg/resource/builder.go)
 */
export function readNames(
  words: readonly string[],
  known: readonly DiscoveredResource[],
  { base, hasSelector, allowsAll }: Reading,
): Named {
  const args = spreadTypes(words);
  const combined = args.filter((word) => word.includes('/'));
  if (combined.length > 0) {
    if (combined.length < args.length) {
      const example = `'${base} get resource/<resource_name>' instead of '${base} get resource resource/<resource_name>'`;
      throw new CommandFailure(
        `there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. ${example}`,
      );
    }
    const objects = args.map((word) => combinedName(word, known));
    if (hasSelector) {
      throw new CommandFailure(
        'selectors and the all flag cannot be used when passing resource/name arguments',
      );
    }
    return { kind: 'objects', objects, isSingle: objects.length === 1 };
  }
  const [types = '', ...names] = args;
  if (args.length === 0) throw new CommandFailure(missingResource);
  const resources = resourcesOf(types, known);
  if (names.length === 0) {
    if (!hasSelector && !allowsAll)
      throw new CommandFailure('resource(s) were provided, but no name was specified');
    return { kind: 'collections', resources };
  }
  if (hasSelector) throw new CommandFailure('name cannot be provided when a selector is specified');
  const [resource] = resources;
  if (!resource || resources.length > 1) throw new CommandFailure('you must specify only one resource');
  const objects = names.map((name) => ({ resource, name }));
  return { kind: 'objects', objects, isSingle: objects.length === 1 };
}

/**
 * The objects that words name, where a kind alone will not do.
 *
 * @throws CommandFailure as `readNames`
 */
export function readObjects(
  args: readonly string[],
  known: readonly DiscoveredResource[],
): readonly [NamedObject, ...NamedObject[]] {
  const named = readNames(args, known, { base: 'kubectl', hasSelector: false, allowsAll: false });
  const [first, ...others] = named.kind === 'objects' ? named.objects : [];
  if (!first) throw new CommandFailure('resource(s) were provided, but no name was specified');
  return [first, ...others];
}

const missingResource = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

/** `deployment,service web` means `deployment/web service/web` (normalizeMultipleResourcesArgs). */
function spreadTypes(words: readonly string[]): readonly string[] {
  const [first = '', ...names] = words;
  const types = [...new Set(first.split(','))];
  if (types.length < 2 || names.length === 0) return words;
  return types.flatMap((type) => names.map((name) => `${type}/${name}`));
}

function combinedName(word: string, known: readonly DiscoveredResource[]): NamedObject {
  const parts = word.split('/');
  const [type = '', name = ''] = parts;
  if (parts.length > 2)
    throw new CommandFailure('arguments in resource/name form may not have more than one slash');
  if (type === '' || name === '' || resourcesOf(type, known).length > 1) {
    throw new CommandFailure('arguments in resource/name form must have a single resource and name');
  }
  return { resource: resourceNamed(type, known), name };
}

function resourcesOf(types: string, known: readonly DiscoveredResource[]): DiscoveredResource[] {
  const found = types.split(',').flatMap((word) => {
    const ofCategory = known.filter(({ categories }) => categories.includes(word));
    return ofCategory.length > 0 ? inOrderOfAll(ofCategory) : [resourceNamed(word, known)];
  });
  return [...new Set(found)];
}

/** The order in which `kubectl get all` shows what it shows. */
const all = [
  'pods',
  'replicationcontrollers',
  'services',
  'daemonsets',
  'deployments',
  'replicasets',
  'statefulsets',
  'horizontalpodautoscalers',
  'cronjobs',
  'jobs',
];

function inOrderOfAll(resources: readonly DiscoveredResource[]): DiscoveredResource[] {
  return resources.toSorted((one, other) => all.indexOf(one.name) - all.indexOf(other.name));
}

/** The namespace in which an object of a resource is looked for. */
export function namespaceFor(resource: DiscoveredResource, { namespace }: Target): string | undefined {
  return resource.namespaced ? namespace : undefined;
}

/** What a list of the server holds. */
export interface ObjectList {
  readonly items: readonly ApiObject[];
  readonly metadata: { readonly resourceVersion?: string };
}

/**
 * Asks the server for what was named.
 *
 * @param query of lists, such as a label selector
 * @param onFailure hears of each object that is not there; without it the first one is thrown
 * @throws ServerFailure
 */
export function* fetchSubjects(
  named: Named,
  target: Target & { readonly isEveryNamespace?: boolean },
  query: Readonly<Record<string, string>> = {},
  onFailure?: (failure: ServerFailure) => void,
): Steps<readonly Subject[]> {
  const subjects: Subject[] = [];
  if (named.kind === 'objects') {
    for (const { resource, name } of named.objects) {
      const namespace = namespaceFor(resource, target);
      try {
        const object = yield* inNamespace(namespace, get(pathOf(resource, namespace, name)));
        subjects.push({ resource, namespace, name, object });
      } catch (failure) {
        if (!onFailure || !(failure instanceof ServerFailure)) throw failure;
        onFailure(failure);
      }
    }
    return subjects;
  }
  for (const resource of named.resources) {
    const namespace = target.isEveryNamespace ? undefined : namespaceFor(resource, target);
    const list = yield* getList(resource, namespace, query);
    for (const object of list.items) subjects.push(subjectOf(resource, typed(object, list)));
  }
  return subjects;
}

function* getList(
  resource: DiscoveredResource,
  namespace: string | undefined,
  query: Readonly<Record<string, string>>,
): Steps<ObjectList & ApiObject> {
  try {
    return yield* get<ObjectList & ApiObject>(pathOf(resource, namespace), query);
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    throw failedList(failure, resource, query);
  }
}

/** What is said when a list is refused: what was asked for (k8s.io/cli-runtime, EnhanceListError). */
export function failedList(
  failure: ServerFailure,
  { group, version, name }: DiscoveredResource,
  { labelSelector = '', fieldSelector = '' }: Readonly<Record<string, string>>,
): ServerFailure {
  if (failure.reason !== 'BadRequest' && failure.reason !== 'NotFound') return failure;
  const what = `"${group}/${version}, Resource=${name}"`;
  const start =
    labelSelector === '' && fieldSelector === ''
      ? `Unable to list ${what}`
      : `Unable to find ${what} that match label selector ${JSON.stringify(labelSelector)}, field selector ${JSON.stringify(fieldSelector)}`;
  return new ServerFailure({ ...failure.status, message: `${start}: ${failure.message}` }, failure.context);
}

/** What of a list is asked for. */
export function listQuery(options: Options): Record<string, string> {
  const labels = options.text('--selector');
  const fields = options.text('--field-selector');
  return {
    ...(labels ? { labelSelector: labels } : {}),
    ...(fields ? { fieldSelector: fields } : {}),
  };
}

/** Refuses names on a line that names files too. @throws CommandFailure */
export function refuseNamesBesideFiles(options: Options): void {
  const hasFiles = options.has('--filename') || options.has('--kustomize');
  if (!hasFiles || options.args.length === 0) return;
  throw new CommandFailure(
    'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
  );
}

/** An object of the server as what a command is about. */
export function subjectOf(resource: DiscoveredResource, object: ApiObject): Subject {
  const { namespace, name = '' } = object.metadata;
  return { resource, namespace: resource.namespaced ? namespace : undefined, name, object };
}

/** Items of a list do not say what they are; the list does. */
function typed(object: ApiObject, list: ApiObject): ApiObject {
  return object.kind
    ? object
    : { ...object, apiVersion: list.apiVersion, kind: list.kind.replace(/List$/, '') };
}
