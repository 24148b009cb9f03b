import { byAge } from '../age.ts';
import { wantedReplicas } from '../replicas.ts';
import { isRollingUpdate, maxSurge } from './limits.ts';
import { desiredReplicas, mostReplicas, type StoredSet } from './revisions.ts';
import { isScaledUp, type Rollout } from './rollout.ts';

/** Whether the Deployment was given another size since its ReplicaSets were last looked at (`isScalingEvent`). */
export function isScaling({ sets, deployment }: Rollout): boolean {
  const wanted = wantedReplicas(deployment);
  return sets.filter(isScaledUp).some((set) => (desiredReplicas(set) ?? wanted) !== wanted);
}

/**
 * Gives the ReplicaSets their share of another size. In the middle of a rollout each gets a part as large as
 * it has (https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#proportional-scaling).
 */
export function scaleSets(rollout: Rollout): void {
  const { deployment, newSet } = rollout;
  const wanted = wantedReplicas(deployment);
  const only = activeOrLatest(rollout);
  if (only) {
    rollout.scale(only, wanted);
    return;
  }
  if (newSet && isSaturated(newSet, wanted)) {
    for (const set of rollout.activeOldSets) rollout.scale(set, 0);
    return;
  }
  if (isRollingUpdate(deployment)) share(rollout, wanted > 0 ? wanted + maxSurge(deployment) : 0);
}

function share(rollout: Rollout, allowed: number): void {
  const active = rollout.sets.filter(isScaledUp);
  const toAdd = allowed - active.reduce((sum, set) => sum + wantedReplicas(set), 0);
  const sets = [...active].sort((one, other) => {
    const bySize = wantedReplicas(other) - wantedReplicas(one);
    return bySize || Math.sign(-toAdd) * byAge(one, other);
  });
  let added = 0;
  const shares = sets.map((set) => {
    const part = toAdd === 0 || toAdd === added ? 0 : fractionOf(rollout, set);
    const limited = toAdd > 0 ? Math.min(part, toAdd - added) : Math.max(part, toAdd - added);
    added += limited;
    return { set, share: limited };
  });
  // What is left over by rounding is the largest's.
  for (const [place, { set, share: own }] of shares.entries()) {
    const leftOver = place === 0 ? toAdd - added : 0;
    rollout.scale(set, Math.max(0, wantedReplicas(set) + own + leftOver), true);
  }
}

function fractionOf({ deployment }: Rollout, set: StoredSet): number {
  const wanted = wantedReplicas(deployment);
  const size = wantedReplicas(set);
  if (wanted === 0) return -size;
  const { replicas = 0 } = deployment.status ?? {};
  const before = mostReplicas(set) || replicas;
  if (before === 0) return 0;
  return Math.round((size * (wanted + maxSurge(deployment))) / before) - size;
}

/** The one that has Pods, or where none has, the newest; undefined where several have. */
function activeOrLatest({ sets, newSet, oldSets }: Rollout): StoredSet | undefined {
  const active = sets.filter(isScaledUp);
  if (active.length === 0) return newSet ?? oldSets.at(-1);
  return active.length === 1 ? active[0] : undefined;
}

function isSaturated(set: StoredSet, wanted: number): boolean {
  const { availableReplicas = 0 } = set.status ?? {};
  return wantedReplicas(set) === wanted && desiredReplicas(set) === wanted && availableReplicas === wanted;
}
