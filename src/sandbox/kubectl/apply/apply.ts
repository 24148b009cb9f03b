import type { ApiObject } from '../../cluster/object.ts';
import { complain, print, type Steps } from '../../effects.ts';
import { type DryRun, readDryRun } from '../changing/dry-run.ts';
import { type OutcomePrinter, outcomePrinter } from '../changing/outcome.ts';
import { type Taken, takeSubjects } from '../changing/subjects.ts';
import { usageFailure } from '../changing/usage.ts';
import { readValidation } from '../changing/write-query.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, rethrowUnlessOwn, throwAll } from '../failures.ts';
import type { Options } from '../options.ts';
import type { Printable } from '../printing/output-format.ts';
import type { Subject } from '../selecting/selection.ts';
import type { Applied, ApplyManner } from './applied.ts';
import { applyByClient } from './client-side.ts';
import { applyByServer } from './server-side.ts';

/** `kubectl apply -f FILENAME` (k8s.io/kubectl/pkg/cmd/apply). */
export function* runApply(context: KubectlContext): Steps<number> {
  const { options } = context;
  if (options.args.length > 0) throw usageFailure(options, `Unexpected args: [${options.args.join(' ')}]`);
  const dryRun = yield* readDryRun(options);
  if (!options.has('--filename') && !options.has('--kustomize')) {
    throw new CommandFailure('must specify one of -f and -k');
  }
  const validation = readValidation(options);
  demandFitting(options, dryRun);
  const printer = yield* outcomePrinter(options, '', dryRun);
  const byServer = options.on('--server-side');
  const manager = options.text('--field-manager') ?? (byServer ? 'kubectl' : 'kubectl-client-side-apply');
  const manner: ApplyManner = { dryRun, validation, manager };
  const taken = yield* takeSubjects(context);
  if (taken.subjects.length + taken.failures.length === 0) {
    throw new CommandFailure('no objects passed to apply');
  }
  const applied = yield* applyAll(taken, printer, showsWhole(options), (subject) =>
    byServer ? applyByServer(subject, options, manner) : applyByClient(subject, options, manner),
  );
  throwAll(taken.failures);
  if (showsWhole(options)) yield* print(printer.text(listed(applied) as ApiObject));
  return 0;
}

function demandFitting(options: Options, dryRun: DryRun): void {
  const byServer = options.on('--server-side');
  const forced = options.on('--force');
  if (options.on('--force-conflicts') && !byServer) {
    throw new CommandFailure('--force-conflicts only works with --server-side');
  }
  if (dryRun === 'client' && byServer) {
    throw new CommandFailure(
      "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
    );
  }
  if (byServer && forced) throw new CommandFailure('--force cannot be used with --server-side');
  if (dryRun === 'server' && forced) throw new CommandFailure('--dry-run=server cannot be used with --force');
  if (options.on('--all') && options.text('--selector')) {
    throw new CommandFailure('cannot set --all and --selector at the same time');
  }
  if (options.on('--prune')) {
    throw new CommandFailure(
      'apply --prune is not simulated here. Delete what the manifests no longer hold with kubectl delete',
    );
  }
  if (options.text('--subresource') && !byServer) {
    throw new CommandFailure('--subresource can only be specified for --server-side');
  }
}

/** With `-o yaml` and the like, everything is printed at the end, and only when nothing failed. */
function showsWhole(options: Options): boolean {
  const output = options.text('--output', '');
  return output !== '' && output !== 'name';
}

function* applyAll(
  { subjects, failures }: Taken,
  printer: OutcomePrinter,
  isQuiet: boolean,
  apply: (subject: Subject) => Steps<Applied>,
): Steps<readonly ApiObject[]> {
  const objects: ApiObject[] = [];
  for (const subject of subjects) {
    try {
      const { object, operation } = yield* apply(subject);
      objects.push(object);
      if (operation !== 'created') yield* warnIfDeleting(object);
      if (!isQuiet) yield* print(printer.text(object, operation));
    } catch (failure) {
      rethrowUnlessOwn(failure);
      failures.push(failure);
    }
  }
  return objects;
}

function* warnIfDeleting({ metadata }: ApiObject): Steps<void> {
  if (metadata.deletionTimestamp === undefined) return;
  yield* complain(
    `Warning: Detected changes to resource ${metadata.name} which is currently being deleted.\n`,
  );
}

function listed(objects: readonly ApiObject[]): Printable {
  const [only] = objects;
  if (only && objects.length === 1) return only;
  return { apiVersion: 'v1', kind: 'List', metadata: {}, items: objects };
}
