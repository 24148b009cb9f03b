import { humanDuration } from '../../../kubernetes/duration.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { complain, now, print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure, throwAll } from '../failures.ts';
import type { Options } from '../options.ts';
import { TemplateError } from '../printing/jsonpath-parse.ts';
import { type ServerTable, TablePrinter } from '../printing/server-table.ts';
import { sortedBy } from '../printing/sorting.ts';
import { failedList, listQuery, type Named, namespaceFor, type ObjectList } from '../selecting/selection.ts';
import { asTable, get, inNamespace, pathOf } from '../server/client.ts';
import type { DiscoveredResource } from '../server/discovered-resource.ts';
import { printedType } from '../server/discovery.ts';

/** A table of the server, and what it is of. */
interface Drawn {
  readonly resource: DiscoveredResource;
  readonly table: ServerTable;
}

/** Prints what is named as tables, one a kind. */
export function* printTables(context: KubectlContext, named: Named): Steps<number> {
  const { options } = context;
  const failures: Error[] = [];
  const drawn = yield* fetchTables(context, named, failures);
  const kinds = new Set(drawn.map(({ resource }) => resource));
  if (options.text('--sort-by') && drawn.length > 1) refuseSorting(options.text('--sort-by', ''));
  let last: DiscoveredResource | undefined;
  let printer: TablePrinter | undefined;
  let waiting: ServerTable[] = [];
  let written = '';
  const flush = (): void => {
    const text = printer?.text(waiting) ?? '';
    waiting = [];
    if (text === '') return;
    written += (written !== '' && !options.on('--no-headers') ? '\n' : '') + text;
  };
  for (const { resource, table } of drawn) {
    if (resource !== last) {
      flush();
      printer = tablePrinter(options, resource, kinds.size > 1);
      last = resource;
    }
    const sorted = sortedTable(options, table);
    if (sorted) waiting.push(sorted);
  }
  flush();
  yield* print(written);
  if (written === '' && !options.on('--ignore-not-found') && failures.length === 0) {
    const isOneNamespace =
      !options.on('--all-namespaces') && drawn.every(({ resource }) => resource.namespaced);
    const { namespace } = yield* context.target();
    yield* complain(
      isOneNamespace ? `No resources found in ${namespace} namespace.\n` : 'No resources found\n',
    );
  }
  throwAll(failures);
  return 0;
}

function* fetchTables(context: KubectlContext, named: Named, failures: Error[]): Steps<readonly Drawn[]> {
  const { options } = context;
  const target = yield* context.target();
  const isEverywhere = options.on('--all-namespaces');
  const part = options.text('--subresource');
  const wanted =
    named.kind === 'objects'
      ? named.objects.map(({ resource, name }) => ({
          resource,
          namespace: namespaceFor(resource, target),
          path: pathOf(resource, namespaceFor(resource, target), name, part || undefined),
          query: {},
        }))
      : named.resources.map((resource) => ({
          resource,
          namespace: undefined,
          path: pathOf(resource, isEverywhere ? undefined : namespaceFor(resource, target)),
          query: listQuery(options),
        }));
  const drawn: Drawn[] = [];
  for (const { resource, namespace, path, query } of wanted) {
    try {
      const table = yield* inNamespace(namespace, fetchTable(options, path, query));
      drawn.push({ resource, table });
    } catch (failure) {
      throwUnless(failure, ServerFailure);
      const told = named.kind === 'objects' ? failure : failedList(failure, resource, query);
      if (!(options.on('--ignore-not-found') && failure.reason === 'NotFound')) failures.push(told);
    }
  }
  return drawn;
}

function* fetchTable(
  options: Options,
  path: string,
  query: Readonly<Record<string, string>>,
): Steps<ServerTable> {
  if (!options.on('--server-print', true)) return drawnHere(yield* get(path, query), yield* now());
  const asked = options.text('--sort-by') ? { ...query, includeObject: 'Object' } : query;
  return yield* get<ServerTable>(path, asked, asTable);
}

/** A table of what kubectl knows by itself: names and ages. */
function drawnHere(answer: ApiObject & Partial<ObjectList>, time: number): ServerTable {
  const objects = answer.items ?? [answer];
  return {
    kind: 'Table',
    columnDefinitions: [
      { name: 'Name', type: 'string', format: 'name', priority: 0 },
      { name: 'Age', type: 'string', priority: 0 },
    ],
    rows: objects.map((object) => {
      const { name, creationTimestamp } = object.metadata;
      const age = creationTimestamp === undefined ? '<unknown>' : timeSince(creationTimestamp, time);
      return { cells: [name ?? '', age], object };
    }),
  };
}

function timeSince(creation: string, time: number): string {
  return humanDuration(time - Date.parse(creation));
}

/** How the tables of a resource are printed. */
export function tablePrinter(
  options: Options,
  resource: DiscoveredResource,
  isOneOfSeveral: boolean,
): TablePrinter {
  const withKind = isOneOfSeveral || options.on('--show-kind');
  return new TablePrinter({
    wide: options.text('--output') === 'wide',
    noHeaders: options.on('--no-headers'),
    withNamespace: options.on('--all-namespaces') && resource.namespaced,
    ...(withKind ? { kind: printedType(resource) } : {}),
    labelColumns: options.list('--label-columns'),
    showLabels: options.on('--show-labels'),
  });
}

/** Several tables are sorted as if they were objects, and have no field that objects have. */
function refuseSorting(path: string): never {
  const field = path.replace(/^\{?\.?/, '{.').replace(/\}?$/, '}');
  throw new CommandFailure(`couldn't find any field with path "${field}" in the list of objects`);
}

/** A table whose rows cannot be sorted is not printed, and nothing is said of it. */
function sortedTable(options: Options, table: ServerTable): ServerTable | undefined {
  const path = options.text('--sort-by');
  const { rows } = table;
  if (!path || !rows || rows.length < 2) return table;
  try {
    return { ...table, rows: sortedBy(rows, path, ({ object }) => object) };
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}
