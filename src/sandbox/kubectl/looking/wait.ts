import type { ApiObject } from '../../cluster/object.ts';
import { now, pause, print, type Steps } from '../../effects.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, rethrowUnlessOwn, ServerFailure, throwAll } from '../failures.ts';
import { readSubjects } from '../manifests/manifests.ts';
import {
  fetchSubjects,
  type Named,
  type ObjectList,
  readNames,
  refuseNamesBesideFiles,
  type Subject,
} from '../selecting/selection.ts';
import { get, open, pathOf } from '../server/client.ts';
import { readWaitConditions, type WaitCondition } from './wait-conditions.ts';

const defaultTimeout = 30_000;
const week = 7 * 24 * 3_600_000;

/** `kubectl wait` (k8s.io/kubectl/pkg/cmd/wait). */
export function* runWait(context: KubectlContext): Steps<number> {
  const { options } = context;
  const printer = yield* outcomePrinter(options, 'condition met');
  const conditions = readWaitConditions(options.all('--for'));
  const given = options.duration('--timeout') ?? defaultTimeout;
  const timeout = given < 0 ? week : given;
  const waiting: Waiting = { timeout, end: (yield* now()) + timeout };
  if (conditions.some(({ kind }) => kind === 'create')) yield* awaitCreation(context, waiting);
  const isForDelete = conditions.some(({ kind }) => kind === 'delete');
  const failures: Error[] = [];
  let count = 0;
  for (const { named, place, query } of yield* lookupsOf(context)) {
    // What comes later on the line is looked for when it is its turn.
    const subjects = yield* fetchSubjects(named, place, query, (failure) => {
      if (!(isForDelete && failure.reason === 'NotFound')) failures.push(failure);
    });
    count += subjects.length;
    for (const subject of subjects) {
      try {
        for (const condition of conditions) {
          yield* print(printer.text(yield* awaitCondition(subject, condition, waiting)));
        }
      } catch (failure) {
        rethrowUnlessOwn(failure);
        failures.push(failure);
      }
    }
  }
  throwAll(failures);
  if (count === 0 && !isForDelete) throw new CommandFailure('no matching resources found');
  return 0;
}

/** How long is waited, and until when. */
interface Waiting {
  readonly timeout: number;
  readonly end: number;
}

/** What the server is asked for, one thing after another. */
interface Lookup {
  readonly named: Named;
  readonly place: Parameters<typeof fetchSubjects>[1];
  readonly query: Readonly<Record<string, string>>;
}

function* lookupsOf(context: KubectlContext): Steps<readonly Lookup[]> {
  const { options } = context;
  const target = yield* context.target();
  refuseNamesBesideFiles(options);
  if (options.has('--filename') || options.has('--kustomize')) {
    return (yield* readSubjects(context)).map((subject) => ({
      named: { kind: 'objects', objects: [subject], isSingle: true },
      place: { ...target, namespace: subject.namespace ?? '' },
      query: {},
    }));
  }
  const labels = options.text('--selector');
  const fields = options.text('--field-selector');
  const named = readNames(options.args, yield* context.known(), {
    base: 'kubectl',
    hasSelector: Boolean(labels) || Boolean(fields),
    allowsAll: options.on('--all'),
  });
  const query = {
    ...(labels ? { labelSelector: labels } : {}),
    ...(fields ? { fieldSelector: fields } : {}),
  };
  const place = { ...target, isEveryNamespace: options.on('--all-namespaces') };
  if (named.kind === 'collections') return [{ named, place, query }];
  return named.objects.map((object) => ({ named: { ...named, objects: [object] }, place, query }));
}

/** What is to be created is looked for twice a second. */
function* awaitCreation(context: KubectlContext, { end }: Waiting): Steps<void> {
  for (;;) {
    let isThere = true;
    let count = 0;
    for (const { named, place, query } of yield* lookupsOf(context)) {
      const found = yield* fetchSubjects(named, place, query, (failure) => {
        if (failure.reason !== 'NotFound') throw failure;
        isThere = false;
      });
      count += found.length;
    }
    if (isThere && count > 0) return;
    const left = end - (yield* now());
    if (left <= 0) throw new CommandFailure('timed out waiting for the condition');
    yield* pause(Math.min(500, left));
  }
}

/** Waits for one thing of one object. @returns the object as it is then */
function* awaitCondition(subject: Subject, condition: WaitCondition, waiting: Waiting): Steps<ApiObject> {
  if (condition.kind === 'create') return subject.object;
  const isForDelete = condition.kind === 'delete';
  const { resource, namespace, name } = subject;
  if (isForDelete || waiting.timeout === 0) {
    const object = yield* getIfThere(pathOf(resource, namespace, name), isForDelete);
    if (object === undefined) return subject.object;
    if (waiting.timeout === 0) {
      if (condition.kind === 'state' && condition.isMet(object)) return object;
      throw new CommandFailure(`condition not met for ${resource.name}/${name}`);
    }
  }
  return yield* watchFor(subject, condition, waiting);
}

function* getIfThere(path: string, mayBeGone: boolean): Steps<ApiObject | undefined> {
  try {
    return yield* get(path);
  } catch (failure) {
    if (mayBeGone && failure instanceof ServerFailure && failure.reason === 'NotFound') return undefined;
    throw failure;
  }
}

function* watchFor(
  { resource, namespace, name, object: known }: Subject,
  condition: Exclude<WaitCondition, { kind: 'create' }>,
  { end }: Waiting,
): Steps<ApiObject> {
  const path = pathOf(resource, namespace);
  const query = { fieldSelector: `metadata.name=${name}` };
  const timedOut = new CommandFailure(`timed out waiting for the condition on ${resource.name}/${name}`);
  if ((yield* now()) >= end) throw timedOut;
  const list = yield* get<ObjectList>(path, query);
  const [present] = list.items;
  if (!present && condition.kind === 'delete') return known;
  // Asking for the object says in the server's own words that it is not there.
  if (!present) yield* get(pathOf(resource, namespace, name));
  const typed = present && { ...present, apiVersion: known.apiVersion, kind: known.kind };
  if (typed && condition.kind === 'state' && condition.isMet(typed)) return typed;
  const { resourceVersion = '0' } = list.metadata;
  const stream = yield* open('watch', {
    method: 'GET',
    path,
    query: { ...query, watch: 'true', resourceVersion },
  });
  try {
    for (;;) {
      for (const { type, object } of stream.next()) {
        if (type === 'DELETED' && condition.kind === 'delete') return object as ApiObject;
        else if (type === 'ADDED' || type === 'MODIFIED') {
          if (condition.kind === 'state' && condition.isMet(object as ApiObject)) return object as ApiObject;
        }
      }
      const left = end - (yield* now());
      if (left <= 0) throw timedOut;
      yield* pause(left);
    }
  } finally {
    stream.close();
  }
}
