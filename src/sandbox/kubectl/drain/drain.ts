import type { Pod } from '../../../kubernetes/api.ts';
import { complain, print, type Steps } from '../../effects.ts';
import { type DryRun, dryRunNote, readDryRun } from '../changing/dry-run.ts';
import { parseLabelSelector } from '../changing/label-selector.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, rethrowUnlessOwn, SeveralFailures, throwAll } from '../failures.ts';
import { deletePods, evictPods } from './evict.ts';
import { cordon, nodesOf } from './nodes.ts';
import { podsToEvict } from './pods-to-evict.ts';

/** `kubectl drain NODE` (k8s.io/kubectl/pkg/cmd/drain/drain.go). */
export function* runDrain(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  demandPodSelector(options.text('--pod-selector', ''));
  const nodes = yield* nodesOf(context);
  yield* cordon(context, nodes, true);
  const failures: Error[] = [];
  const remaining: string[] = [];
  for (const { name, object } of nodes) {
    try {
      yield* drainNode(context, name, dryRun);
    } catch (failure) {
      rethrowUnlessOwn(failure);
      const why = textOf(failure);
      yield* complain(
        `error: unable to drain node ${JSON.stringify(name)} due to error: ${why}, continuing command...\n`,
      );
      failures.push(failure);
      remaining.push(name);
      continue;
    }
    const printer = yield* outcomePrinter(options, 'drained', dryRun, true);
    yield* print(printer.text(object));
  }
  if (remaining.length > 0) {
    yield* complain(
      `There are pending nodes to be drained:\n${remaining.map((name) => ` ${name}\n`).join('')}`,
    );
  }
  const [first] = failures;
  // Even one is told as several are: it comes wrapped (deleteOrEvictPodsSimple gives an aggregate).
  if (failures.length === 1 && !(first instanceof SeveralFailures)) throw new SeveralFailures(failures);
  throwAll(failures);
  return 0;
}

function demandPodSelector(selector: string): void {
  try {
    parseLabelSelector(selector);
  } catch {
    throw new CommandFailure('--pod-selector=<pod_selector> must be a valid label selector');
  }
}

/** Several failures stand in brackets, as Go writes them. */
function textOf(failure: Error): string {
  return failure.name === 'SeveralFailures' ? `[${failure.message.split('\n').join(', ')}]` : failure.message;
}

function* drainNode(context: KubectlContext, node: string, dryRun: DryRun): Steps<void> {
  const { options } = context;
  const { pods, warnings, failures } = yield* podsToEvict(node, options);
  throwAll(failures);
  if (warnings !== '') yield* complain(`Warning: ${warnings}\n`);
  if (dryRun === 'client') {
    for (const pod of pods) yield* print(`evicting pod ${shown(pod)}${dryRunNote(dryRun)}\n`);
    return;
  }
  try {
    const leave = options.on('--disable-eviction') ? deletePods : evictPods;
    yield* leave(context, pods, dryRun);
  } catch (failure) {
    const pending = yield* podsToEvict(node, options);
    if (pending.pods.length > 0) {
      const names = pending.pods.map(({ metadata }) => `pod/${metadata.name}\n`).join('');
      const why = textOf(failure as Error);
      yield* complain(
        `There are pending pods in node ${JSON.stringify(node)} when an error occurred: ${why}\n${names}`,
      );
    }
    throw failure;
  }
}

function shown({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.name}`;
}
