import type { ResourceQuota, ResourceQuotaSpec } from '../../../../kubernetes/api.ts';
import type { Stored } from '../../object.ts';
import { type Complaint, invalid, required } from '../complaint.ts';
import { quantityComplaints, resourceNameComplaints } from '../pod/resource-validation.ts';

const counted = [
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
  'services.nodeports',
  'services.loadbalancers',
];
const scopes = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
];
const opposites = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;

/** What is wrong with a ResourceQuota (k8s.io/kubernetes/pkg/apis/core/validation, ValidateResourceQuotaSpec). */
export function resourceQuotaComplaints({ spec = {} }: ResourceQuota): readonly Complaint[] {
  return [
    ...Object.entries(spec.hard ?? {}).flatMap(([name, amount]) => {
      const path = `spec.hard[${name}]`;
      return [...nameComplaints(name, path), ...quantityComplaints(name, amount, path)];
    }),
    ...scopeComplaints(spec),
  ];
}

/** What of a ResourceQuota may not change. */
export function resourceQuotaUpdateComplaints(
  { spec }: ResourceQuota,
  { spec: old }: Stored<ResourceQuota>,
): readonly Complaint[] {
  const now = [...(spec?.scopes ?? [])].sort();
  const before = [...(old?.scopes ?? [])].sort();
  if (now.join() === before.join()) return [];
  return [invalid('spec.scopes', spec?.scopes ?? null, 'field is immutable')];
}

function nameComplaints(name: string, path: string): readonly Complaint[] {
  const wrong = resourceNameComplaints(name, path);
  const isKnown =
    name.includes('/') || counted.includes(name) || /^((requests|limits)\.)?hugepages-/.test(name);
  return isKnown ? wrong : [...wrong, invalid(path, name, 'must be a standard resource for quota')];
}

function scopeComplaints({ scopes: given = [], scopeSelector }: ResourceQuotaSpec): readonly Complaint[] {
  const values = 'spec.scopeSelector.matchExpressions.values';
  const none = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
  const path = 'spec.scopes';
  return [
    ...given.filter((scope) => !scopes.includes(scope)).map(() => invalid(path, given, 'unsupported scope')),
    ...opposites
      .filter((pair) => pair.every((scope) => given.includes(scope)))
      .map(() => invalid(path, given, 'conflicting scopes')),
    ...(scopeSelector?.matchExpressions ?? [])
      .filter((each) => ['In', 'NotIn'].includes(each.operator) && !each.values?.length)
      .map(() => required(values, none)),
  ];
}
