import type { Deployment } from '../../../../kubernetes/api.ts';
import type { Stored } from '../../object.ts';
import { scaledValue } from '../fraction.ts';
import { wantedReplicas } from '../replicas.ts';

/** Whether it replaces its Pods little by little. */
export function isRollingUpdate({ spec }: Stored<Deployment>): boolean {
  return spec.strategy?.type !== 'Recreate';
}

/** How many Pods there may be more than are wanted; parts are rounded up. */
export function maxSurge(deployment: Stored<Deployment>): number {
  return isRollingUpdate(deployment) ? fenceposts(deployment).surge : 0;
}

/** How many Pods may be missing; parts are rounded down. */
export function maxUnavailable(deployment: Stored<Deployment>): number {
  const wanted = wantedReplicas(deployment);
  if (!isRollingUpdate(deployment) || wanted === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, wanted);
}

/** Where both are nothing, one Pod may be missing: otherwise nothing could move (`ResolveFenceposts`). */
function fenceposts(deployment: Stored<Deployment>): {
  surge: number;
  unavailable: number;
} {
  const { strategy: { rollingUpdate = {} } = {} } = deployment.spec;
  const { maxSurge: most = '25%', maxUnavailable: missing = '25%' } = rollingUpdate;
  const wanted = wantedReplicas(deployment);
  const surge = scaledValue(most, wanted, 'up');
  const unavailable = scaledValue(missing, wanted, 'down');
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** Whether its progress is watched: 2147483647 seconds are none. */
export function hasProgressDeadline({ spec }: Stored<Deployment>): boolean {
  return spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== 2_147_483_647;
}
