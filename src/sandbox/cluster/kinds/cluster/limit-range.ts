import type { LimitRange, LimitRangeItem } from '../../../../kubernetes/api.ts';
import { eachOf, filled, inField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { roundedUp } from '../resource-lists.ts';
import { limitRangeComplaints } from './limit-range-validation.ts';

/** LimitRanges (k8s.io/kubernetes/pkg/apis/core/v1 and pkg/apis/core/validation, ValidateLimitRange). */
export const limitRangeRules: KindRules<LimitRange> = {
  defaults: (object) =>
    inField(object, 'spec', (spec) => inField(spec, 'limits', (limits) => eachOf(limits, defaultedItem))),
  validate: limitRangeComplaints,
  createsOnUpdate: true,
};

function defaultedItem(item: LimitRangeItem): LimitRangeItem {
  const lists = ['default', 'defaultRequest', 'max', 'maxLimitRequestRatio', 'min'] as const;
  const rounded = lists.reduce((next, name) => inField(next, name, roundedUp), item);
  if (rounded.type !== 'Container') return rounded;
  const limit = filled(rounded.default ?? {}, rounded.max ?? {});
  const request = filled(filled(rounded.defaultRequest ?? {}, limit), rounded.min ?? {});
  return {
    ...rounded,
    ...(Object.keys(limit).length > 0 ? { default: limit } : {}),
    ...(Object.keys(request).length > 0 ? { defaultRequest: request } : {}),
  };
}
