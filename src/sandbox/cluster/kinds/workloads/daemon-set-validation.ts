import type { DaemonSet, DaemonSetUpdateStrategy } from '../../../../kubernetes/api.ts';
import type { Stored } from '../../object.ts';
import { type Complaint, invalid, notSupported, required } from '../complaint.ts';
import type { Decoded } from '../kind.ts';
import { templateComplaints } from '../pod/pod-validation.ts';
import {
  isEmptySelector,
  isUsableSelector,
  selectorComplaints,
  selectorUpdateComplaints,
} from '../selector-validation.ts';
import { amountComplaints, notNegative } from '../value-rules.ts';
import { amountOf, matchComplaints, percentComplaints, restartComplaints } from './workload-validation.ts';

/** What is wrong with a DaemonSet (k8s.io/kubernetes/pkg/apis/apps/validation, ValidateDaemonSetSpec). */
export function daemonSetComplaints({ spec }: Decoded<DaemonSet>): readonly Complaint[] {
  const { selector, template = {}, updateStrategy = {} } = spec;
  const path = 'spec.selector';
  return [
    ...selectorComplaints(selector, path),
    ...(selector && !isUsableSelector(selector) ? [] : matchComplaints(selector, template, 'spec.template')),
    ...(selector && isEmptySelector(selector)
      ? [invalid(path, {}, 'empty selector is invalid for daemonset')]
      : []),
    ...templateComplaints(template, 'spec.template'),
    ...restartComplaints(template, 'DaemonSet'),
    ...notNegative('spec.minReadySeconds', spec?.minReadySeconds),
    ...strategyComplaints(updateStrategy),
    ...notNegative('spec.revisionHistoryLimit', spec?.revisionHistoryLimit),
  ];
}

/** What of a DaemonSet may not change. */
export function daemonSetUpdateComplaints({ spec }: DaemonSet, old: Stored<DaemonSet>): readonly Complaint[] {
  return selectorUpdateComplaints(spec?.selector, old.spec?.selector);
}

function strategyComplaints({ type, rollingUpdate }: DaemonSetUpdateStrategy): readonly Complaint[] {
  const path = 'spec.updateStrategy';
  if (type === 'OnDelete') return [];
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {};
  if (type !== 'RollingUpdate') {
    const shown = {
      Type: type,
      RollingUpdate: rollingUpdate ? { MaxUnavailable: maxUnavailable, MaxSurge: maxSurge } : null,
    };
    return [notSupported(path, shown, ['RollingUpdate', 'OnDelete'])];
  }
  const unavailable = `${path}.rollingUpdate.maxUnavailable`;
  const surge = `${path}.rollingUpdate.maxSurge`;
  const [has, hasSurge] = [amountOf(maxUnavailable) !== 0, amountOf(maxSurge) !== 0];
  return [
    ...amountComplaints(unavailable, maxUnavailable),
    ...amountComplaints(surge, maxSurge),
    ...percentComplaints(unavailable, maxUnavailable),
    ...percentComplaints(surge, maxSurge),
    ...(has && hasSurge ? [invalid(surge, maxSurge, 'may not be set when maxUnavailable is non-zero')] : []),
    ...(has || hasSurge ? [] : [required(unavailable, 'cannot be 0 when maxSurge is 0')]),
  ];
}
