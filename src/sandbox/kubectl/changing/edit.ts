import type { ApiObject } from '../../cluster/object.ts';
import { sameValue } from '../../cluster/object.ts';
import { complain, edit, print, type Steps } from '../../effects.ts';
import { goJson } from '../../go/go-json.ts';
import { goSyntax } from '../../go/go-syntax.ts';
import { throwUnless } from '../../thrown.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure, SilentExit, throwAll } from '../failures.ts';
import { takeForRollout } from '../rollout/take.ts';
import type { Subject } from '../selecting/selection.ts';
import { patch, pathOf } from '../server/client.ts';
import { qualifiedName } from '../server/discovery.ts';
import {
  type EditReason,
  editable,
  editedObjects,
  editHeader,
  isBlank,
  withoutComments,
} from './edit-text.ts';
import { outcomePrinter } from './outcome.ts';
import { takeSubjects } from './subjects.ts';
import { twoWayPatch } from './two-way.ts';
import { fieldManager, readValidation, writeQuery } from './write-query.ts';

/** `kubectl edit (RESOURCE/NAME | -f FILENAME)` (k8s.io/kubectl/pkg/cmd/util/editor). */
export function* runEdit(context: KubectlContext): Steps<number> {
  const { options } = context;
  readValidation(options);
  const output = options.text('--output', '');
  if (!['', 'json', 'kyaml', 'yaml'].includes(output)) {
    throw new CommandFailure(
      `unable to match a printer suitable for the output format "${output}", allowed formats are: json,kyaml,yaml`,
    );
  }
  const { subjects, failures } =
    options.args.length === 0
      ? yield* takeSubjects(context, { latest: true })
      : yield* takeForRollout(context);
  throwAll(failures);
  if (subjects.length === 0) throw new CommandFailure('edit cancelled, no objects found');
  yield* outcomePrinter(options, 'edited');
  return yield* editUntilDone(context, 'object', subjects, (edited) =>
    sendChanges(context, subjects, edited),
  );
}

/** What became of an edited text: reasons to edit it again, or none. */
export type Save = (edited: readonly ApiObject[]) => Steps<readonly EditReason[]>;

/**
 * Has objects edited until they can be saved, or nothing is changed any more.
 *
 * @throws CommandFailure when the same fault is saved twice
 */
export function* editUntilDone(
  { options }: KubectlContext,
  what: 'object' | 'last applied',
  subjects: readonly Pick<Subject, 'object'>[],
  save: Save,
): Steps<number> {
  const asJson = options.text('--output') === 'json';
  const name = `kubectl-edit-1.${asJson ? 'json' : 'yaml'}`;
  const original = editable(
    subjects.map(({ object }) => object),
    asJson,
  );
  let text = original;
  let reasons: readonly EditReason[] = [];
  for (;;) {
    const header = asJson ? '' : editHeader(what, reasons);
    const left = yield* edit(name, `${header}${text}`);
    if (left === undefined) {
      throw new CommandFailure(
        'there is nobody here who could edit: use kubectl patch or kubectl apply instead',
      );
    }
    const plain = withoutComments(left);
    if (reasons.length > 0 && plain === withoutComments(text)) {
      yield* complain(`A copy of your changes has been stored to "/tmp/${name}"\n`);
      throw new CommandFailure('Edit cancelled, no valid changes were saved.');
    }
    if (plain === withoutComments(original)) {
      yield* complain('Edit cancelled, no changes made.\n');
      return 0;
    }
    if (isBlank(left)) {
      yield* complain('Edit cancelled, saved file was empty.\n');
      return 0;
    }
    const edited = editedObjects(plain);
    reasons =
      edited instanceof Error
        ? [{ head: `The edited file had a syntax error: ${edited.message}`, others: [] }]
        : yield* save(edited);
    if (reasons.length === 0) return 0;
    text = plain;
  }
}

function* sendChanges(
  context: KubectlContext,
  subjects: readonly Subject[],
  edited: readonly ApiObject[],
): Steps<readonly EditReason[]> {
  const { options } = context;
  const file = `/tmp/kubectl-edit-1.${options.text('--output') === 'json' ? 'json' : 'yaml'}`;
  const reasons: EditReason[] = [];
  let isRetryable = false;
  let isMissing = false;
  for (const object of edited) {
    const subject = subjects.find(({ object: each }) => each.metadata.uid === object.metadata?.uid);
    if (!subject) {
      yield* complain(`A copy of your changes has been stored to "${file}"\n`);
      const shown = goSyntax({ Object: object }).replace(
        /^map\[string\]interface \{\}\{"Object":/,
        '{Object:',
      );
      throw new CommandFailure(`no original object found for &unstructured.Unstructured${shown}`);
    }
    try {
      yield* sendChange(context, subject, object);
    } catch (failure) {
      throwUnless(failure, ServerFailure);
      const named = `${qualifiedName(subject.resource)} ${JSON.stringify(subject.name)}`;
      if (failure.reason === 'Invalid') {
        yield* complain(`error: ${named} is invalid\n`);
        reasons.push({ head: `${named} was not valid`, others: causesOf(failure) });
      } else if (failure.reason === 'NotFound') {
        isMissing = true;
        yield* complain(`error: ${named} could not be found on the server\n`);
      } else {
        isRetryable = true;
        yield* complain(`error: ${named} could not be patched: ${failure.message}\n`);
      }
    }
  }
  if (isRetryable) {
    yield* complain(`You can run \`kubectl replace -f ${file}\` to try this update again.\n`);
    throw new SilentExit(1);
  }
  if (isMissing) {
    yield* complain(`The edits you made on deleted resources have been saved to "${file}"\n`);
    throw new SilentExit(1);
  }
  return reasons;
}

function causesOf({ status }: ServerFailure): readonly string[] {
  return (status.details?.causes ?? []).map(({ field = '', message = '' }) => `${field}: ${message}`);
}

function* sendChange(context: KubectlContext, subject: Subject, object: ApiObject): Steps<void> {
  const { options } = context;
  const { resource, namespace, name } = subject;
  const { managedFields } = subject.object.metadata;
  const whole = managedFields ? { ...object, metadata: { ...object.metadata, managedFields } } : object;
  if (sameValue(subject.object, whole)) {
    yield* print((yield* outcomePrinter(options, 'skipped')).text(object));
    return;
  }
  const before = subject.object;
  if (
    before.apiVersion !== object.apiVersion ||
    before.kind !== object.kind ||
    before.metadata.name !== object.metadata.name
  ) {
    throw new CommandFailure('At least one of apiVersion, kind and name was changed');
  }
  const body = twoWayPatch(before, whole);
  if (options.on('--output-patch')) yield* print(`Patch: ${goJson(body)}\n`);
  const validation = readValidation(options);
  const query = writeQuery({ validation, manager: fieldManager(options, 'kubectl-edit') });
  const part = options.text('--subresource') || undefined;
  const path = pathOf(resource, namespace, name, part);
  const patched = yield* patch(path, 'strategic', body, query);
  yield* print((yield* outcomePrinter(options, 'edited')).text(patched));
}
