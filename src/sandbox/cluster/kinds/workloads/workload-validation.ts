import type { LabelSelector, PodTemplateSpec } from '../../../../kubernetes/api.ts';
import { fitsSelector } from '../../object.ts';
import { type Complaint, forbidden, invalid, notSupported, required } from '../complaint.ts';
import { shownLabels } from '../go-values.ts';
import { templateComplaints } from '../pod/pod-validation.ts';
import { isEmptySelector, isUsableSelector, selectorComplaints } from '../selector-validation.ts';

/**
 * What is wrong with a workload's selector, its template, and whether they belong together
 * (k8s.io/kubernetes/pkg/apis/apps/validation, ValidateDeploymentSpec and the like).
 *
 * @param kind as the messages name it
 */
export function selectionComplaints(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec,
  kind: { readonly ofSelector: string; readonly ofTemplate: string; readonly refusal: string },
): readonly Complaint[] {
  const path = 'spec.selector';
  const isEmpty = selector && isEmptySelector(selector);
  const known = [
    ...(selector ? selectorComplaints(selector, path) : [required(path)]),
    ...(isEmpty ? [invalid(path, {}, `empty selector is invalid for ${kind.ofSelector}`)] : []),
  ];
  if (selector && !isUsableSelector(selector)) return [...known, invalid(path, selector, kind.refusal)];
  return [
    ...known,
    ...(isEmpty ? [] : matchComplaints(selector, template, 'spec.template')),
    ...templateComplaints(template, 'spec.template'),
    ...restartComplaints(template, kind.ofTemplate),
  ];
}

/** That a selector finds the Pods of its template. */
export function matchComplaints(
  selector: LabelSelector | undefined,
  { metadata }: PodTemplateSpec,
  path: string,
): readonly Complaint[] {
  if (fitsSelector(selector, metadata?.labels)) return [];
  const why = '`selector` does not match template `labels`';
  return [invalid(`${path}.metadata.labels`, shownLabels(metadata?.labels), why)];
}

/** What of a template only Pods may have that end. */
export function restartComplaints({ spec }: PodTemplateSpec, kind: string): readonly Complaint[] {
  const path = 'spec.template.spec';
  return [
    ...(spec?.restartPolicy === 'Always'
      ? []
      : [notSupported(`${path}.restartPolicy`, spec?.restartPolicy ?? '', ['Always'])]),
    ...(spec?.activeDeadlineSeconds === undefined
      ? []
      : [forbidden(`${path}.activeDeadlineSeconds`, `activeDeadlineSeconds in ${kind} is not Supported`)]),
  ];
}

/** A number, or the number of a percentage. */
export function amountOf(value: number | string | undefined): number {
  return typeof value === 'number' ? value : Number.parseInt(value ?? '0', 10) || 0;
}

/** A percentage of more than there is (IsNotMoreThan100Percent). */
export function percentComplaints(path: string, value: number | string | undefined): readonly Complaint[] {
  const isMore = typeof value === 'string' && /^\d+%$/.test(value) && amountOf(value) > 100;
  return isMore ? [invalid(path, value, 'must not be greater than 100%')] : [];
}
