import type { Deployment, DeploymentCondition, DeploymentStatus } from '../../../../kubernetes/api.ts';
import { type Stored, timestamp } from '../../object.ts';
import { conditionOf, withCondition, withoutCondition } from '../conditions.ts';
import { omitEmpty } from '../omit-empty.ts';
import { wantedReplicas } from '../replicas.ts';
import { hasProgressDeadline, maxUnavailable } from './limits.ts';
import type { StoredSet } from './revisions.ts';

/** A condition as it begins now. */
export function newCondition(
  type: string,
  status: string,
  reason: string,
  message: string,
  now: number,
): DeploymentCondition {
  const at = timestamp(now);
  return { type, status, reason, message, lastUpdateTime: at, lastTransitionTime: at };
}

/** The conditions with a new one; one that says the same already stays as it is (`SetDeploymentCondition`). */
export function setCondition(
  conditions: readonly DeploymentCondition[] = [],
  condition: DeploymentCondition,
): readonly DeploymentCondition[] {
  const known = conditionOf(conditions, condition.type);
  if (known?.status !== condition.status) return withCondition(conditions, condition);
  if (known.reason === condition.reason) return conditions;
  const { lastTransitionTime = '' } = known;
  return withCondition(conditions, { ...condition, lastTransitionTime });
}

/** What a Deployment's ReplicaSets amount to (`calculateStatus`). */
export function countedStatus(
  deployment: Stored<Deployment>,
  sets: readonly StoredSet[],
  newSet: StoredSet | undefined,
  now: number,
): DeploymentStatus {
  const sum = (count: (set: StoredSet) => number | undefined) =>
    sets.reduce((total, set) => total + (count(set) ?? 0), 0);
  const available = sum(({ status }) => status?.availableReplicas);
  const isEnough = available >= wantedReplicas(deployment) - maxUnavailable(deployment);
  const condition = isEnough
    ? newCondition(
        'Available',
        'True',
        'MinimumReplicasAvailable',
        'Deployment has minimum availability.',
        now,
      )
    : newCondition(
        'Available',
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
        now,
      );
  const counts = omitEmpty<DeploymentStatus>({
    observedGeneration: deployment.metadata.generation,
    replicas: sum(({ status }) => status?.replicas),
    updatedReplicas: newSet?.status?.replicas,
    readyReplicas: sum(({ status }) => status?.readyReplicas),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, sum(({ spec }) => spec.replicas) - available),
    collisionCount: deployment.status?.collisionCount,
  });
  return {
    ...counts,
    terminatingReplicas: sum(({ status }) => status?.terminatingReplicas),
    conditions: setCondition(deployment.status?.conditions, condition),
  };
}

/** The status while Pods are being replaced: how far it has come, and what went wrong (`syncRolloutStatus`). */
export function rolloutStatus(
  deployment: Stored<Deployment>,
  sets: readonly StoredSet[],
  newSet: StoredSet | undefined,
  now: number,
): DeploymentStatus {
  const status = countedStatus(deployment, sets, newSet, now);
  const failure = [newSet, ...sets]
    .flatMap((set) => set?.status?.conditions ?? [])
    .find(({ type }) => type === 'ReplicaFailure');
  const progressed = withProgress(deployment, status, newSet, now);
  if (!failure) return { ...status, conditions: withoutCondition(progressed, 'ReplicaFailure') };
  const { lastTransitionTime = timestamp(now) } = failure;
  const seen: DeploymentCondition = { ...failure, lastTransitionTime, lastUpdateTime: lastTransitionTime };
  return { ...status, conditions: setCondition(progressed, seen) };
}

/** Whether all Pods are of the newest template and available (`DeploymentComplete`). */
export function isComplete(deployment: Stored<Deployment>, status: DeploymentStatus | undefined): boolean {
  const { generation = 0 } = deployment.metadata;
  const wanted = wantedReplicas(deployment);
  return (
    (status?.updatedReplicas ?? 0) === wanted &&
    (status?.replicas ?? 0) === wanted &&
    (status?.availableReplicas ?? 0) === wanted &&
    (status?.observedGeneration ?? 0) >= generation
  );
}

/**
 * When the progress of a Deployment has to be looked at again though nothing changes; undefined when it has
 * come to its end (`requeueStuckDeployment`).
 */
export function nextProgressCheck(deployment: Stored<Deployment>): number | undefined {
  const { spec, status } = deployment;
  const known = conditionOf(status?.conditions, 'Progressing');
  if (!known || !hasProgressDeadline(deployment)) return undefined;
  const { reason = '', lastUpdateTime = '' } = known;
  const isSettled = ['ProgressDeadlineExceeded', 'NewReplicaSetAvailable'].includes(reason);
  if (isSettled || isComplete(deployment, status)) return undefined;
  const { progressDeadlineSeconds = 0 } = spec;
  return Date.parse(lastUpdateTime) + progressDeadlineSeconds * 1000 + 1000;
}

function withProgress(
  deployment: Stored<Deployment>,
  status: DeploymentStatus,
  newSet: StoredSet | undefined,
  now: number,
): readonly DeploymentCondition[] {
  const { conditions = [] } = status;
  if (!hasProgressDeadline(deployment)) return withoutCondition(conditions, 'Progressing');
  const known = conditionOf(deployment.status?.conditions, 'Progressing');
  const isOver = (status.replicas ?? 0) === (status.updatedReplicas ?? 0);
  if (isOver && known?.reason === 'NewReplicaSetAvailable') return conditions;
  const { name = '' } = newSet?.metadata ?? deployment.metadata;
  const what = `${newSet ? 'ReplicaSet' : 'Deployment'} "${name}"`;
  if (isComplete(deployment, status)) {
    const text = `${what} has successfully progressed.`;
    return setCondition(conditions, newCondition('Progressing', 'True', 'NewReplicaSetAvailable', text, now));
  }
  if (hasProgressed(deployment, status)) {
    const next = newCondition('Progressing', 'True', 'ReplicaSetUpdated', `${what} is progressing.`, now);
    const { lastTransitionTime = '' } = known?.status === 'True' ? known : next;
    return withCondition(conditions, { ...next, lastTransitionTime });
  }
  if (hasTimedOut(deployment, known, now)) {
    const text = `${what} has timed out progressing.`;
    return setCondition(
      conditions,
      newCondition('Progressing', 'False', 'ProgressDeadlineExceeded', text, now),
    );
  }
  return conditions;
}

function hasProgressed({ status: before = {} }: Deployment, now: DeploymentStatus): boolean {
  const olds = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (now.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    olds(now) < olds(before) ||
    (now.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (now.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

function hasTimedOut(
  { spec }: Stored<Deployment>,
  known: DeploymentCondition | undefined,
  now: number,
): boolean {
  if (!known || known.reason === 'NewReplicaSetAvailable') return false;
  if (known.reason === 'ProgressDeadlineExceeded') return true;
  const { lastUpdateTime = '' } = known;
  const { progressDeadlineSeconds = 0 } = spec;
  return Date.parse(lastUpdateTime) + progressDeadlineSeconds * 1000 < now;
}
