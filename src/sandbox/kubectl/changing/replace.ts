import type { ApiObject } from '../../cluster/object.ts';
import { now, pause, print, type Steps } from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { createSubject } from '../create/from-files.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import type { Subject } from '../selecting/selection.ts';
import { pathOf, remove, replace } from '../server/client.ts';
import { type Propagation, readCascade } from './cascade.ts';
import { readDryRun } from './dry-run.ts';
import { savedConfiguration } from './last-applied.ts';
import { type OutcomePrinter, outcomePrinter } from './outcome.ts';
import { withSource } from './source.ts';
import { currentOf, forEachSubject, isThere, type Taken, takeSubjects } from './subjects.ts';
import { fieldManager, readValidation, writeQuery } from './write-query.ts';

/** `kubectl replace -f FILENAME [--force]` (k8s.io/kubectl/pkg/cmd/replace). */
export function* runReplace(context: KubectlContext): Steps<number> {
  const { options } = context;
  const validation = readValidation(options);
  const dryRun = yield* readDryRun(options);
  const printer = yield* outcomePrinter(options, 'replaced', dryRun);
  if (!options.has('--filename') && !options.has('--kustomize')) {
    throw new CommandFailure('must specify one of -f and -k');
  }
  const propagation = yield* readCascade(options);
  demandFitting(options, dryRun !== 'none');
  if (options.has('--raw')) throw new CommandFailure('replace --raw is not simulated here. Leave --raw out');
  const query = writeQuery({ dryRun, validation, manager: fieldManager(options, 'kubectl-replace') });
  // Words beside the files are not looked at.
  const taken = yield* takeSubjects(context, { words: [] });
  if (options.on('--force')) return yield* forced(context, taken, { printer, query, propagation });
  const part = options.text('--subresource') || undefined;
  yield* forEachSubject(taken, function* (subject) {
    const { resource, namespace, name, source } = subject;
    const saved = savedConfiguration(subject.object, options.on('--save-config'));
    if (dryRun === 'client') {
      yield* print(printer.text(saved));
      return;
    }
    try {
      // Without a version the server's own is meant, as long as the object is there.
      const object = saved.metadata.resourceVersion === undefined ? yield* versioned(subject, saved) : saved;
      yield* print(printer.text(yield* replace(pathOf(resource, namespace, name, part), object, query)));
    } catch (failure) {
      throw withSource(failure, 'replacing', source);
    }
  });
  return 0;
}

function* versioned(subject: Subject, object: ApiObject): Steps<ApiObject> {
  try {
    const { metadata } = yield* currentOf(subject);
    const { resourceVersion } = metadata;
    return resourceVersion === undefined
      ? object
      : { ...object, metadata: { ...object.metadata, resourceVersion } };
  } catch (failure) {
    // The replacement itself then says what is wrong.
    if (failure instanceof ServerFailure) return object;
    throw failure;
  }
}

function demandFitting(options: Options, isDryRun: boolean): void {
  const grace = graceOf(options);
  if (grace >= 0 && !options.on('--force')) {
    throw new CommandFailure('--grace-period must have --force specified');
  }
  if (options.duration('--timeout', 0) !== 0 && !options.on('--force')) {
    throw new CommandFailure('--timeout must have --force specified');
  }
  if (options.on('--force') && isDryRun) {
    throw new CommandFailure('--dry-run can not be used when --force is set');
  }
}

function graceOf(options: Options): number {
  const given = options.number('--grace-period', -1);
  return given === 0 ? 1 : given;
}

const fiveMinutes = 300_000;

interface ReplaceManner {
  readonly printer: OutcomePrinter;
  readonly query: Record<string, string>;
  /** What becomes of what the old object owns. */
  readonly propagation: Propagation;
}

function* forced(
  { options }: KubectlContext,
  taken: Taken,
  { printer, query, propagation }: ReplaceManner,
): Steps<number> {
  const grace = graceOf(options);
  const isShort = options.text('--output') === 'name';
  if (taken.subjects.length === 0) yield* print('No resources found\n');
  for (const subject of taken.subjects) yield* deleted(subject, grace, propagation, isShort);
  const deadline = (yield* now()) + (options.duration('--timeout') || fiveMinutes);
  for (const subject of taken.subjects) {
    while (yield* isThere(subject)) {
      const left = deadline - (yield* now());
      if (left <= 0) throw new CommandFailure('context deadline exceeded');
      yield* pause(Math.min(left, 1000));
    }
  }
  const isEmpty = taken.subjects.length + taken.failures.length === 0;
  yield* forEachSubject(taken, function* (subject) {
    const object = savedConfiguration(subject.object, options.on('--save-config'));
    const { source: _, ...unnamed } = subject;
    yield* print(printer.text(yield* createSubject({ ...unnamed, object }, query)));
  });
  if (isEmpty) throw new CommandFailure('no objects passed to replace');
  return 0;
}

function* deleted(
  { resource, namespace, name, source }: Subject,
  grace: number,
  propagation: Propagation,
  isShort: boolean,
): Steps<void> {
  const options = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: propagation,
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
  };
  try {
    yield* remove(pathOf(resource, namespace, name), options);
  } catch (failure) {
    if (failure instanceof ServerFailure && failure.reason === 'NotFound') return;
    throw withSource(failure, 'deleting', source);
  }
  const { group, kind } = resource;
  const named = group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
  const where = namespace === undefined ? '' : ` from ${namespace} namespace`;
  yield* print(isShort ? `${named}/${name}\n` : `${named} "${name}" deleted${where}\n`);
}
