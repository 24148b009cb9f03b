import type { ResourceRequirements } from '../../../../kubernetes/api.ts';
import { compareQuantities } from '../../../../kubernetes/quantity.ts';
import { thousandths, wholeUnits } from '../../../../kubernetes/quantity-text.ts';
import { type Complaint, forbidden, invalid, required } from '../complaint.ts';
import { labelKeyComplaints } from '../label-rules.ts';
import { complaintsOf } from '../value-rules.ts';

/** What a container can ask for by a short name. */
const ofContainers = ['cpu', 'memory', 'ephemeral-storage'];
/** What else has a short name. */
const standard = [
  ...ofContainers,
  'storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'requests.storage',
  'services.nodeports',
  'services.loadbalancers',
];

/**
 * What is wrong with what a container asks for and may use
 * (k8s.io/kubernetes/pkg/apis/core/validation, validateResourceRequirements).
 */
export function requirementComplaints(
  requirements: ResourceRequirements | undefined,
  path: string,
): readonly Complaint[] {
  const { limits = {}, requests = {} } = requirements ?? {};
  const where = `${path}.requests`;
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  const isHuge = names.some((name) => name.startsWith('hugepages-'));
  const isHugeAlone = isHuge && !names.includes('cpu') && !names.includes('memory');
  return [
    ...Object.entries(limits).flatMap(([name, amount]) => [
      ...amountComplaints(name, amount, `${path}.limits[${name}]`),
      ...pageComplaints(name, amount, `${path}.limits[${name}]`),
    ]),
    ...Object.entries(requests).flatMap(([name, amount]) => [
      ...amountComplaints(name, amount, `${where}[${name}]`),
      ...againstLimit(name, amount, limits[name], path),
      ...pageComplaints(name, amount, `${where}[${name}]`),
    ]),
    ...(isHugeAlone ? [forbidden(path, 'HugePages require cpu or memory')] : []),
  ];
}

/** What is wrong with the name of a resource (validateResourceName). */
export function resourceNameComplaints(name: string, path: string): readonly Complaint[] {
  const wrong = complaintsOf(path, name, labelKeyComplaints(name));
  if (wrong.length > 0 || name.includes('/')) return wrong;
  const isKnown = standard.includes(name) || name.startsWith('hugepages-');
  return isKnown ? [] : [invalid(path, name, 'must be a standard resource type or fully qualified')];
}

/** What is wrong with the name of something that a container asks for (validateContainerResourceName). */
export function containerResourceComplaints(name: string, path: string): readonly Complaint[] {
  const wrong = resourceNameComplaints(name, path);
  if (!name.includes('/')) {
    const isKnown = ofContainers.includes(name) || name.startsWith('hugepages-');
    return isKnown ? wrong : [...wrong, invalid(path, name, 'must be a standard resource for containers')];
  }
  const isNative = /(^|\.)kubernetes\.io\//.test(name);
  return isNative || isExtended(name)
    ? wrong
    : [...wrong, invalid(path, name, "doesn't follow extended resource name standard")];
}

/** What is wrong with an amount of a resource (ValidateResourceQuantityValue). */
export function quantityComplaints(name: string, amount: string, path: string): readonly Complaint[] {
  const isCounted = isExtended(name) || wholeOnly.includes(name);
  return [
    ...(compareQuantities(amount, '0') === -1
      ? [invalid(path, amount, 'must be greater than or equal to 0')]
      : []),
    ...(isCounted && thousandths(amount) % 1000 !== 0 ? [invalid(path, amount, 'must be an integer')] : []),
  ];
}

const wholeOnly = [
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];

function amountComplaints(name: string, amount: string, path: string): readonly Complaint[] {
  return [...containerResourceComplaints(name, path), ...quantityComplaints(name, amount, path)];
}

/** Pages are asked for whole (validateResourceQuantityHugePageValue). */
function pageComplaints(name: string, amount: string, path: string): readonly Complaint[] {
  const [, size] = /^hugepages-(.+)$/.exec(name) ?? [];
  if (size === undefined) return [];
  const [page, wanted] = [wholeUnits(size), wholeUnits(amount)];
  return page > 0 && wanted % page === 0
    ? []
    : [invalid(path, amount, `${amount} is not positive integer multiple of ${name}`)];
}

/** Something of the node's own, such as `example.com/dongle`. */
function isExtended(name: string): boolean {
  return name.includes('/') && !/(^|\.)kubernetes\.io\//.test(name) && !name.startsWith('requests.');
}

function againstLimit(
  name: string,
  amount: string,
  limit: string | undefined,
  path: string,
): readonly Complaint[] {
  const canBeMore = ofContainers.includes(name) || (!isExtended(name) && !name.startsWith('hugepages-'));
  if (limit === undefined) {
    return canBeMore
      ? []
      : [required(`${path}.limits`, 'Limit must be set for non overcommitable resources')];
  }
  const compared = compareQuantities(amount, limit);
  const field = `${path}.requests`;
  if (compared !== 0 && !canBeMore)
    return [invalid(field, amount, `must be equal to ${name} limit of ${limit}`)];
  return compared === 1
    ? [invalid(field, amount, `must be less than or equal to ${name} limit of ${limit}`)]
    : [];
}
