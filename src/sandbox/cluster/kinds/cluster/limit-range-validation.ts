import type { LimitRange, LimitRangeItem } from '../../../../kubernetes/api.ts';
import { compareQuantities } from '../../../../kubernetes/quantity.ts';
import { thousandths } from '../../../../kubernetes/quantity-text.ts';
import { type Complaint, duplicate, forbidden, invalid, required } from '../complaint.ts';
import { labelKeyComplaints } from '../label-rules.ts';
import { containerResourceComplaints, resourceNameComplaints } from '../pod/resource-validation.ts';
import { complaintsOf } from '../value-rules.ts';

const types = ['Pod', 'Container', 'PersistentVolumeClaim'];
const lists = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

/** What is wrong with a LimitRange (k8s.io/kubernetes/pkg/apis/core/validation, ValidateLimitRange). */
export function limitRangeComplaints({ spec }: LimitRange): readonly Complaint[] {
  const limits = spec?.limits ?? [];
  return limits.flatMap((item, index) => {
    const path = `spec.limits[${index}]`;
    const isTwice = limits.findIndex(({ type }) => type === item.type) < index;
    return [
      ...typeComplaints(item.type, `${path}.type`),
      ...(isTwice ? [duplicate(`${path}.type`, item.type)] : []),
      ...nameComplaints(item, path),
      ...storageComplaints(item, path),
      ...amountComplaints(item, path),
    ];
  });
}

function typeComplaints(type: string, path: string): readonly Complaint[] {
  const wrong = complaintsOf(path, type, labelKeyComplaints(type));
  if (wrong.length > 0 || type.includes('/') || types.includes(type)) return wrong;
  return [invalid(path, type, 'must be a standard limit type or fully qualified')];
}

function nameComplaints(item: LimitRangeItem, path: string): readonly Complaint[] {
  const isOfPods = item.type === 'Pod' || item.type === 'Container';
  const check = isOfPods ? containerResourceComplaints : resourceNameComplaints;
  return lists.flatMap((list) => {
    const isDefault = list === 'default' || list === 'defaultRequest';
    if (item.type === 'Pod' && isDefault) {
      const isThere = Object.keys(item[list] ?? {}).length > 0;
      return isThere ? [forbidden(`${path}.${list}`, "may not be specified when `type` is 'Pod'")] : [];
    }
    return Object.keys(item[list] ?? {}).flatMap((name) => check(name, `${path}.${list}[${name}]`));
  });
}

function storageComplaints({ type, min, max }: LimitRangeItem, path: string): readonly Complaint[] {
  if (type !== 'PersistentVolumeClaim' || min?.storage !== undefined || max?.storage !== undefined) return [];
  const why = 'either minimum or maximum storage value is required, but neither was provided';
  return [required(`${path}.limits`, why)];
}

function amountComplaints(item: LimitRangeItem, path: string): readonly Complaint[] {
  const names = [...new Set(lists.flatMap((list) => Object.keys(item[list] ?? {})))].sort();
  return names.flatMap((name) => {
    const [min, max] = [item.min?.[name], item.max?.[name]];
    const [limit, request] = [item.default?.[name], item.defaultRequest?.[name]];
    const ratio = item.maxLimitRequestRatio?.[name];
    const at = (list: string): string => `${path}.${list}[${name}]`;
    const more = (one: string | undefined, other: string | undefined): boolean =>
      one !== undefined && other !== undefined && compareQuantities(one, other) === 1;
    const found: Complaint[] = [];
    if (more(min, max))
      found.push(invalid(at('min'), min, `min value ${min} is greater than max value ${max}`));
    if (more(min, request)) {
      found.push(
        invalid(
          at('defaultRequest'),
          request,
          `min value ${min} is greater than default request value ${request}`,
        ),
      );
    }
    if (more(request, max)) {
      found.push(
        invalid(
          at('defaultRequest'),
          request,
          `default request value ${request} is greater than max value ${max}`,
        ),
      );
    }
    if (more(request, limit)) {
      found.push(
        invalid(
          at('defaultRequest'),
          request,
          `default request value ${request} is greater than default limit value ${limit}`,
        ),
      );
    }
    if (more(min, limit)) {
      found.push(invalid(at('default'), min, `min value ${min} is greater than default value ${limit}`));
    }
    if (more(limit, max)) {
      found.push(invalid(at('default'), max, `default value ${limit} is greater than max value ${max}`));
    }
    if (more('1', ratio))
      found.push(invalid(at('maxLimitRequestRatio'), ratio, `ratio ${ratio} is less than 1`));
    if (ratio !== undefined && min !== undefined && max !== undefined) {
      const most = thousandths(max) / thousandths(min);
      const why = `ratio ${ratio} is greater than max/min = ${most.toFixed(6)}`;
      if (thousandths(ratio) / 1000 > most) found.push(invalid(at('maxLimitRequestRatio'), ratio, why));
    }
    return found;
  });
}
