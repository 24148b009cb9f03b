import type { ApiObject } from '../../cluster/object.ts';
import { now, pause, print, type Steps } from '../../effects.ts';
import { goJson } from '../../go/go-json.ts';
import { throwUnless } from '../../thrown.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import type { ObjectPrinter } from '../printing/output-format.ts';
import type { ServerTable } from '../printing/server-table.ts';
import { failedList, listQuery, type Named, namespaceFor } from '../selecting/selection.ts';
import { asTable, get, inNamespace, open, pathOf } from '../server/client.ts';
import { versionOf } from '../server/served-object.ts';
import { tablePrinter } from './get-tables.ts';

/** Longer than anything that is waited for. */
const hour = 3_600_000;

/** What a list, or a table of it, holds. */
type Listed = ServerTable & {
  readonly items: readonly ApiObject[];
  readonly metadata: { readonly resourceVersion?: string };
};

/** Prints what is named, and each change of it, until the watch ends. */
export function* watch(
  context: KubectlContext,
  named: Named,
  printer: ObjectPrinter | undefined,
): Steps<number> {
  const { options } = context;
  const resources =
    named.kind === 'objects' ? named.objects.map(({ resource }) => resource) : named.resources;
  const [resource] = resources;
  if (!resource || new Set(resources).size > 1)
    throw new CommandFailure('you may only specify a single resource type');
  const target = yield* context.target();
  const namespace = options.on('--all-namespaces') ? undefined : namespaceFor(resource, target);
  const name = named.kind === 'objects' ? named.objects[0]?.name : undefined;
  const collection = pathOf(resource, namespace);
  const query = {
    ...listQuery(options),
    ...(name === undefined ? {} : { fieldSelector: `metadata.name=${name}` }),
  };
  const headers = printer ? {} : asTable;
  const isJson = options.text('--output') === 'json';
  const withEvents = options.on('--output-watch-events');
  const rows = tablePrinter(options, resource, false);
  const draw = (object: unknown, type: string): string => {
    if (printer && withEvents && isJson)
      return `{"type":${JSON.stringify(type)},"object":${goJson(object)}}\n`;
    const isWrapped = withEvents && options.text('--output') === 'yaml';
    if (printer) return printer.print((isWrapped ? { type, object } : object) as ApiObject);
    return rows.text([object as ServerTable], withEvents ? type : undefined);
  };

  if (named.kind === 'objects' && !named.isSingle) {
    const objects: unknown[] = [];
    for (const { name: each } of named.objects) {
      objects.push(yield* get(pathOf(resource, namespace, each), {}, headers));
    }
    if (printer) for (const object of objects) yield* print(draw(object, 'ADDED'));
    else yield* print(rows.text(objects as readonly ServerTable[], withEvents ? 'ADDED' : undefined));
    throw new CommandFailure('you may only watch a single resource or type of resource at a time');
  }
  // A name that is not there is an error at once.
  if (name !== undefined) {
    const asking = inNamespace(namespace, get(pathOf(resource, namespace, name)));
    if (!(yield* isThere(asking, context))) return 0;
  }
  let first: Listed;
  try {
    first = yield* get<Listed>(collection, query, headers);
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    throw failedList(failure, resource, query);
  }
  if (!options.on('--watch-only')) {
    for (const object of printer ? typedItems(first) : [first]) yield* print(draw(object, 'ADDED'));
  }
  const stream = yield* open('watch', {
    method: 'GET',
    path: collection,
    query: { ...query, watch: 'true', resourceVersion: versionOf(first.metadata) },
    headers,
  });
  const timeout = options.duration('--request-timeout') || Number.POSITIVE_INFINITY;
  const end = (yield* now()) + timeout;
  try {
    for (;;) {
      for (const { type, object } of stream.next()) {
        if (type === 'ERROR') throw new ServerFailure(object as never);
        if (type !== 'BOOKMARK') yield* print(draw(object, type));
      }
      const left = end - (yield* now());
      if (stream.ended || left <= 0) return 0;
      yield* pause(Math.min(left, hour));
    }
  } finally {
    stream.close();
  }
}

/** Items of a list do not say what they are. */
function typedItems({ items, ...list }: Listed): readonly ApiObject[] {
  const { apiVersion, kind } = list as unknown as ApiObject;
  return items.map((item) => (item.kind ? item : { ...item, apiVersion, kind: kind.replace(/List$/, '') }));
}

function* isThere(asking: Steps<unknown>, { options }: KubectlContext): Steps<boolean> {
  try {
    yield* asking;
    return true;
  } catch (failure) {
    const isMissing = failure instanceof ServerFailure && failure.reason === 'NotFound';
    if (isMissing && options.on('--ignore-not-found')) return false;
    throw failure;
  }
}
