import type { Scale } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { now, pause, print, type Steps } from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure, throwAll } from '../failures.ts';
import type { Options } from '../options.ts';
import type { Subject } from '../selecting/selection.ts';
import { get, patch, pathOf, replace } from '../server/client.ts';
import { type DryRun, readDryRun } from './dry-run.ts';
import { outcomePrinter } from './outcome.ts';
import { takeSubjects } from './subjects.ts';
import { demandFlags } from './usage.ts';
import { writeQuery } from './write-query.ts';

/** `kubectl scale --replicas=COUNT` (k8s.io/kubectl/pkg/cmd/scale). */
export function* runScale(context: KubectlContext): Steps<number> {
  const { options } = context;
  demandFlags(options, '--replicas');
  const dryRun = yield* readDryRun(options);
  const printer = yield* outcomePrinter(options, 'scaled', dryRun);
  const replicas = options.number('--replicas', 0);
  demandFitting(options, replicas);
  const { subjects, failures } = yield* takeSubjects(context);
  if (options.text('--resource-version') && subjects.length > 1) {
    throw new CommandFailure('cannot use --resource-version with multiple resources');
  }
  if (subjects.length === 0) {
    throwAll(failures);
    throw new CommandFailure('no objects passed to scale');
  }
  for (const subject of subjects) {
    const size = dryRun === 'client' ? replicas : yield* scaled(subject, replicas, options, dryRun);
    yield* print(printer.text(withReplicas(subject.object, size)));
  }
  throwAll(failures);
  return 0;
}

function demandFitting(options: Options, replicas: number): void {
  if (replicas < 0) {
    throw new CommandFailure(
      'The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
    );
  }
  if (options.number('--current-replicas', -1) < -1) {
    throw new CommandFailure('The --current-replicas must specify an integer of -1 or greater');
  }
}

/** Only what is of the apps group, or the core, is shown with its new size. */
function withReplicas(object: ApiObject, replicas: number): ApiObject {
  const [, group = ''] = object.apiVersion.split('/').reverse();
  if (group !== 'apps' && group !== '') return object;
  const { spec } = object as ApiObject & { spec?: object };
  return { ...object, spec: { ...spec, replicas } } as ApiObject;
}

const fiveMinutes = 300_000;

function* scaled(
  { resource, namespace, name }: Subject,
  replicas: number,
  options: Options,
  dryRun: DryRun,
): Steps<number> {
  const path = pathOf(resource, namespace, name, 'scale');
  const query = writeQuery({ dryRun });
  const deadline = (yield* now()) + fiveMinutes;
  const size = yield* sized(path, replicas, options, query, deadline);
  const timeout = options.duration('--timeout', 0);
  if (timeout > 0 && dryRun === 'none') yield* waitForSize(path, name, replicas, timeout);
  return size;
}

function* sized(
  path: string,
  replicas: number,
  options: Options,
  query: Record<string, string>,
  deadline: number,
): Steps<number> {
  const expected = options.number('--current-replicas', -1);
  const version = options.text('--resource-version', '');
  for (;;) {
    try {
      if (expected === -1 && version === '') {
        return asked(yield* patch<Scale>(path, 'merge', { spec: { replicas } }, query));
      }
      const scale = yield* get<Scale>(path);
      demandState(scale, expected, version);
      const wanted = { ...scale, spec: { ...scale.spec, replicas } };
      return asked(yield* replace<Scale>(path, wanted, query));
    } catch (failure) {
      const isConflict = failure instanceof ServerFailure && failure.reason === 'Conflict';
      if (!isConflict || (yield* now()) >= deadline) throw failure;
      yield* pause(1000);
    }
  }
}

/** How many Pods a scale asks for: none is left out. */
function asked({ spec }: Scale): number {
  return spec?.replicas ?? 0;
}

function demandState(scale: Scale, expected: number, version: string): void {
  const was = asked(scale);
  if (expected !== -1 && was !== expected) {
    throw new CommandFailure(`Expected replicas to be ${expected}, was ${was}`);
  }
  const { resourceVersion = '' } = scale.metadata;
  if (version !== '' && version !== resourceVersion) {
    throw new CommandFailure(`Expected resource version to be ${version}, was ${resourceVersion}`);
  }
}

function* waitForSize(path: string, name: string, replicas: number, timeout: number): Steps<void> {
  const deadline = (yield* now()) + timeout;
  for (;;) {
    const scale = yield* get<Scale>(path);
    if (asked(scale) !== replicas || scale.status?.replicas === replicas) return;
    const left = deadline - (yield* now());
    if (left <= 0) throw new CommandFailure(`timed out waiting for ${JSON.stringify(name)} to be synced`);
    yield* pause(Math.min(left, 1000));
  }
}
