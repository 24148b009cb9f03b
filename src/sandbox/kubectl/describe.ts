import type { ApiObject } from '../cluster/object.ts';
import { complain, now, print, type Steps } from '../effects.ts';
import { throwUnless } from '../thrown.ts';
import type { KubectlContext } from './context.ts';
import type { About } from './describe/about.ts';
import { describerOf } from './describe/describers.ts';
import { CommandFailure, ServerFailure, throwAll } from './failures.ts';
import { readSubjects } from './manifests/manifests.ts';
import {
  fetchSubjects,
  type Named,
  namespaceFor,
  type ObjectList,
  readNames,
  refuseNamesBesideFiles,
  type Subject,
  subjectOf,
} from './selecting/selection.ts';
import { get, pathOf } from './server/client.ts';
import type { DiscoveredResource } from './server/discovered-resource.ts';

/** `kubectl describe` (k8s.io/kubectl/pkg/cmd/describe). */
export function* runDescribe(context: KubectlContext): Steps<number> {
  const { options } = context;
  if (options.args.length === 0 && !options.has('--filename') && !options.has('--kustomize')) {
    throw new CommandFailure(
      'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  }
  const known = yield* context.known();
  const target = yield* context.target();
  const failures: Error[] = [];
  const subjects = yield* fetchNamed(context, failures);
  const about: About = {
    showEvents: options.on('--show-events', subjects.length <= 1 && failures.length === 0),
    now: yield* now(),
    known,
  };
  const [missing, another] = failures;
  const [type = '', prefix = ''] = options.args;
  const isOneMissing = missing instanceof ServerFailure && missing.reason === 'NotFound' && !another;
  if (isOneMissing && options.args.length === 2) {
    return yield* describeMatching(context, { type, prefix, missing }, about);
  }
  const printed = yield* describeEach(subjects, about, failures);
  if (printed === 0 && failures.length === 0) {
    const where = options.on('--all-namespaces') ? '' : ` in ${target.namespace} namespace.`;
    yield* complain(`No resources found${where}\n`);
  }
  throwAll(failures);
  return 0;
}

/** What the line names; what is not there is collected as a failure. */
function* fetchNamed(context: KubectlContext, failures: Error[]): Steps<readonly Subject[]> {
  const { options } = context;
  refuseNamesBesideFiles(options);
  if (options.has('--filename') || options.has('--kustomize')) {
    const objects: Subject[] = [];
    for (const subject of yield* readSubjects(context)) {
      const named: Named = { kind: 'objects', objects: [subject], isSingle: true };
      const place = { ...(yield* context.target()), namespace: subject.namespace ?? '' };
      objects.push(...(yield* fetchSubjects(named, place, {}, (failure) => failures.push(failure))));
    }
    return objects;
  }
  const labels = options.text('--selector');
  const isEveryNamespace = options.on('--all-namespaces');
  const named = readNames(options.args, yield* context.known(), {
    base: 'kubectl',
    hasSelector: Boolean(labels),
    allowsAll: true,
  });
  const target = { ...(yield* context.target()), isEveryNamespace };
  const query: Readonly<Record<string, string>> = {
    ...(labels ? { labelSelector: labels } : {}),
  };
  return yield* fetchSubjects(named, target, query, (failure) => failures.push(failure));
}

function* describeEach(subjects: readonly Subject[], about: About, failures: Error[]): Steps<number> {
  let printed = 0;
  for (const { resource, namespace, name } of subjects) {
    try {
      // What a list gives says less, and may be old by now.
      const object = yield* get(pathOf(resource, namespace, name));
      const text = yield* described(resource, object, about);
      yield* print(printed === 0 ? text : `\n\n${text}`);
      printed += 1;
    } catch (failure) {
      throwUnless(failure, ServerFailure);
      if (!failures.some(({ message }) => message === failure.message)) failures.push(failure);
    }
  }
  return printed;
}

/** What there is to say of an object. */
function* described(resource: DiscoveredResource, object: ApiObject, about: About): Steps<string> {
  const text = describerOf(resource)(object, about);
  return typeof text === 'string' ? text : yield* text;
}

interface Prefix {
  readonly type: string;
  readonly prefix: string;
  /** What is said when nothing begins so. */
  readonly missing: ServerFailure;
}

/** A name that there is not may be the beginning of others. */
function* describeMatching(
  context: KubectlContext,
  { type, prefix, missing }: Prefix,
  about: About,
): Steps<number> {
  const named = readNames([type], yield* context.known(), {
    base: 'kubectl',
    hasSelector: false,
    allowsAll: true,
  });
  const [resource, another] = named.kind === 'collections' ? named.resources : [];
  if (!resource) throw missing;
  if (another) throw new CommandFailure('you may only specify a single resource type');
  const target = yield* context.target();
  const list = yield* get<ObjectList>(pathOf(resource, namespaceFor(resource, target)));
  const found = list.items
    .map((object) => subjectOf(resource, object))
    .filter(({ name }) => name.startsWith(prefix));
  if (found.length === 0) throw missing;
  for (const { namespace, name } of found) {
    const object = yield* get(pathOf(resource, namespace, name));
    yield* print(`${yield* described(resource, object, about)}\n`);
  }
  return 0;
}
