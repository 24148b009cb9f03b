import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
  ObjectMeta,
  PodTemplateSpec,
  ReplicaSet,
  StatefulSet,
} from '../../../kubernetes/api.ts';
import { selectorText } from '../../../kubernetes/selector-text.ts';
import type { ApiObject } from '../../cluster/object.ts';
import type { Steps } from '../../effects.ts';
import { patchedLocally } from '../changing/patching.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import type { ObjectList, Subject } from '../selecting/selection.ts';
import { get, pathOf } from '../server/client.ts';
import { resourceOfKind } from '../server/discovery.ts';

/** Where a Deployment and its ReplicaSets say their revision. */
export const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** What a template of Pods was at a time. */
export interface Revision {
  readonly number: number;
  /** The ReplicaSet, or the object as it was then. */
  readonly object: ApiObject;
  readonly template: PodTemplateSpec | undefined;
  readonly changeCause: string | undefined;
  /** The patch that goes back to it, for what keeps ControllerRevisions. */
  readonly data?: unknown;
}

/** The number of a revision; 0 where there is none. */
export function revisionOf({ annotations }: ObjectMeta): number {
  return Number(annotations?.[revisionAnnotation] ?? 0);
}

/**
 * The revisions of a Deployment, a DaemonSet or a StatefulSet, the oldest first.
 *
 * @param missing what is wanted of them: `history viewer`, `rollbacker`
 * @throws CommandFailure for what has none
 */
export function* revisionsOf(
  context: KubectlContext,
  { resource, namespace, object }: Subject,
  missing: string,
): Steps<readonly Revision[]> {
  demandHistory(resource, missing);
  const kind = resource.kind === 'Deployment' ? 'ReplicaSet' : 'ControllerRevision';
  const owned = resourceOfKind('apps/v1', kind, yield* context.known());
  if (!owned) throw new CommandFailure(`no matches for kind ${JSON.stringify(kind)} in version "apps/v1"`);
  const selector = selectorText((object as Deployment).spec?.selector);
  const list = yield* get<ObjectList & ApiObject>(pathOf(owned, namespace), { labelSelector: selector });
  const found = list.items.filter(({ metadata }) =>
    metadata.ownerReferences?.some(({ controller, uid }) => controller && uid === object.metadata.uid),
  );
  const revisions =
    kind === 'ReplicaSet'
      ? found.map((each) => revisionOfReplicaSet(each as ReplicaSet))
      : found.map((each) => revisionOfHistory(object, each as ControllerRevision));
  return revisions.toSorted((one, other) => one.number - other.number);
}

/** Kinds that run Pods, and have no revisions. */
const withoutHistory = ['Pod.', 'ReplicationController.', 'ReplicaSet.apps', 'Job.batch', 'CronJob.batch'];

function demandHistory({ group, kind }: Subject['resource'], missing: string): void {
  if (group === 'apps' && ['Deployment', 'DaemonSet', 'StatefulSet'].includes(kind)) return;
  const named = JSON.stringify(group === '' ? kind : `${kind}.${group}`);
  if (withoutHistory.includes(`${kind}.${group}`)) {
    throw new CommandFailure(`no ${missing} has been implemented for ${named}`);
  }
  const what = missing === 'history viewer' ? 'history' : missing;
  throw new CommandFailure(
    `error retrieving ${what} for ${named}, no visitor method exists for {${group} ${kind}}`,
  );
}

function revisionOfReplicaSet(set: ReplicaSet): Revision {
  return {
    number: revisionOf(set.metadata),
    object: { ...set, apiVersion: 'apps/v1', kind: 'ReplicaSet' },
    template: set.spec?.template,
    changeCause: set.metadata.annotations?.['kubernetes.io/change-cause'],
  };
}

function revisionOfHistory(object: ApiObject, { metadata, revision, data }: ControllerRevision): Revision {
  const applied = patchedLocally(object, 'strategic', data);
  return {
    number: revision,
    object: applied,
    template: (applied as DaemonSet | StatefulSet).spec?.template,
    changeCause: metadata.annotations?.['kubernetes.io/change-cause'],
    data,
  };
}
