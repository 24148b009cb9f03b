import type { Job } from '../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../simulation.ts';
import type { Cluster } from '../cluster.ts';
import type { Stored } from '../object.ts';
import { isTrue } from './conditions.ts';

const name = 'ttl-after-finished';

/**
 * Deletes Jobs that ended some time ago, where they say after how long
 * (k8s.io/kubernetes/pkg/controller/ttlafterfinished).
 */
export function ttlAfterFinishedController(cluster: Cluster, simulation: Simulation): Controller {
  return {
    name,
    tables: ['jobs.batch'],
    concerns: ({ table, key, after }) =>
      table === 'jobs.batch' && expiryOf(after as Stored<Job> | undefined) !== undefined ? [key] : [],
    reconcile(key) {
      const job = cluster.getByKey('jobs.batch', key);
      const expiry = expiryOf(job);
      if (!job || expiry === undefined || job.metadata.deletionTimestamp !== undefined) return;
      if (expiry > cluster.now) {
        simulation.wake(name, key, expiry);
        return;
      }
      cluster.remove('jobs.batch', job.metadata.namespace, job.metadata.name, {
        propagation: 'Foreground',
      });
    },
  };
}

function expiryOf(job: Stored<Job> | undefined): number | undefined {
  const { ttlSecondsAfterFinished } = job?.spec ?? {};
  if (ttlSecondsAfterFinished === undefined) return undefined;
  const { conditions } = job?.status ?? {};
  const ended = conditions?.find(
    ({ type }) => (type === 'Complete' || type === 'Failed') && isTrue(conditions, type),
  );
  if (!ended) return undefined;
  const { lastTransitionTime = '' } = ended;
  return Date.parse(lastTransitionTime) + ttlSecondsAfterFinished * 1000;
}
