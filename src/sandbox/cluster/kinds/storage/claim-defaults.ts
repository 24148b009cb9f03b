import type { PersistentVolumeClaim } from '../../../../kubernetes/api.ts';
import { filled, inField } from '../filled.ts';
import { defaultedClaimSpec } from '../pod/volume-defaults.ts';

/** A claim with what was left out (k8s.io/kubernetes/pkg/apis/core/v1, SetDefaults_PersistentVolumeClaim). */
export function defaultedClaim(claim: PersistentVolumeClaim): PersistentVolumeClaim {
  const begun = inField(claim, 'status', (status) => filled(status, { phase: 'Pending' }));
  return inField(begun, 'spec', defaultedClaimSpec);
}
