import type { ReplicaSet } from '../../../../kubernetes/api.ts';
import type { Stored } from '../../object.ts';
import type { Complaint } from '../complaint.ts';
import { selectorUpdateComplaints } from '../selector-validation.ts';
import { notNegative } from '../value-rules.ts';
import { selectionComplaints } from './workload-validation.ts';

const names = { ofSelector: 'deployment', ofTemplate: 'ReplicaSet', refusal: 'invalid label selector' };

/** What is wrong with a ReplicaSet (k8s.io/kubernetes/pkg/apis/apps/validation, ValidateReplicaSetSpec). */
export function replicaSetComplaints({ spec }: ReplicaSet): readonly Complaint[] {
  return [
    ...notNegative('spec.replicas', spec?.replicas),
    ...notNegative('spec.minReadySeconds', spec?.minReadySeconds),
    ...selectionComplaints(spec?.selector, spec?.template ?? {}, names),
  ];
}

/** What of a ReplicaSet may not change. */
export function replicaSetUpdateComplaints(
  { spec }: ReplicaSet,
  old: Stored<ReplicaSet>,
): readonly Complaint[] {
  return selectorUpdateComplaints(spec?.selector, old.spec?.selector);
}
