import type { Deployment } from '../../../../kubernetes/api.ts';
import { scaledValue } from '../fraction.ts';

/** How many Pods a Deployment wants. */
export function wantedReplicas({ spec }: Deployment): number {
  return spec?.replicas ?? 1;
}

/** Whether it replaces its Pods little by little. */
export function isRollingUpdate({ spec }: Deployment): boolean {
  return (spec?.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
}

/** How many Pods there may be more than are wanted; parts are rounded up. */
export function maxSurge(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? fenceposts(deployment).surge : 0;
}

/** How many Pods may be missing; parts are rounded down. */
export function maxUnavailable(deployment: Deployment): number {
  const wanted = wantedReplicas(deployment);
  if (!isRollingUpdate(deployment) || wanted === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, wanted);
}

/** Where both are nothing, one Pod may be missing: otherwise nothing could move (`ResolveFenceposts`). */
function fenceposts(deployment: Deployment): { surge: number; unavailable: number } {
  const { maxSurge: most = '25%', maxUnavailable: missing = '25%' } =
    deployment.spec?.strategy?.rollingUpdate ?? {};
  const wanted = wantedReplicas(deployment);
  const surge = scaledValue(most, wanted, 'up');
  const unavailable = scaledValue(missing, wanted, 'down');
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** Whether its progress is watched: 2147483647 seconds are none. */
export function hasProgressDeadline({ spec }: Deployment): boolean {
  return spec?.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== 2_147_483_647;
}
