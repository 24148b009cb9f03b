import type { Deployment, DeploymentStrategy } from '../../../../kubernetes/api.ts';
import type { Stored } from '../../object.ts';
import { type Complaint, forbidden, invalid, notSupported } from '../complaint.ts';
import type { Decoded } from '../kind.ts';
import { selectorUpdateComplaints } from '../selector-validation.ts';
import { amountComplaints, notNegative } from '../value-rules.ts';
import { amountOf, percentComplaints, selectionComplaints } from './workload-validation.ts';

const names = { ofSelector: 'deployment', ofTemplate: 'ReplicaSet', refusal: 'invalid label selector' };

/** What is wrong with a Deployment (k8s.io/kubernetes/pkg/apis/apps/validation, ValidateDeploymentSpec). */
export function deploymentComplaints({ spec }: Decoded<Deployment>): readonly Complaint[] {
  const { replicas, selector, template = {}, strategy = {}, minReadySeconds = 0 } = spec;
  const { revisionHistoryLimit, progressDeadlineSeconds: deadline } = spec;
  const path = 'spec.progressDeadlineSeconds';
  const tooSoon = deadline !== undefined && deadline <= minReadySeconds;
  return [
    ...notNegative('spec.replicas', replicas),
    ...selectionComplaints(selector, template, names),
    ...strategyComplaints(strategy),
    ...notNegative('spec.minReadySeconds', minReadySeconds),
    ...notNegative('spec.revisionHistoryLimit', revisionHistoryLimit),
    ...notNegative(path, deadline),
    ...(tooSoon ? [invalid(path, deadline, 'must be greater than minReadySeconds')] : []),
  ];
}

/** What of a Deployment may not change (ValidateDeploymentUpdate). */
export function deploymentUpdateComplaints(
  { spec }: Deployment,
  old: Stored<Deployment>,
): readonly Complaint[] {
  return selectorUpdateComplaints(spec?.selector, old.spec?.selector);
}

function strategyComplaints({ type, rollingUpdate }: DeploymentStrategy): readonly Complaint[] {
  const path = 'spec.strategy';
  if (type === 'Recreate') {
    const why = "may not be specified when strategy `type` is 'Recreate'";
    return rollingUpdate ? [forbidden(`${path}.rollingUpdate`, why)] : [];
  }
  if (type !== 'RollingUpdate') {
    const shown = { Type: type, RollingUpdate: shownAmounts(rollingUpdate) };
    return [notSupported(path, shown, ['Recreate', 'RollingUpdate'])];
  }
  const maxUnavailable = rollingUpdate?.maxUnavailable;
  const maxSurge = rollingUpdate?.maxSurge;
  const unavailable = `${path}.rollingUpdate.maxUnavailable`;
  const isStuck = amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0;
  return [
    ...amountComplaints(unavailable, maxUnavailable),
    ...amountComplaints(`${path}.rollingUpdate.maxSurge`, maxSurge),
    ...(isStuck ? [invalid(unavailable, maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...percentComplaints(unavailable, maxUnavailable),
  ];
}

function shownAmounts(rolling: DeploymentStrategy['rollingUpdate']): unknown {
  if (!rolling) return null;
  return { MaxUnavailable: rolling.maxUnavailable ?? 0, MaxSurge: rolling.maxSurge ?? 0 };
}
