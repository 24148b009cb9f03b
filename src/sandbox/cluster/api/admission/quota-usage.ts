import type { PersistentVolumeClaim, Pod, ResourceQuota, Service } from '../../../../kubernetes/api.ts';
import type { ApiObject } from '../../object.ts';
import type { Resource } from '../../resources.ts';
import { type Amounts, podLimits, podRequests } from './pod-totals.ts';

/** Kinds whose objects can be counted by their bare name, besides `count/…`. */
const counted: readonly Resource[] = [
  'configmaps',
  'persistentvolumeclaims',
  'resourcequotas',
  'secrets',
  'services',
];

/**
 * What an object takes of a quota (k8s.io/kubernetes/pkg/quota/v1/evaluator/core): for admission, and for
 * whoever sums up what is used. A Pod that has ended takes only its place in the count of objects.
 */
export function quotaUsage(resource: Resource, object: ApiObject): Amounts {
  const counts = { [`count/${resource}`]: '1', ...(counted.includes(resource) ? { [resource]: '1' } : {}) };
  switch (resource) {
    case 'pods':
      return { ...counts, ...podUsage(object as Pod) };
    case 'services':
      return { ...counts, ...serviceUsage(object as Service) };
    case 'persistentvolumeclaims':
      return { ...counts, ...claimUsage(object as PersistentVolumeClaim) };
    default:
      return counts;
  }
}

/** Whether a quota counts an object at all, by its scopes. */
export function isInScope({ spec }: ResourceQuota, resource: Resource, object: ApiObject): boolean {
  const scopes = spec?.scopes ?? [];
  const selectors = spec?.scopeSelector?.matchExpressions ?? [];
  if (scopes.length === 0 && selectors.length === 0) return true;
  if (resource !== 'pods') return false;
  const pod = object as Pod;
  return (
    scopes.every((scope) => fits(pod, scope, 'Exists', [])) &&
    selectors.every(({ scopeName, operator, values = [] }) => fits(pod, scopeName, operator, values))
  );
}

function fits({ spec }: Pod, scope: string, operator: string, values: readonly string[]): boolean {
  const deadline = spec?.activeDeadlineSeconds;
  const isBestEffort = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].every(
    ({ resources }) => isBare(resources?.requests) && isBare(resources?.limits),
  );
  switch (scope) {
    case 'Terminating':
      return deadline !== undefined;
    case 'NotTerminating':
      return deadline === undefined;
    case 'BestEffort':
      return isBestEffort;
    case 'NotBestEffort':
      return !isBestEffort;
    case 'PriorityClass': {
      const name = spec?.priorityClassName ?? '';
      if (operator === 'In') return values.includes(name);
      if (operator === 'NotIn') return !values.includes(name);
      return operator === 'Exists' ? name !== '' : name === '';
    }
    default:
      return false;
  }
}

function isBare(amounts: Amounts | undefined): boolean {
  return !['cpu', 'memory'].some((name) => amounts?.[name] !== undefined && amounts[name] !== '0');
}

function podUsage(pod: Pod): Amounts {
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return {};
  return { pods: '1', ...computeUsage(podRequests(pod), podLimits(pod)) };
}

const native = ['cpu', 'memory', 'ephemeral-storage'];

/** Requests and limits under the names that quotas have for them. */
export function computeUsage(requests: Amounts, limits: Amounts): Amounts {
  const found: Record<string, string> = {};
  for (const [name, amount] of Object.entries(requests)) {
    if (native.includes(name) || name.startsWith('hugepages-')) found[name] = amount;
    found[`requests.${name}`] = amount;
  }
  for (const [name, amount] of Object.entries(limits)) {
    if (native.includes(name)) found[`limits.${name}`] = amount;
  }
  return found;
}

function serviceUsage({ spec }: Service): Amounts {
  const ports = spec?.ports ?? [];
  const isBalanced = spec?.type === 'LoadBalancer';
  const allocated =
    isBalanced && spec?.allocateLoadBalancerNodePorts === false
      ? ports.filter(({ nodePort }) => nodePort)
      : ports;
  const nodePorts = isBalanced || spec?.type === 'NodePort' ? allocated.length : 0;
  return { 'services.loadbalancers': isBalanced ? '1' : '0', 'services.nodeports': `${nodePorts}` };
}

function claimUsage({ spec }: PersistentVolumeClaim): Amounts {
  const storage = spec?.resources?.requests?.storage;
  const named = spec?.storageClassName && `${spec.storageClassName}.storageclass.storage.k8s.io`;
  return {
    ...(named ? { [`${named}/persistentvolumeclaims`]: '1' } : {}),
    ...(storage === undefined ? {} : { 'requests.storage': storage }),
    ...(storage !== undefined && named ? { [`${named}/requests.storage`]: storage } : {}),
  };
}
