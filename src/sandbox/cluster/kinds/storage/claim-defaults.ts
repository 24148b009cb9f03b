import type { PersistentVolumeClaim } from '../../../../kubernetes/api.ts';
import { filled, inField, withField } from '../filled.ts';
import { defaultedClaimSpec } from '../pod/volume-defaults.ts';

/** A claim with what was left out (k8s.io/kubernetes/pkg/apis/core/v1, SetDefaults_PersistentVolumeClaim). */
export function defaultedClaim(claim: PersistentVolumeClaim): PersistentVolumeClaim {
  const status = filled(claim.status ?? {}, { phase: 'Pending' });
  return inField(withField(claim, 'status', status), 'spec', defaultedClaimSpec);
}
