import type { ApiObject } from '../../cluster/object.ts';
import { print, type Steps } from '../../effects.ts';
import { readDryRun } from '../changing/dry-run.ts';
import { toLabelSelector } from '../changing/label-selector.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { forEachSubject, takeSubjects } from '../changing/subjects.ts';
import { twoWayPatch } from '../changing/two-way.ts';
import { fieldManager, writeQuery } from '../changing/write-query.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { patch, pathOf } from '../server/client.ts';
import { changedAt } from './pod-specs.ts';

/** `kubectl set selector (-f FILENAME | TYPE NAME) EXPRESSIONS` */
export function* runSetSelector(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  const expression = options.args.at(-1);
  if (expression === undefined) throw new CommandFailure('one selector is required');
  const { matchLabels = {}, matchExpressions = [] } = toLabelSelector(expression);
  const printer = yield* outcomePrinter(options, 'selector updated', dryRun, true);
  const local = options.on('--local');
  const words = options.args.slice(0, -1);
  const taken = yield* takeSubjects(context, { words, latest: true, local });
  const query = writeQuery({ dryRun, manager: fieldManager(options, 'kubectl-set') });
  const version = options.text('--resource-version', '');
  yield* forEachSubject(taken, function* ({ resource, namespace, name, object }) {
    if (object.kind !== 'Service') {
      throw new CommandFailure('setting a selector is only supported for Services');
    }
    if (matchExpressions.length > 0) {
      const shown = matchExpressions.map(
        ({ key, operator, values = [] }) => `{${key} ${operator} [${values.join(' ')}]}`,
      );
      throw new CommandFailure(`match expression [${shown.join(' ')}] not supported on this object`);
    }
    const changed = changedAt(object, ['spec', 'selector'], () => matchLabels) as ApiObject;
    if (local || dryRun === 'client') {
      yield* print(printer.text(changed));
      return;
    }
    const body = twoWayPatch(object, changed);
    const guarded = version === '' ? body : { ...body, metadata: { resourceVersion: version } };
    yield* print(printer.text(yield* patch(pathOf(resource, namespace, name), 'strategic', guarded, query)));
  });
  return 0;
}
