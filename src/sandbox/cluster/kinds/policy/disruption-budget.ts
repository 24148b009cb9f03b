import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, integer, nameColumn, text } from '../cells.ts';
import { type Complaint, invalid } from '../complaint.ts';
import type { KindRules } from '../kind.ts';
import { selectorComplaints } from '../selector-validation.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { amountComplaints, oneOf } from '../value-rules.ts';
import { percentComplaints } from '../workloads/workload-validation.ts';

/** PodDisruptionBudgets (k8s.io/kubernetes/pkg/apis/policy/validation and pkg/registry/policy). */
export const disruptionBudgetRules: KindRules<PodDisruptionBudget> = {
  prepareCreate: (object) =>
    beginsWith(object, { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 }),
  prepareUpdate: keepsStatus,
  validate: ({ spec = {} }) => specComplaints(spec),
  columns: [
    nameColumn,
    text('Min Available'),
    text('Max Unavailable'),
    integer('Allowed Disruptions'),
    ageColumn,
  ],
  row: (object, context) => [
    object.metadata.name,
    `${object.spec?.minAvailable ?? 'N/A'}`,
    `${object.spec?.maxUnavailable ?? 'N/A'}`,
    object.status?.disruptionsAllowed ?? 0,
    ageOf(object, context),
  ],
  demandsVersion: true,
  hasStatus: true,
};

function specComplaints(spec: PodDisruptionBudgetSpec): readonly Complaint[] {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
  const shown = {
    MinAvailable: minAvailable ?? null,
    Selector: selector ?? null,
    MaxUnavailable: maxUnavailable ?? null,
    UnhealthyPodEvictionPolicy: policy ?? null,
  };
  const isBoth = minAvailable !== undefined && maxUnavailable !== undefined;
  return [
    ...(isBoth ? [invalid('spec', shown, 'minAvailable and maxUnavailable cannot be both set')] : []),
    ...amountComplaints('spec.minAvailable', minAvailable),
    ...percentComplaints('spec.minAvailable', minAvailable),
    ...amountComplaints('spec.maxUnavailable', maxUnavailable),
    ...percentComplaints('spec.maxUnavailable', maxUnavailable),
    ...selectorComplaints(selector, 'spec.selector'),
    ...(policy === undefined
      ? []
      : oneOf('spec.unhealthyPodEvictionPolicy', policy, ['AlwaysAllow', 'IfHealthyBudget'])),
  ];
}
