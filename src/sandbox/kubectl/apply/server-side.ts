import type { ManagedFieldsEntry } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { complain, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { isMap } from '../changing/diff-values.ts';
import { lastAppliedAnnotation, rememberedBy } from '../changing/last-applied.ts';
import { writeQuery } from '../changing/write-query.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import type { Subject } from '../selecting/selection.ts';
import { patch, pathOf } from '../server/client.ts';
import type { Applied, ApplyManner } from './applied.ts';
import { demandName } from './client-side.ts';

/**
 * Has the server apply an object: it knows who manages which field, and refuses to change the fields of
 * others.
 *
 * @throws ServerFailure, and CommandFailure that tells what to do about a conflict
 */
export function* applyByServer(subject: Subject, options: Options, manner: ApplyManner): Steps<Applied> {
  demandName(subject);
  const send = (body: unknown, manager = manner.manager): Steps<ApiObject> =>
    patch(
      pathOf(subject.resource, subject.namespace, subject.name, options.text('--subresource') || undefined),
      'apply',
      body,
      { ...writeQuery({ ...manner, manager }), force: String(options.on('--force-conflicts')) },
    );
  const applied = yield* applyOrExplain(() => send(subject.object));
  const object = yield* migrated(subject, applied, manner, send);
  return { object, operation: 'serverside-applied' };
}

function* applyOrExplain(send: () => Steps<ApiObject>): Steps<ApiObject> {
  try {
    return yield* send();
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    if (failure.reason !== 'Conflict') throw failure;
    throw new CommandFailure(`${failure.message}\n${waysOut}`);
  }
}

const waysOut = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/**
 * What kubectl applied by itself before becomes what the server applied (k8s.io/client-go/util/csaupgrade).
 */
function* migrated(
  { resource, namespace, name, object: wanted }: Subject,
  applied: ApiObject,
  manner: ApplyManner,
  send: (body: unknown, manager?: string) => Steps<ApiObject>,
): Steps<ApiObject> {
  let object = applied;
  try {
    object = yield* annotationKept(object, manner, send);
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    yield* complain(
      `Warning: failed to migrate ${lastAppliedAnnotation} for Server-Side Apply. This is non-fatal and will be retried next time you apply. Error: ${failure.message}\n`,
    );
    return object;
  }
  const entries = upgraded(object.metadata.managedFields ?? [], manner.manager);
  if (!entries) return object;
  try {
    object = yield* patch(
      pathOf(resource, namespace, name),
      'json',
      [
        { op: 'replace', path: '/metadata/managedFields', value: entries },
        { op: 'replace', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion },
      ],
      writeQuery(manner),
    );
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    yield* complain(
      `Warning: server rejected managed fields migration to Server-Side Apply. This is non-fatal and will be retried next time you apply. Error: ${failure.message}\n`,
    );
    return object;
  }
  return yield* send(wanted);
}

/** So that going back stays possible, what was applied last is managed for itself. */
function* annotationKept(
  object: ApiObject,
  { manager }: ApplyManner,
  send: (body: unknown, manager?: string) => Steps<ApiObject>,
): Steps<ApiObject> {
  const remembered = rememberedBy(object);
  const isKept = (object.metadata.managedFields ?? []).some(
    (entry) => entry.operation === 'Apply' && ownsAnnotation(entry),
  );
  if (manager !== 'kubectl' || remembered === undefined || isKept) return object;
  const { name, namespace } = object.metadata;
  const metadata = {
    annotations: { [lastAppliedAnnotation]: remembered },
    name,
    ...(namespace === undefined ? {} : { namespace }),
  };
  return yield* send({ apiVersion: object.apiVersion, kind: object.kind, metadata }, 'kubectl-last-applied');
}

function ownsAnnotation({ fieldsV1 }: ManagedFieldsEntry): boolean {
  const path = ['f:metadata', 'f:annotations', `f:${lastAppliedAnnotation}`];
  let here: unknown = fieldsV1;
  for (const step of path) here = isMap(here) ? here[step] : undefined;
  return here !== undefined;
}

/** Who managed what was applied by kubectl itself hands it over; undefined when there is nobody. */
function upgraded(
  entries: readonly ManagedFieldsEntry[],
  manager: string,
): readonly ManagedFieldsEntry[] | undefined {
  const isWhole = ({ subresource }: ManagedFieldsEntry): boolean => (subresource ?? '') === '';
  const old = entries.filter((entry) => entry.operation === 'Update' && ownsAnnotation(entry));
  if (old.length === 0) return undefined;
  const names = new Set(old.map((entry) => entry.manager));
  const isOld = (entry: ManagedFieldsEntry): boolean =>
    entry.operation === 'Update' && names.has(entry.manager) && isWhole(entry);
  const fields = entries.filter(isOld).map(({ fieldsV1 }) => fieldsV1);
  return entries
    .filter((entry) => !isOld(entry))
    .map((entry) =>
      entry.manager === manager && entry.operation === 'Apply' && isWhole(entry)
        ? ({ ...entry, fieldsV1: fields.reduce(union, entry.fieldsV1) } as ManagedFieldsEntry)
        : entry,
    );
}

function union(one: unknown, other: unknown): unknown {
  if (!isMap(one) || !isMap(other)) return one ?? other;
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(names.map((name) => [name, union(one[name], other[name])]));
}
