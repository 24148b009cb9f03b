import type { ApiObject } from '../../cluster/object.ts';
import { print, type Steps } from '../../effects.ts';
import { readDryRun } from '../changing/dry-run.ts';
import { savedConfiguration } from '../changing/last-applied.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { typed } from '../changing/typed.ts';
import { fieldManager, readValidation, writeQuery } from '../changing/write-query.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import { create, pathOf } from '../server/client.ts';
import { resourceOfKind } from '../server/discovery.ts';

/** An object that a generator puts together. */
export interface GeneratedObject extends ApiObject {
  readonly [field: string]: unknown;
}

/**
 * Makes an object that the line describes, as every generator of `kubectl create` does it
 * (k8s.io/kubectl/pkg/cmd/create).
 *
 * @param what as messages call it: `failed to create deployment: …`; left out, the server's message stands alone
 * @throws CommandFailure when the server refuses
 */
export function* createGenerated(
  context: KubectlContext,
  object: GeneratedObject,
  what?: string,
): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  const printer = yield* outcomePrinter(options, 'created', dryRun, true);
  const validation = readValidation(options);
  const placed = yield* placedObject(context, object);
  const saved = savedConfiguration(placed, options.on('--save-config'), true);
  const manner = { dryRun, validation, manager: fieldManager(options, 'kubectl-create') };
  const made = dryRun === 'client' ? typed(saved) : yield* sent(context, saved, writeQuery(manner), what);
  yield* print(printer.text(made));
  return 0;
}

/** A namespace that was given stands in the object itself. */
function* placedObject(context: KubectlContext, object: ApiObject): Steps<ApiObject> {
  const { namespace, isNamespaceGiven } = yield* context.target();
  if (!isNamespaceGiven || clusterWide.includes(object.kind)) return object;
  const { name, ...metadata } = object.metadata;
  return { ...object, metadata: { ...(name === undefined ? {} : { name }), namespace, ...metadata } };
}

const clusterWide = ['ClusterRole', 'ClusterRoleBinding', 'Namespace', 'PriorityClass'];

function* sent(
  context: KubectlContext,
  object: ApiObject,
  query: Record<string, string>,
  what: string | undefined,
): Steps<ApiObject> {
  const resource = resourceOfKind(object.apiVersion, object.kind, yield* context.known());
  if (!resource) throw new CommandFailure(`no matches for kind ${JSON.stringify(object.kind)}`);
  const { namespace } = yield* context.target();
  try {
    return yield* create(pathOf(resource, namespace), object, query);
  } catch (failure) {
    if (what === undefined || !(failure instanceof ServerFailure)) throw failure;
    throw new CommandFailure(`failed to create ${what} ${failure.message}`);
  }
}
