import type { PodTemplateSpec } from '../../../kubernetes/api.ts';
import { print, type Steps } from '../../effects.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { forEachSubject } from '../changing/subjects.ts';
import type { KubectlContext } from '../context.ts';
import { Description } from '../describe/description.ts';
import { describePodTemplate } from '../describe/pod-template.ts';
import { CommandFailure } from '../failures.ts';
import { type Revision, revisionsOf } from './revisions.ts';
import { takeForRollout } from './take.ts';

/** `kubectl rollout history` (k8s.io/kubectl/pkg/cmd/rollout/rollout_history.go). */
export function* runRolloutHistory(context: KubectlContext): Steps<number> {
  const { options } = context;
  const wanted = options.number('--revision', 0);
  const hasFile = options.has('--filename') || options.has('--kustomize');
  if (options.args.length === 0 && !hasFile) throw new CommandFailure('required resource not specified');
  if (wanted < 0) throw new CommandFailure(`revision must be a positive integer: ${wanted}`);
  const printer = yield* outcomePrinter(options, '', 'none', true);
  const taken = yield* takeForRollout(context);
  yield* forEachSubject(taken, function* (subject) {
    const revisions = yield* revisionsOf(context, subject, 'history viewer');
    if (printer.showsObject) {
      const shown = wanted > 0 ? [demand(revisions, wanted)] : revisions;
      for (const { object } of shown) yield* print(printer.text(object));
      return;
    }
    const title = wanted > 0 ? `with revision #${wanted}` : '';
    yield* print(printer.text(subject.object, `${title}\n${historyText(revisions, wanted)}`));
  });
  return 0;
}

function demand(revisions: readonly Revision[], wanted: number): Revision {
  const found = revisions.find(({ number }) => number === wanted);
  if (!found) throw new CommandFailure('unable to find the specified revision');
  return found;
}

function historyText(revisions: readonly Revision[], wanted: number): string {
  if (revisions.length === 0) return 'No rollout history found.';
  if (wanted > 0) {
    const { template, changeCause } = demand(revisions, wanted);
    return templateText(withCause(template, changeCause));
  }
  const width = Math.max(8, ...revisions.map(({ number }) => String(number).length)) + 2;
  const rows = revisions.map(({ number, changeCause }) => [String(number), changeCause || '<none>'] as const);
  return [['REVISION', 'CHANGE-CAUSE'] as const, ...rows]
    .map(([first, second]) => `${first.padEnd(width)}${second}\n`)
    .join('');
}

function withCause(
  template: PodTemplateSpec | undefined,
  cause: string | undefined,
): PodTemplateSpec | undefined {
  if (!cause || !template) return template;
  const annotations = { ...template.metadata?.annotations, 'kubernetes.io/change-cause': cause };
  return { ...template, metadata: { ...template.metadata, annotations } };
}

/** A template of Pods for people; its tabs stay tabs here. */
export function templateText(template: PodTemplateSpec | undefined): string {
  const description = new Description();
  describePodTemplate(description, template);
  return description.raw;
}
