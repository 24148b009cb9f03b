import type { Pod, ResourceQuota } from '../../../../kubernetes/api.ts';
import { compareQuantities, parseQuantity } from '../../../../kubernetes/quantity.ts';
import type { Cluster } from '../../cluster.ts';
import type { ApiObject, Stored } from '../../object.ts';
import { type Resource, servedResource } from '../../resources.ts';
import { forbiddenObject } from '../objects/status.ts';
import { type Amounts, added } from './pod-totals.ts';
import { computeUsage, isInScope, quotaUsage } from './quota-usage.ts';

/**
 * Charges a new object to the quotas of its namespace (k8s.io/apiserver/pkg/admission/plugin/resourcequota).
 * The controller of quotas counts anew from time to time.
 *
 * @throws ApiError Forbidden when one of them would be exceeded, or asks for something the Pod does not say
 */
export function chargeQuotas(cluster: Cluster, resource: Resource, object: ApiObject): void {
  const { namespace } = object.metadata;
  if (namespace === undefined || resource === 'events') return;
  const quotas: readonly Stored<ResourceQuota>[] = cluster.list('resourcequotas', namespace);
  if (quotas.length === 0) return;
  const usage = quotaUsage(resource, object);
  const charged = quotas.flatMap((quota) => {
    const { hard = {}, used = {} } = quota.status ?? {};
    const delta = relevant(usage, hard);
    const restricts = Object.keys(delta).length > 0 || (resource === 'pods' && constrained(hard).length > 0);
    if (!restricts || !isInScope(quota, resource, object)) return [];
    if (resource === 'pods') demandRequests(quota, object as Pod, hard);
    const unknown = Object.keys(delta).filter((name) => used[name] === undefined);
    if (unknown.length > 0) {
      throw refusal(
        resource,
        object,
        `status unknown for quota: ${quota.metadata.name}, resources: ${unknown.sort().join(',')}`,
      );
    }
    const next = added(used, delta);
    const exceeded = Object.keys(delta).filter(
      (name) => compareQuantities(amountIn(next, name), amountIn(hard, name)) === 1,
    );
    if (exceeded.length > 0) {
      const told = [delta, used, hard].map((amounts) => printed(amounts, exceeded));
      throw refusal(
        resource,
        object,
        `exceeded quota: ${quota.metadata.name}, requested: ${told[0]}, used: ${told[1]}, limited: ${told[2]}`,
      );
    }
    return Object.keys(delta).length > 0 ? [{ ...quota, status: { ...quota.status, used: next } }] : [];
  });
  for (const quota of charged) cluster.updateStatus('resourcequotas', quota);

  function demandRequests(quota: Stored<ResourceQuota>, pod: Pod, hard: Amounts): void {
    const missing = missingRequests(pod, constrained(hard));
    if (missing === '') return;
    throw refusal(resource, object, `failed quota: ${quota.metadata.name}: must specify ${missing}`);
  }
}

/** What of an object's usage a quota limits, without what is none. */
function relevant(usage: Amounts, hard: Amounts): Amounts {
  return Object.fromEntries(
    Object.entries(usage).filter(
      ([name, amount]) => hard[name] !== undefined && parseQuantity(amount) !== 0n,
    ),
  );
}

const computeNames = ['cpu', 'limits.cpu', 'limits.memory', 'memory', 'requests.cpu', 'requests.memory'];

/** What every container has to say where it is limited. */
function constrained(hard: Amounts): readonly string[] {
  return computeNames.filter((name) => hard[name] !== undefined);
}

function missingRequests({ spec }: Pod, names: readonly string[]): string {
  if (names.length === 0 || spec?.resources) return '';
  const all = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return names
    .flatMap((name) => {
      const silent = all.filter(
        ({ resources }) =>
          computeUsage(resources?.requests ?? {}, resources?.limits ?? {})[name] === undefined,
      );
      const list = silent.map((each) => each.name).sort();
      return list.length > 0 ? [`${name} for: ${list.join(',')}`] : [];
    })
    .join('; ');
}

function amountIn(amounts: Amounts, name: string): string {
  return amounts[name] ?? '0';
}

function printed(amounts: Amounts, names: readonly string[]): string {
  return [...names]
    .sort()
    .map((name) => `${name}=${amountIn(amounts, name)}`)
    .join(',');
}

function refusal(resource: Resource, { metadata }: ApiObject, why: string): Error {
  return forbiddenObject(servedResource(resource), metadata.name ?? '', why);
}
