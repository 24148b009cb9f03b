import type { ApiObject } from '../../cluster/object.ts';
import { sameValue } from '../../cluster/object.ts';
import { print, type Steps } from '../../effects.ts';
import { goJson } from '../../go/go-json.ts';
import { goYaml } from '../../go/go-yaml.ts';
import { readDryRun } from '../changing/dry-run.ts';
import { editUntilDone } from '../changing/edit.ts';
import type { EditReason } from '../changing/edit-text.ts';
import { lastAppliedAnnotation, rememberedBy, rememberedConfiguration } from '../changing/last-applied.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { withSource } from '../changing/source.ts';
import { currentOf, forEachSubject, shownWhole, takeSubjects } from '../changing/subjects.ts';
import { usageFailure } from '../changing/usage.ts';
import { fieldManager, readValidation, writeQuery } from '../changing/write-query.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure, throwAll } from '../failures.ts';
import { takeForRollout } from '../rollout/take.ts';
import type { Subject } from '../selecting/selection.ts';
import { patch, pathOf } from '../server/client.ts';

/** `kubectl apply view-last-applied (TYPE NAME | -f FILENAME)` (k8s.io/kubectl/pkg/cmd/apply). */
export function* runViewLastApplied(context: KubectlContext): Steps<number> {
  const { options } = context;
  const output = options.text('--output', 'yaml');
  const taken = yield* takeSubjects(context, { latest: true, selectsAll: true });
  throwAll(taken.failures);
  const found = taken.subjects.flatMap(({ object, name, source }) => {
    const configuration = rememberedConfiguration(object);
    if (configuration) return [configuration];
    if (source === undefined) return [];
    throw new CommandFailure(
      `error when no last-applied-configuration annotation found on resource: ${name}\n ${JSON.stringify(source)}: <nil>`,
    );
  });
  for (const configuration of found) {
    if (output === 'yaml') yield* print(goYaml(configuration));
    else if (output === 'json') yield* print(`${JSON.stringify(configuration, null, 2)}\n`);
    else {
      throw usageFailure(
        options,
        `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`,
      );
    }
  }
  return 0;
}

/** `kubectl apply set-last-applied -f FILENAME` */
export function* runSetLastApplied(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  const printer = yield* outcomePrinter(options, 'configured', dryRun);
  const taken = yield* takeSubjects(context);
  throwAll(taken.failures);
  const wanted: { readonly subject: Subject; readonly text: string; readonly current: ApiObject }[] = [];
  for (const subject of taken.subjects) {
    const current = yield* currentNamed(subject);
    const remembered = rememberedBy(current);
    if (remembered === undefined && !options.on('--create-annotation')) {
      throw new CommandFailure(
        `no last-applied-configuration annotation found on resource: ${subject.name}, to create the annotation, run the command with --create-annotation`,
      );
    }
    const isSame = remembered !== undefined && sameValue(JSON.parse(remembered), subject.object);
    if (isSame) yield* print(`set-last-applied ${subject.name}: no changes required.\n`);
    else wanted.push({ subject, text: `${goJson(subject.object)}\n`, current });
  }
  for (const { subject, text, current } of wanted) {
    const changed = dryRun === 'client' ? current : yield* remember(subject, text, writeQuery({ dryRun }));
    yield* print(printer.text(changed));
  }
  return 0;
}

function* currentNamed(subject: Subject): Steps<ApiObject> {
  try {
    return yield* currentOf(subject);
  } catch (failure) {
    if (failure instanceof ServerFailure && failure.reason === 'NotFound') throw failure;
    const verb = `retrieving current configuration of:\n${shownWhole(subject)}\nfrom server for:`;
    throw withSource(failure, verb, subject.source);
  }
}

function* remember(
  { resource, namespace, name }: Subject,
  text: string,
  query: Record<string, string>,
): Steps<ApiObject> {
  const body = { metadata: { annotations: { [lastAppliedAnnotation]: text } } };
  return yield* patch(pathOf(resource, namespace, name), 'merge', body, query);
}

/** `kubectl apply edit-last-applied (RESOURCE/NAME | -f FILENAME)` */
export function* runEditLastApplied(context: KubectlContext): Steps<number> {
  const { options } = context;
  const validation = readValidation(options);
  const taken =
    options.args.length === 0
      ? yield* takeSubjects(context, { latest: true })
      : yield* takeForRollout(context);
  throwAll(taken.failures);
  const remembered = taken.subjects.flatMap((subject) => {
    const object = rememberedConfiguration(subject.object) as ApiObject | undefined;
    return object ? [{ ...subject, object }] : [];
  });
  if (remembered.length === 0) {
    throw new CommandFailure(
      'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
    );
  }
  const query = writeQuery({
    validation,
    manager: fieldManager(options, 'kubectl-client-side-apply'),
  });
  return yield* editUntilDone(context, 'last applied', remembered, function* (edited) {
    const subjects = remembered.map((subject, place) => ({ ...subject, edited: edited[place] }));
    yield* forEachSubject({ subjects, isSingle: false, failures: [] }, function* (subject) {
      const { edited: object } = subject as (typeof subjects)[number];
      if (!object) return;
      const isSame = sameValue(object, subject.object);
      if (!isSame) yield* remember(subject, `${goJson(object)}\n`, query);
      yield* print((yield* outcomePrinter(options, isSame ? 'skipped' : 'edited')).text(object));
    });
    return [] as readonly EditReason[];
  });
}
