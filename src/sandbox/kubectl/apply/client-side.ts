import type { ApiObject } from '../../cluster/object.ts';
import { complain, now, pause, type Steps } from '../../effects.ts';
import { goJson } from '../../go/go-json.ts';
import { throwUnless } from '../../thrown.ts';
import {
  configurationOf,
  lastAppliedAnnotation,
  rememberedBy,
  rememberedConfiguration,
  remembering,
} from '../changing/last-applied.ts';
import { patchedLocally } from '../changing/patching.ts';
import { withSource } from '../changing/source.ts';
import { currentOf, isThere, objectName, shownWhole } from '../changing/subjects.ts';
import { writeQuery } from '../changing/write-query.ts';
import { withoutVersion } from '../create/from-files.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import type { Subject } from '../selecting/selection.ts';
import { create, patch, pathOf, remove } from '../server/client.ts';
import type { Applied, ApplyManner } from './applied.ts';
import { threeWayPatch } from './three-way.ts';

/**
 * Applies an object as kubectl does by itself: by what was applied last, which the object remembers.
 *
 * @throws ServerFailure, CommandFailure with the file it stands in
 */
export function* applyByClient(subject: Subject, options: Options, manner: ApplyManner): Steps<Applied> {
  demandName(subject);
  const modified = remembering(subject.object, configurationOf(subject.object));
  const current = yield* currentIfAny(subject);
  if (!current) return yield* created({ ...subject, object: withoutNulls(modified) }, manner);
  if (rememberedBy(current) === undefined) {
    yield* complain(
      `Warning: resource ${objectName(subject)} is missing the ${lastAppliedAnnotation} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    );
  }
  return yield* changed({ ...subject, object: modified }, current, options, manner);
}

/** A name made by the server cannot be found again. @throws CommandFailure */
export function demandName({ object, name }: Subject): void {
  const { generateName = '' } = object.metadata;
  if (name === '' && generateName !== '') {
    throw new CommandFailure(`from ${generateName}: cannot use generate name with apply`);
  }
}

function* currentIfAny(subject: Subject): Steps<ApiObject | undefined> {
  try {
    return yield* currentOf(subject);
  } catch (failure) {
    if (failure instanceof ServerFailure && failure.reason === 'NotFound') return undefined;
    const verb = `retrieving current configuration of:\n${shownWhole(subject)}\nfrom server for:`;
    throw withSource(failure, verb, subject.source);
  }
}

function* created({ resource, namespace, object, source }: Subject, manner: ApplyManner): Steps<Applied> {
  if (manner.dryRun === 'client') return { object, operation: 'created' };
  try {
    const made = yield* create(pathOf(resource, namespace), object, writeQuery(manner));
    return { object: made, operation: 'created' };
  } catch (failure) {
    throw withSource(failure, 'creating', source);
  }
}

/** Fields that are null are not there. */
function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null)
      .map(([name, each]) => [name, withoutNulls(each)]),
  ) as T;
}

/** So often a patch is tried again when somebody else was faster. */
const mostTries = 6;

function* changed(subject: Subject, found: ApiObject, options: Options, manner: ApplyManner): Steps<Applied> {
  const { resource, namespace, name, source } = subject;
  let current = found;
  let sent = '';
  try {
    for (let count = 1; ; count++) {
      const { type, patch: body } = threeWayPatch(rememberedConfiguration(current), subject.object, current);
      sent = goJson(body);
      if (Object.keys(body).length === 0) return { object: current, operation: 'unchanged' };
      if (manner.dryRun === 'client') {
        return { object: patchedLocally(current, type, body), operation: 'configured' };
      }
      try {
        const path = pathOf(resource, namespace, name);
        return { object: yield* patch(path, type, body, writeQuery(manner)), operation: 'configured' };
      } catch (failure) {
        throwUnless(failure, ServerFailure);
        if (failure.reason === 'Conflict' && count < mostTries) {
          if (count > 1) yield* pause(1000);
          current = yield* currentOf(subject);
        } else if (options.on('--force') && ['Conflict', 'Invalid'].includes(failure.reason)) {
          sent = `${goJson(subject.object)}\n`;
          return {
            object: yield* replacedByForce(subject, current, options, manner),
            operation: 'configured',
          };
        } else throw withSource(failure, 'patching', source);
      }
    }
  } catch (failure) {
    throw withSource(failure, `applying patch:\n${sent}\nto:\n${shownWhole(subject)}\nfor:`, source);
  }
}

const week = 7 * 24 * 3_600_000;

function* replacedByForce(
  subject: Subject,
  current: ApiObject,
  options: Options,
  manner: ApplyManner,
): Steps<ApiObject> {
  const { resource, namespace, name, object } = subject;
  const grace = options.number('--grace-period', -1);
  yield* remove(pathOf(resource, namespace, name), {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: 'Background',
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
  });
  const deadline = (yield* now()) + (options.duration('--timeout') || week);
  while (yield* isThere(subject)) {
    if ((yield* now()) >= deadline) throw new CommandFailure('context deadline exceeded');
    yield* pause(1000);
  }
  try {
    return yield* create(pathOf(resource, namespace), withoutVersion(object), writeQuery(manner));
  } catch (failure) {
    const why = (failure as Error).message;
    try {
      yield* create(pathOf(resource, namespace), withoutVersion(current), writeQuery(manner));
    } catch (other) {
      throw new CommandFailure(
        `An error occurred force-replacing the existing object with the newly provided one:\n\n${why}.\n\nAdditionally, an error occurred attempting to restore the original object:\n\n${(other as Error).message}`,
      );
    }
    throw failure;
  }
}
