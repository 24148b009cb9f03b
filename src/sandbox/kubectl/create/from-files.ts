import type { ApiObject } from '../../cluster/object.ts';
import { print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { readDryRun } from '../changing/dry-run.ts';
import { fileRequirements, fitsRequirements } from '../changing/label-selector.ts';
import { savedConfiguration } from '../changing/last-applied.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { withSource } from '../changing/source.ts';
import { usageFailure } from '../changing/usage.ts';
import { fieldManager, readValidation, writeQuery } from '../changing/write-query.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure, throwAll } from '../failures.ts';
import { readSubjects } from '../manifests/manifests.ts';
import type { Subject } from '../selecting/selection.ts';
import { create, pathOf } from '../server/client.ts';

/** `kubectl create -f FILENAME` (k8s.io/kubectl/pkg/cmd/create/create.go). */
export function* runCreate(context: KubectlContext): Steps<number> {
  const { options } = context;
  if (options.args.length > 0) throw usageFailure(options, `Unexpected args: [${options.args.join(' ')}]`);
  if (!options.has('--filename') && !options.has('--kustomize')) {
    throw new CommandFailure('must specify one of -f and -k');
  }
  const dryRun = yield* readDryRun(options);
  const validation = readValidation(options);
  const printer = yield* outcomePrinter(options, 'created', dryRun);
  if (options.has('--raw')) throw new CommandFailure('create --raw is not simulated here. Leave --raw out');
  const query = writeQuery({ dryRun, validation, manager: fieldManager(options, 'kubectl-create') });
  const unread: Error[] = [];
  const failures: Error[] = [];
  const subjects = yield* readSubjects(context, (failure) => unread.push(failure));
  const requirements = fileRequirements(options.text('--selector', ''));
  let count = 0;
  for (const subject of subjects) {
    if (!fitsRequirements(requirements, subject.object.metadata.labels)) continue;
    const saved = savedConfiguration(subject.object, options.on('--save-config'));
    try {
      const made = dryRun === 'client' ? saved : yield* createSubject({ ...subject, object: saved }, query);
      count += 1;
      yield* print(printer.text(made));
    } catch (failure) {
      throwUnless(failure, ServerFailure);
      failures.push(failure);
    }
  }
  throwAll([...failures, ...unread]);
  if (count === 0) throw new CommandFailure('no objects passed to create');
  return 0;
}

/**
 * Has the server make an object that stands in a manifest.
 *
 * @throws ServerFailure that names the file
 */
export function* createSubject(
  { resource, namespace, object, source }: Subject,
  query: Record<string, string>,
): Steps<ApiObject> {
  try {
    return yield* create(pathOf(resource, namespace), withoutVersion(object), query);
  } catch (failure) {
    throw withSource(failure, 'creating', source);
  }
}

/** An object as it is sent to be made: a version that it has is of another one. */
export function withoutVersion(object: ApiObject): ApiObject {
  if (object.metadata.resourceVersion === undefined) return object;
  const { resourceVersion: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
