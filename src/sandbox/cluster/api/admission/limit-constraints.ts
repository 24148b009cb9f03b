import type { LimitRange, LimitRangeItem, PersistentVolumeClaim, Pod } from '../../../../kubernetes/api.ts';
import { compareQuantities, parseQuantity } from '../../../../kubernetes/quantity.ts';
import { type Amounts, podLimits, podRequests } from './pod-totals.ts';

/** What the LimitRanges of a namespace forbid of a Pod; undefined when it is all right. */
export function podLimitRefusal(pod: Pod, ranges: readonly LimitRange[]): string | undefined {
  return firstRefusal(ranges, (item) => {
    if (item.type === 'Pod') return complaintsOf(item, podRequests(pod), podLimits(pod));
    if (item.type !== 'Container') return [];
    const { containers = [], initContainers = [] } = pod.spec ?? {};
    return [...containers, ...initContainers].flatMap(({ resources }) =>
      complaintsOf(item, resources?.requests ?? {}, resources?.limits ?? {}),
    );
  });
}

/** The same for a claim. */
export function claimLimitRefusal(
  { spec }: PersistentVolumeClaim,
  ranges: readonly LimitRange[],
): string | undefined {
  const requests = spec?.resources?.requests ?? {};
  return firstRefusal(ranges, (item) => {
    if (item.type !== 'PersistentVolumeClaim') return [];
    return [
      ...each(item.min, (name, least) => belowLeast(item.type, name, least, requests, {})),
      ...each(item.max, (name, most) => {
        const start = `maximum ${name} usage per ${item.type} is ${most}`;
        const asked = requests[name];
        if (asked === undefined) return `${start}.  No request is specified`;
        return isLess(most, asked) ? `${start}, but request is ${asked}` : undefined;
      }),
    ];
  });
}

/** Several complaints of one LimitRange stand in brackets, as Go prints a list of errors. */
function firstRefusal(
  ranges: readonly LimitRange[],
  complaints: (item: LimitRangeItem) => readonly string[],
): string | undefined {
  for (const { spec } of ranges) {
    const found = [...new Set((spec?.limits ?? []).flatMap(complaints))];
    if (found.length > 0) return found.length === 1 ? found[0] : `[${found.join(', ')}]`;
  }
  return undefined;
}

function complaintsOf(item: LimitRangeItem, requests: Amounts, limits: Amounts): string[] {
  const { type } = item;
  return [
    ...each(item.min, (name, least) => belowLeast(type, name, least, requests, limits)),
    ...each(item.max, (name, most) => aboveMost(type, name, most, requests, limits)),
    ...each(item.maxLimitRequestRatio, (name, ratio) => aboveRatio(type, name, ratio, requests, limits)),
  ];
}

function each(
  amounts: Amounts | undefined,
  complaint: (name: string, amount: string) => string | undefined,
): string[] {
  return Object.entries(amounts ?? {}).flatMap(([name, amount]) => complaint(name, amount) ?? []);
}

function belowLeast(
  type: string,
  name: string,
  least: string,
  requests: Amounts,
  limits: Amounts,
): string | undefined {
  const start = `minimum ${name} usage per ${type} is ${least}`;
  const asked = requests[name];
  const limit = limits[name];
  if (asked === undefined) return `${start}.  No request is specified`;
  if (isLess(asked, least)) return `${start}, but request is ${asked}`;
  return limit !== undefined && isLess(limit, least) ? `${start}, but limit is ${limit}` : undefined;
}

function aboveMost(
  type: string,
  name: string,
  most: string,
  requests: Amounts,
  limits: Amounts,
): string | undefined {
  const start = `maximum ${name} usage per ${type} is ${most}`;
  const asked = requests[name];
  const limit = limits[name];
  if (limit === undefined) return `${start}.  No limit is specified`;
  if (isLess(most, limit)) return `${start}, but limit is ${limit}`;
  return asked !== undefined && isLess(most, asked) ? `${start}, but request is ${asked}` : undefined;
}

function aboveRatio(
  type: string,
  name: string,
  ratio: string,
  requests: Amounts,
  limits: Amounts,
): string | undefined {
  const start = `${name} max limit to request ratio per ${type} is ${ratio}`;
  const asked = amountOf(requests[name]);
  const limit = amountOf(limits[name]);
  if (asked === 0n) return `${start}, but no request is specified or request is 0`;
  if (limit === 0n) return `${start}, but no limit is specified or limit is 0`;
  const found = Number(limit) / Number(asked);
  const allowed = Number(amountOf(ratio)) / 1e9;
  return found > allowed ? `${start}, but provided ratio is ${found.toFixed(6)}` : undefined;
}

/** In billionths, none where nothing is said. */
function amountOf(amount = '0'): bigint {
  return parseQuantity(amount) ?? 0n;
}

function isLess(one: string, other: string): boolean {
  return compareQuantities(one, other) === -1;
}
