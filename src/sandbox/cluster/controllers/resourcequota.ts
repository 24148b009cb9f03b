import type { Controller, Simulation } from '../../simulation.ts';
import type { Change } from '../../store.ts';
import { type Amounts, added } from '../api/admission/pod-totals.ts';
import { isInScope, quotaUsage } from '../api/admission/quota-usage.ts';
import type { Cluster } from '../cluster.ts';
import { type ApiObject, keyOf } from '../object.ts';
import { servedResources } from '../resources.ts';
import { isFinished, type StoredPod } from './pod-state.ts';

const name = 'resourcequota';

const none: readonly string[] = [];

/** Events are the only ones that cost nothing. */
const charged: ReadonlySet<string> = new Set(
  servedResources.map(({ table }) => table).filter((table) => table !== 'events'),
);

/** Counts what is used of a quota (k8s.io/kubernetes/pkg/controller/resourcequota). */
export function resourceQuotaController(cluster: Cluster, simulation: Simulation): Controller {
  return {
    name,
    tables: [...charged],
    concerns(change) {
      if (change.table === 'resourcequotas') return change.after === undefined ? none : [change.key];
      if (!charged.has(change.table) || !isRelease(change)) return none;
      const { namespace } = (change.before as ApiObject).metadata;
      return namespace === undefined ? none : cluster.list('resourcequotas', namespace).map(keyOf);
    },
    reconcile(key) {
      const quota = cluster.getByKey('resourcequotas', key);
      if (!quota) return;
      const { hard = {} } = quota.spec;
      const { namespace = '' } = quota.metadata;
      let used: Amounts = Object.fromEntries(Object.keys(hard).map((each) => [each, '0']));
      for (const { table, namespaced } of servedResources) {
        if (!namespaced || table === 'events') continue;
        for (const object of cluster.list(table, namespace) as readonly ApiObject[]) {
          if (!isInScope(quota, table, object)) continue;
          const usage = Object.entries(quotaUsage(table, object)).filter(([each]) => each in hard);
          if (usage.length > 0) used = added(used, Object.fromEntries(usage));
        }
      }
      cluster.updateStatus('resourcequotas', { ...quota, status: { hard, used } });
      // Everything is counted anew from time to time (`--resource-quota-sync-period`).
      simulation.wake(name, key, cluster.now + 5 * 60_000);
    },
  };
}

/** Whether something is given back: an object is gone, or a Pod has ended. New ones are charged on admission. */
function isRelease({ table, before, after }: Change): boolean {
  if (before === undefined) return false;
  if (after === undefined) return true;
  return table === 'pods' && isFinished(after as StoredPod) && !isFinished(before as StoredPod);
}
