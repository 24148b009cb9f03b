import type { ApiObject } from '../../cluster/object.ts';
import type { Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, rethrowUnlessOwn, ServerFailure, throwAll } from '../failures.ts';
import { readSubjects } from '../manifests/manifests.ts';
import { fetchSubjects, type Named, readNames, type Subject } from '../selecting/selection.ts';
import { get, inNamespace, pathOf } from '../server/client.ts';
import { fileRequirements, fitsRequirements } from './label-selector.ts';

/** How a command takes what it is about. */
export interface Taking {
  /** The words that name objects, where they are not all that there are. */
  readonly words?: readonly string[];
  /** Whether `--all` means all of a kind. */
  readonly all?: boolean;
  /** Whether `--all` selects, so that no names may stand beside it; else it says nothing beside names. */
  readonly selectsAll?: boolean;
  /** Whether a manifest only names what the server is asked for. */
  readonly latest?: boolean;
  /** Whether the server is left alone. */
  readonly local?: boolean;
  /** Whether `--selector` does not select here, but says something else. */
  readonly selectsNothing?: boolean;
}

/** What a command is about. */
export interface Taken {
  readonly subjects: readonly Subject[];
  /** Whether one object was named, and not a collection. */
  readonly isSingle: boolean;
  /** What could not be found or read; the command goes on without it. */
  readonly failures: Error[];
}

/**
 * Finds what a line is about: objects of manifests, or of the server, by name or selector
 * (k8s.io/cli-runtime/pkg/resource/builder.go with ContinueOnError).
 *
 * @throws CommandFailure for words that name nothing
 */
export function* takeSubjects(context: KubectlContext, taking: Taking = {}): Steps<Taken> {
  const { options } = context;
  const words = taking.words ?? options.args;
  const failures: Error[] = [];
  if (options.has('--filename') || options.has('--kustomize')) {
    if (words.length > 0) {
      throw new CommandFailure(
        'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
      );
    }
    const read = yield* readSubjects(context, (failure) => failures.push(failure), taking.local);
    const selector = taking.selectsNothing ? '' : options.text('--selector', '');
    const requirements = fileRequirements(selector);
    const wanted = read.filter(({ object }) => fitsRequirements(requirements, object.metadata.labels));
    const subjects = taking.latest && !taking.local ? yield* fetched(wanted, failures) : wanted;
    return { subjects, isSingle: read.length === 1, failures };
  }
  const named = yield* readWords(context, words, taking);
  const target = { ...(yield* context.target()), isEveryNamespace: options.on('--all-namespaces') };
  const query = {
    ...selectorOf('labelSelector', options.text('--selector')),
    ...selectorOf('fieldSelector', options.text('--field-selector')),
  };
  const subjects = yield* fetchSubjects(named, target, query, (failure) => failures.push(failure));
  return { subjects, isSingle: named.kind === 'objects' && named.isSingle, failures };
}

/** What words of a line name. @throws CommandFailure for words that name nothing */
export function* readWords(
  context: KubectlContext,
  words: readonly string[],
  taking: Taking = {},
): Steps<Named> {
  const { options } = context;
  const hasSelector =
    !taking.selectsNothing && Boolean(options.text('--selector') || options.text('--field-selector'));
  const isAll = (taking.all ?? true) && options.on('--all');
  const named = readNames(words, yield* context.known(), {
    base: 'kubectl',
    hasSelector: hasSelector || (isAll && (taking.selectsAll ?? false)),
    allowsAll: isAll,
  });
  if (named.kind === 'objects' && options.on('--all-namespaces')) {
    throw new CommandFailure('a resource cannot be retrieved by name across all namespaces');
  }
  return named;
}

function selectorOf(name: string, text: string | undefined): Record<string, string> {
  return text ? { [name]: text } : {};
}

function* fetched(subjects: readonly Subject[], failures: Error[]): Steps<readonly Subject[]> {
  const found: Subject[] = [];
  for (const subject of subjects) {
    try {
      found.push({ ...subject, object: yield* currentOf(subject) });
    } catch (failure) {
      throwUnless(failure, ServerFailure);
      failures.push(failure);
    }
  }
  return found;
}

/** What the server has of an object. @throws ServerFailure, and CommandFailure for one without a name */
export function* currentOf({ resource, namespace, name }: Subject): Steps<ApiObject> {
  if (name === '') throw new CommandFailure('resource name may not be empty');
  return yield* inNamespace(namespace, get(pathOf(resource, namespace, name)));
}

/** Whether the server has an object. @throws ServerFailure, and CommandFailure for one without a name */
export function* isThere(subject: Subject): Steps<boolean> {
  try {
    yield* currentOf(subject);
    return true;
  } catch (failure) {
    if (failure instanceof ServerFailure && failure.reason === 'NotFound') return false;
    throw failure;
  }
}

/**
 * Does something with each object, goes on where it fails, and throws in the end what failed: what could not
 * be read last.
 *
 * @throws CommandFailure, ServerFailure, SeveralFailures
 */
export function* forEachSubject(
  { subjects, failures: unread }: Taken,
  act: (subject: Subject) => Steps<void>,
): Steps<void> {
  const failures: Error[] = [];
  for (const subject of subjects) {
    try {
      yield* act(subject);
    } catch (failure) {
      rethrowUnlessOwn(failure);
      failures.push(failure);
    }
  }
  throwAll([...failures, ...unread]);
}

/** A subject as messages show it whole: resource and kind, and below them name and namespace. */
export function shownWhole({ resource, namespace, name }: Subject): string {
  const { group, version, name: plural, kind } = resource;
  const root = `${group}/${version}`;
  return `Resource: "${root}, Resource=${plural}", GroupVersionKind: "${root}, Kind=${kind}"\nName: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace ?? '')}`;
}

/** As messages name it: `deployments/web`. */
export function objectName({ resource, name }: Pick<Subject, 'resource' | 'name'>): string {
  return `${resource.name}/${name}`;
}
