import type { Node } from '../../../kubernetes/api.ts';
import { complain, print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { type DryRun, readDryRun } from '../changing/dry-run.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { usageFailure } from '../changing/usage.ts';
import { writeQuery } from '../changing/write-query.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import { fetchSubjects, readObjects, type Subject } from '../selecting/selection.ts';
import { patch, pathOf } from '../server/client.ts';
import { resourceNamed } from '../server/discovery.ts';

/** `kubectl cordon NODE` (k8s.io/kubectl/pkg/cmd/drain). */
export function* runCordon(context: KubectlContext): Steps<number> {
  yield* cordon(context, yield* nodesOf(context), true);
  return 0;
}

/** `kubectl uncordon NODE` */
export function* runUncordon(context: KubectlContext): Steps<number> {
  yield* cordon(context, yield* nodesOf(context), false);
  return 0;
}

/** The nodes that a line names. @throws CommandFailure */
export function* nodesOf(context: KubectlContext): Steps<readonly Subject[]> {
  const { options } = context;
  const selector = options.text('--selector', '');
  const verb = options.command.command.split(' ').at(-1);
  if (options.args.length === 0 && !options.has('--selector')) {
    throw usageFailure(options, `USAGE: ${verb} NODE [flags]`);
  }
  if (options.args.length > 0 && selector !== '') {
    throw usageFailure(options, 'error: cannot specify both a node name and a --selector option');
  }
  yield* readDryRun(options);
  const known = yield* context.known();
  const target = yield* context.target();
  if (options.args.length === 0) {
    const resources = [resourceNamed('nodes', known)];
    return yield* fetchSubjects({ kind: 'collections', resources }, target, { labelSelector: selector });
  }
  const words = options.args.some((word) => word.includes('/'))
    ? options.args.map((word) => (word.includes('/') ? word : `nodes/${word}`))
    : ['nodes', ...options.args];
  const objects = readObjects(words, known);
  const odd = objects.find(({ resource }) => resource.kind !== 'Node');
  const subjects = yield* fetchSubjects({ kind: 'objects', objects, isSingle: objects.length === 1 }, target);
  if (odd) {
    const { group, version, name } = odd.resource;
    throw new CommandFailure(
      `error: expected resource of type node, got "${group}/${version}, Resource=${name}"`,
    );
  }
  return subjects;
}

/** Takes nodes out of scheduling, or back in, and tells what became of each. */
export function* cordon(context: KubectlContext, nodes: readonly Subject[], isWanted: boolean): Steps<void> {
  const { options } = context;
  const dryRun: DryRun = yield* readDryRun(options);
  const word = isWanted ? 'cordoned' : 'uncordoned';
  for (const { resource, name, object } of nodes) {
    const isDone = ((object as Node).spec?.unschedulable ?? false) === isWanted;
    if (!isDone && dryRun !== 'client') {
      try {
        const body = { spec: { unschedulable: isWanted ? true : null } };
        yield* patch(pathOf(resource, undefined, name), 'strategic', body, writeQuery({ dryRun }));
      } catch (failure) {
        throwUnless(failure, ServerFailure);
        const verb = isWanted ? 'cordon' : 'uncordon';
        yield* complain(`error: unable to ${verb} node ${JSON.stringify(name)}: ${failure.message}\n`);
        continue;
      }
    }
    const printer = yield* outcomePrinter(options, isDone ? `already ${word}` : word, dryRun, true);
    yield* print(printer.text(object));
  }
}
