import type { LabelSelector, LabelSelectorRequirement } from '../../../kubernetes/api.ts';
import { sameValue } from '../object.ts';
import { type Complaint, forbidden, invalid, required } from './complaint.ts';
import { shownSelector } from './go-values.ts';
import { labelKeyComplaints, labelValueComplaints } from './label-rules.ts';
import { labelsComplaints } from './object-meta.ts';
import { complaintsOf } from './value-rules.ts';

/** What is wrong with a selector (k8s.io/apimachinery/pkg/apis/meta/v1/validation, ValidateLabelSelector). */
export function selectorComplaints(selector: LabelSelector | undefined, path: string): readonly Complaint[] {
  if (!selector) return [];
  const { matchLabels, matchExpressions = [] } = selector;
  return [
    ...labelsComplaints(matchLabels, `${path}.matchLabels`),
    ...matchExpressions.flatMap((each, index) =>
      requirementComplaints(each, `${path}.matchExpressions[${index}]`),
    ),
  ];
}

/** A workload keeps its selector. */
export function selectorUpdateComplaints(
  selector: LabelSelector | undefined,
  old: LabelSelector | undefined,
): readonly Complaint[] {
  if (sameValue(selector, old)) return [];
  return [invalid('spec.selector', shownSelector(selector), 'field is immutable')];
}

/** Whether a selector says nothing, so that it fits everything. */
export function isEmptySelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** Whether a selector can be used: upstream makes one of labels out of it first, and speaks of nothing else then. */
export function isUsableSelector(selector: LabelSelector): boolean {
  return selectorComplaints(selector, '').length === 0;
}

function requirementComplaints(
  { key, operator, values = [] }: LabelSelectorRequirement,
  path: string,
): readonly Complaint[] {
  return [
    ...operatorComplaints(operator, values, path),
    ...complaintsOf(`${path}.key`, key, labelKeyComplaints(key)),
    ...values.flatMap((value, index) =>
      complaintsOf(`${path}.values[${index}]`, value, labelValueComplaints(value)),
    ),
  ];
}

function operatorComplaints(operator: string, values: readonly string[], path: string): readonly Complaint[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0
        ? []
        : [required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0
        ? []
        : [forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    default:
      return [invalid(`${path}.operator`, operator, 'not a valid selector operator')];
  }
}
