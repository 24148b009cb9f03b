import type { Cluster } from '../../cluster.ts';
import { isFinished } from '../pod-state.ts';
import { wantedReplicas } from '../replicas.ts';
import { maxUnavailable } from './limits.ts';
import { isScaledUp, type Rollout } from './rollout.ts';
import { isComplete } from './status.ts';

/**
 * Replaces Pods little by little: a step up where there is room, otherwise a step down where enough are
 * available (k8s.io/kubernetes/pkg/controller/deployment/rolling.go).
 */
export function rollOver(rollout: Rollout): void {
  if (!rollout.newSet && !rollout.createNewSet()) return;
  if (growNewSet(rollout)) return;
  if (shrinkOldSets(rollout)) return;
  if (isComplete(rollout.deployment, rollout.deployment.status)) rollout.cleanUp();
}

/** Replaces all Pods at once: the old ones go first, and have to be gone (`recreate.go`). */
export function recreate(rollout: Rollout): void {
  const isScaled = rollout.activeOldSets.filter((set) => rollout.scale(set, 0)).length > 0;
  if (isScaled || isOldRunning(rollout)) return;
  if (!rollout.newSet && !rollout.createNewSet()) return;
  if (rollout.newSet) rollout.scale(rollout.newSet, wantedReplicas(rollout.deployment));
  if (isComplete(rollout.deployment, rollout.deployment.status)) rollout.cleanUp();
}

function growNewSet(rollout: Rollout): boolean {
  const { newSet, deployment } = rollout;
  if (!newSet) return false;
  const size = wantedReplicas(newSet);
  const wanted = wantedReplicas(deployment);
  if (size === wanted) return false;
  return rollout.scale(newSet, size > wanted ? wanted : rollout.newSetSize(size));
}

function shrinkOldSets(rollout: Rollout): boolean {
  const { deployment, newSet } = rollout;
  if (rollout.activeOldSets.length === 0) return false;
  const least = wantedReplicas(deployment) - maxUnavailable(deployment);
  const all = rollout.sets.reduce((sum, set) => sum + wantedReplicas(set), 0);
  const missing = (newSet?.spec.replicas ?? 0) - (newSet?.status?.availableReplicas ?? 0);
  const room = all - least - missing;
  if (room <= 0) return false;
  // Those that do not run anyway go first: they are no loss.
  const cleaned = shrink(rollout, room, (set) =>
    Math.max(0, wantedReplicas(set) - (set.status?.availableReplicas ?? 0)),
  );
  const available = rollout.sets.reduce((sum, { status }) => sum + (status?.availableReplicas ?? 0), 0);
  const shrunk = shrink(rollout, available - least, wantedReplicas);
  return cleaned + shrunk > 0;
}

/** @returns how many Pods go */
function shrink(rollout: Rollout, most: number, spare: (set: Rollout['oldSets'][number]) => number): number {
  let gone = 0;
  for (const set of rollout.oldSets.filter(isScaledUp)) {
    const count = Math.min(most - gone, spare(set));
    if (count <= 0) continue;
    rollout.scale(set, wantedReplicas(set) - count);
    gone += count;
  }
  return gone;
}

function isOldRunning({ cluster, oldSets }: Rollout): boolean {
  return oldSets.some(
    ({ metadata, status }) => (status?.replicas ?? 0) > 0 || hasPods(cluster, metadata.uid),
  );
}

function hasPods(cluster: Cluster, uid: string): boolean {
  return cluster.ownedBy('pods', uid).some((pod) => !isFinished(pod));
}
