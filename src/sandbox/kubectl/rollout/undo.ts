import type { Deployment, ObjectMeta, PodTemplateSpec } from '../../../kubernetes/api.ts';
import { sameValue } from '../../cluster/object.ts';
import { complain, print, type Steps } from '../../effects.ts';
import { type DryRun, readDryRun } from '../changing/dry-run.ts';
import { lastAppliedAnnotation, rememberedBy } from '../changing/last-applied.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { forEachSubject, objectName } from '../changing/subjects.ts';
import { writeQuery } from '../changing/write-query.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import type { Subject } from '../selecting/selection.ts';
import { patch, pathOf } from '../server/client.ts';
import { templateText } from './history.ts';
import { type Revision, revisionAnnotation, revisionsOf } from './revisions.ts';
import { takeForRollout } from './take.ts';

/** `kubectl rollout undo` (k8s.io/kubectl/pkg/polymorphichelpers/rollback.go). */
export function* runRolloutUndo(context: KubectlContext): Steps<number> {
  const { options } = context;
  const dryRun = yield* readDryRun(options);
  const wanted = options.number('--to-revision', 0);
  const taken = yield* takeForRollout(context);
  yield* forEachSubject(taken, function* (subject) {
    if (rememberedBy(subject.object) !== undefined) yield* warnOfApply(subject);
    const missing = 'rollbacker';
    const revisions = yield* revisionsOf(context, subject, missing);
    if (wanted < 0) throw notFound(wanted);
    const outcome =
      subject.object.kind === 'Deployment'
        ? yield* undoDeployment(subject, revisions, wanted, dryRun)
        : yield* undoHistory(subject, revisions, wanted, dryRun);
    const printer = yield* outcomePrinter(options, outcome, dryRun, true);
    yield* print(printer.text(subject.object));
  });
  return 0;
}

function* warnOfApply(subject: Subject): Steps<void> {
  yield* complain(
    `Warning: resource ${objectName(subject)} was previously managed with 'kubectl apply'. Rolling back will not update the ${lastAppliedAnnotation} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n`,
  );
}

function notFound(wanted: number): CommandFailure {
  return new CommandFailure(`unable to find specified revision ${wanted} in history`);
}

function skipped(wanted: number): string {
  return `skipped rollback (current template already matches revision ${wanted})`;
}

/** Annotations that stay as the Deployment has them. */
const ownAnnotations = [
  lastAppliedAnnotation,
  revisionAnnotation,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];

function* undoDeployment(
  { resource, namespace, name, object }: Subject,
  revisions: readonly Revision[],
  wanted: number,
  dryRun: DryRun,
): Steps<string> {
  const { spec, metadata } = object as Deployment;
  const target = wanted > 0 ? revisions.find(({ number }) => number === wanted) : revisions.at(-2);
  if (!target) {
    if (wanted > 0) throw notFound(wanted);
    throw new CommandFailure(`no rollout history found for deployment ${JSON.stringify(name)}`);
  }
  if (dryRun === 'client') return templateText(target.template);
  if (spec?.paused) {
    throw new CommandFailure(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  const template = withoutHash(target.template);
  if (sameValue(template, withoutHash(spec?.template))) return skipped(wanted);
  const own = annotationsOf(metadata).filter(([key]) => ownAnnotations.includes(key));
  const old = annotationsOf(target.object.metadata);
  const others = old.filter(([key]) => !ownAnnotations.includes(key));
  const body = [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...own, ...others]) },
  ];
  try {
    yield* patch(pathOf(resource, namespace, name), 'json', body, writeQuery({ dryRun }));
  } catch (failure) {
    throw unrestored(failure, wanted);
  }
  return 'rolled back';
}

function withoutHash(template: PodTemplateSpec | undefined): PodTemplateSpec | undefined {
  if (!template) return undefined;
  const { 'pod-template-hash': _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

function* undoHistory(
  { resource, namespace, name, object }: Subject,
  revisions: readonly Revision[],
  wanted: number,
  dryRun: DryRun,
): Steps<string> {
  if (wanted === 0 && revisions.length <= 1) {
    throw new CommandFailure('no last revision to roll back to');
  }
  const target = wanted > 0 ? revisions.find(({ number }) => number === wanted) : revisions.at(-2);
  if (!target) throw notFound(wanted);
  if (dryRun === 'client') return `will roll back to ${templateText(target.template)}`;
  if (sameValue(target.template, (object as Deployment).spec?.template)) return skipped(wanted);
  try {
    yield* patch(pathOf(resource, namespace, name), 'strategic', target.data, writeQuery({ dryRun }));
  } catch (failure) {
    throw unrestored(failure, wanted);
  }
  return 'rolled back';
}

function unrestored(failure: unknown, wanted: number): unknown {
  if (!(failure instanceof ServerFailure)) return failure;
  return new CommandFailure(`failed restoring revision ${wanted}: ${failure.message}`);
}

function annotationsOf({ annotations = {} }: ObjectMeta): [string, string][] {
  return Object.entries(annotations);
}
