import type { ApiObject } from '../../cluster/object.ts';
import { complain, now, print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { KubectlContext } from '../context.ts';
import { BareFailure, CommandFailure, ServerFailure, throwAll, UsageFailure } from '../failures.ts';
import { logLine } from '../log-line.ts';
import { readSubjects } from '../manifests/manifests.ts';
import type { Options } from '../options.ts';
import { TemplateError } from '../printing/jsonpath-parse.ts';
import { type ObjectPrinter, objectPrinter } from '../printing/output-format.ts';
import { sortedBy, Unsortable } from '../printing/sorting.ts';
import {
  fetchSubjects,
  listQuery,
  type Named,
  namespaceFor,
  readNames,
  refuseNamesBesideFiles,
} from '../selecting/selection.ts';
import { get, getText, pathOf } from '../server/client.ts';
import { printTables } from './get-tables.ts';
import { watch } from './get-watch.ts';

/** `kubectl get` (k8s.io/kubectl/pkg/cmd/get). */
export function* runGet(context: KubectlContext): Steps<number> {
  const { options } = context;
  const raw = options.text('--raw');
  if (raw) {
    demandRawAlone(raw, options);
    yield* context.target();
    const [path = '', query = ''] = raw.split(/\?(.*)/s);
    yield* print(yield* getText(path, Object.fromEntries(new URLSearchParams(query))));
    return 0;
  }
  const isWatching = options.on('--watch') || options.on('--watch-only');
  if (isWatching) yield* warnOfSorting(options);
  else yield* demandSubject(options);
  demandFittingFlags(options, isWatching);
  const printer = yield* objectPrinter(options);
  const named = yield* readNamed(context);
  if (isWatching) return yield* watch(context, named, printer);
  return printer ? yield* printObjects(context, named, printer) : yield* printTables(context, named);
}

function demandRawAlone(raw: string, options: Options): void {
  if (options.args.length > 0) {
    throw new CommandFailure('arguments may not be passed when --raw is specified');
  }
  if (options.on('--watch') || options.on('--watch-only') || options.text('--selector')) {
    throw new CommandFailure(
      '--raw may not be specified with other flags that filter the server request or alter the output',
    );
  }
  if (options.text('--output')) throw new CommandFailure('--raw and --output are mutually exclusive');
  if (!raw.startsWith('/')) {
    throw new CommandFailure(
      `--raw must be a valid URL path: parse ${JSON.stringify(raw)}: invalid URI for request`,
    );
  }
}

function* demandSubject(options: Options): Steps<void> {
  if (options.args.length > 0 || options.has('--filename') || options.has('--kustomize')) return;
  yield* complain(
    'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
  );
  throw new UsageFailure(
    'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
    'kubectl get',
  );
}

function* warnOfSorting(options: Options): Steps<void> {
  if (!options.text('--sort-by')) return;
  yield* complain(
    options.on('--watch')
      ? 'warning: --watch requested, --sort-by will be ignored for watch events received\n'
      : 'warning: --watch-only requested, --sort-by will be ignored\n',
  );
}

function demandFittingFlags(options: Options, isWatching: boolean): void {
  const output = options.text('--output', '');
  if (options.on('--show-labels') && output !== '' && output !== 'wide') {
    throw new CommandFailure(`--show-labels option cannot be used with ${output} printer`);
  }
  if (options.on('--output-watch-events') && !isWatching) {
    throw new CommandFailure('--output-watch-events option can only be used with --watch or --watch-only');
  }
}

function* readNamed(context: KubectlContext): Steps<Named> {
  const { options } = context;
  refuseNamesBesideFiles(options);
  const named = options.has('--filename') || options.has('--kustomize') ? yield* inFiles(context) : undefined;
  if (named) return named;
  const hasSelector = Boolean(options.text('--selector') || options.text('--field-selector'));
  const found = readNames(options.args, yield* context.known(), {
    base: 'kubectl',
    hasSelector,
    allowsAll: true,
  });
  if (found.kind === 'objects' && options.on('--all-namespaces')) {
    throw new CommandFailure('a resource cannot be retrieved by name across all namespaces');
  }
  if (found.kind === 'collections' && options.text('--subresource')) {
    throw new CommandFailure('subresource cannot be used when bulk resources are specified');
  }
  return found;
}

function* inFiles(context: KubectlContext): Steps<Named> {
  const subjects = yield* readSubjects(context);
  const objects = subjects.map(({ resource, name }) => ({ resource, name }));
  return { kind: 'objects', objects, isSingle: objects.length === 1 };
}

function* printObjects(context: KubectlContext, named: Named, printer: ObjectPrinter): Steps<number> {
  const { options } = context;
  const failures: Error[] = [];
  const objects = yield* fetchObjects(context, named, (failure) => {
    if (!(options.on('--ignore-not-found') && failure.reason === 'NotFound')) failures.push(failure);
  });
  if (named.kind === 'objects' && named.isSingle) {
    const [object] = objects;
    if (object) yield* print(printer.print(object));
    throwAll(failures);
    return 0;
  }
  const items = yield* inOrder(options, objects);
  if (items.length > 0 || !options.on('--ignore-not-found')) {
    yield* print(printer.print({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items }));
  }
  throwAll(failures);
  return 0;
}

function* fetchObjects(
  context: KubectlContext,
  named: Named,
  onFailure: (failure: ServerFailure) => void,
): Steps<readonly ApiObject[]> {
  const { options } = context;
  const target = yield* context.target();
  const part = options.text('--subresource');
  if (part && named.kind === 'objects') {
    const found: ApiObject[] = [];
    for (const { resource, name } of named.objects) {
      try {
        found.push(yield* get(pathOf(resource, namespaceFor(resource, target), name, part)));
      } catch (failure) {
        throwUnless(failure, ServerFailure);
        onFailure(failure);
      }
    }
    return found;
  }
  const everywhere = { ...target, isEveryNamespace: options.on('--all-namespaces') };
  const subjects = yield* fetchSubjects(named, everywhere, listQuery(options), onFailure);
  return subjects.map(({ object }) => object);
}

function* inOrder(options: Options, objects: readonly ApiObject[]): Steps<readonly ApiObject[]> {
  const path = options.text('--sort-by');
  if (!path) return objects;
  try {
    return sortedBy(objects, path, (object) => object);
  } catch (error) {
    if (error instanceof Unsortable) {
      throw new BareFailure(logLine('F', yield* now(), 'sorter.go:329', error.message).trimEnd());
    }
    throwUnless(error, TemplateError);
    throw new CommandFailure(error.message);
  }
}
