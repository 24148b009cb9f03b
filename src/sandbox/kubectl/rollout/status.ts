import type { DaemonSet, Deployment, ObjectMeta, StatefulSet } from '../../../kubernetes/api.ts';
import type { ApiObject } from '../../cluster/object.ts';
import { complain, now, pause, print, type Steps } from '../../effects.ts';
import { forEachSubject } from '../changing/subjects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import type { ObjectList, Subject } from '../selecting/selection.ts';
import { get, open, pathOf } from '../server/client.ts';
import { nameOf, versionOf } from '../server/served-object.ts';
import { revisionOf } from './revisions.ts';
import { takeForRollout } from './take.ts';

/** `kubectl rollout status` (k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go). */
export function* runRolloutStatus(context: KubectlContext): Steps<number> {
  const { options } = context;
  const revision = options.number('--revision', 0);
  if (revision < 0) throw new CommandFailure(`revision must be a positive integer: ${revision}`);
  const taken = yield* takeForRollout(context);
  if (taken.subjects.length + taken.failures.length === 0) {
    yield* complain(`No resources found in ${(yield* context.target()).namespace} namespace.\n`);
    return 0;
  }
  const watches = options.on('--watch', true);
  const timeout = options.duration('--timeout', 0);
  yield* forEachSubject(taken, (subject) => followed(subject, revision, watches, timeout));
  return 0;
}

/** Longer than anything that is waited for. */
const hour = 3_600_000;

function* followed(subject: Subject, revision: number, watches: boolean, timeout: number): Steps<void> {
  const { resource, namespace, name } = subject;
  const read = viewerOf(subject);
  const path = pathOf(resource, namespace);
  const query = { fieldSelector: `metadata.name=${name}` };
  const deadline = timeout > 0 ? (yield* now()) + timeout : Number.POSITIVE_INFINITY;
  const list = yield* get<ObjectList & ApiObject>(path, query);
  for (const object of list.items) if (yield* shown(read(object, revision), watches)) return;
  const stream = yield* open('watch', {
    method: 'GET',
    path,
    query: { ...query, watch: 'true', resourceVersion: versionOf(list.metadata) },
  });
  try {
    for (;;) {
      for (const { type, object } of stream.next()) {
        if (type === 'DELETED') throw new CommandFailure('object has been deleted');
        if (type !== 'BOOKMARK' && (yield* shown(read(object as ApiObject, revision), watches))) return;
      }
      const left = deadline - (yield* now());
      if (left <= 0) throw new CommandFailure('timed out waiting for the condition');
      if (stream.ended) throw new CommandFailure('watch closed before UntilWithoutRetry timeout');
      yield* pause(Math.min(left, hour));
    }
  } finally {
    stream.close();
  }
}

/** How far a rollout is. */
interface Progress {
  readonly text: string;
  readonly isDone: boolean;
}

function* shown({ text, isDone }: Progress, watches: boolean): Steps<boolean> {
  yield* print(text);
  return isDone || !watches;
}

type Viewer = (object: ApiObject, revision: number) => Progress;

function viewerOf({ resource: { group, kind } }: Subject): Viewer {
  if (group === 'apps' && kind === 'Deployment') {
    return (object, revision) => deploymentProgress(object as Deployment, revision);
  }
  if (group === 'apps' && kind === 'DaemonSet') return (object) => daemonSetProgress(object as DaemonSet);
  if (group === 'apps' && kind === 'StatefulSet') {
    return (object) => statefulSetProgress(object as StatefulSet);
  }
  const named = group === '' ? kind : `${kind}.${group}`;
  throw new CommandFailure(`no status viewer has been implemented for ${named}`);
}

function waiting(text: string): Progress {
  return { text: `${text}\n`, isDone: false };
}

function done(text: string): Progress {
  return { text: `${text}\n`, isDone: true };
}

function deploymentProgress({ metadata, spec, status = {} }: Deployment, revision: number): Progress {
  const name = JSON.stringify(nameOf(metadata));
  if (revision > 0) {
    const running = revisionOf(metadata);
    if (revision !== running) {
      throw new CommandFailure(
        `desired revision (${revision}) is different from the running revision (${running})`,
      );
    }
  }
  if (!isObserved(metadata, status)) {
    return waiting('Waiting for deployment spec update to be observed...');
  }
  const progressing = status.conditions?.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    throw new CommandFailure(`deployment ${name} exceeded its progress deadline`);
  }
  const { replicas = 0, updatedReplicas: updated = 0, availableReplicas: available = 0 } = status;
  const wanted = spec?.replicas ?? 0;
  const start = `Waiting for deployment ${name} rollout to finish:`;
  if (updated < wanted) {
    return waiting(`${start} ${updated} out of ${wanted} new replicas have been updated...`);
  }
  if (replicas > updated) {
    return waiting(`${start} ${replicas - updated} old replicas are pending termination...`);
  }
  if (available < updated) {
    return waiting(`${start} ${available} of ${updated} updated replicas are available...`);
  }
  return done(`deployment ${name} successfully rolled out`);
}

/** Whether a controller has seen what was asked for last. */
function isObserved(
  { generation = 0 }: ObjectMeta,
  { observedGeneration = 0 }: { readonly observedGeneration?: number } = {},
): boolean {
  return observedGeneration >= generation;
}

const onlyRolling = 'rollout status is only available for RollingUpdate strategy type';

function daemonSetProgress({ metadata, spec, status }: DaemonSet): Progress {
  if (spec?.updateStrategy?.type !== 'RollingUpdate') throw new CommandFailure(onlyRolling);
  const name = JSON.stringify(nameOf(metadata));
  if (!isObserved(metadata, status)) {
    return waiting('Waiting for daemon set spec update to be observed...');
  }
  const wanted = status?.desiredNumberScheduled ?? 0;
  const updated = status?.updatedNumberScheduled ?? 0;
  const available = status?.numberAvailable ?? 0;
  const start = `Waiting for daemon set ${name} rollout to finish:`;
  if (updated < wanted) return waiting(`${start} ${updated} out of ${wanted} new pods have been updated...`);
  if (available < wanted) return waiting(`${start} ${available} of ${wanted} updated pods are available...`);
  return done(`daemon set ${name} successfully rolled out`);
}

function statefulSetProgress({ metadata, spec, status }: StatefulSet): Progress {
  if (spec?.updateStrategy?.type !== 'RollingUpdate') throw new CommandFailure(onlyRolling);
  if (!status?.observedGeneration || !isObserved(metadata, status)) {
    return waiting('Waiting for statefulset spec update to be observed...');
  }
  const wanted = spec.replicas ?? 0;
  const { readyReplicas: ready = 0, updatedReplicas: updated = 0 } = status;
  if (ready < wanted) return waiting(`Waiting for ${wanted - ready} pods to be ready...`);
  if (spec.updateStrategy.rollingUpdate) {
    const { partition } = spec.updateStrategy.rollingUpdate;
    if (partition !== undefined && updated < wanted - partition) {
      return waiting(
        `Waiting for partitioned roll out to finish: ${updated} out of ${wanted - partition} new pods have been updated...`,
      );
    }
    return done(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  const { updateRevision = '', currentRevision = '', currentReplicas = 0 } = status;
  if (updateRevision !== currentRevision) {
    return waiting(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${updateRevision}...`,
    );
  }
  return done(
    `statefulset rolling update complete ${currentReplicas} pods at revision ${currentRevision}...`,
  );
}
