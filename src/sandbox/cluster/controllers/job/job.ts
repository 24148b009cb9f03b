import type { Controller, Simulation } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import type { Cluster } from '../../cluster.ts';
import { type ApiObject, controllerOf, keyOf } from '../../object.ts';
import { adoptersOf, managersOf } from '../owners.ts';
import type { StoredPod } from '../pod-state.ts';
import { Retries } from '../retries.ts';
import { keepRecord } from './job-pause.ts';
import { isTracked, untrack } from './job-pods.ts';
import { isJobFinished, syncJob } from './job-sync.ts';

const name = 'job';

/** News of Pods is collected for so long before a Job looks at it (`syncJobBatchPeriod`). */
const batchMs = 1_000;

/** The controllers that a Job may be left to (`spec.managedBy`): this one, where none is named. */
const ourName = 'kubernetes.io/job-controller';

/**
 * Runs Pods until enough of them have succeeded (k8s.io/kubernetes/pkg/controller/job). A key is that of a
 * Job, `news key` for news of its Pods, and `orphan key` for a Pod whose Job is gone.
 */
export function jobController(cluster: Cluster, simulation: Simulation): Controller {
  const retries = new Retries(simulation, name);
  return {
    name,
    tables: ['jobs.batch', 'pods'],
    concerns(change) {
      if (change.table === 'jobs.batch') return newsOfJob(cluster, change);
      if (change.table !== 'pods') return [];
      const managers = managersOf(change, 'Job');
      if (managers.length === 0) {
        return adoptersOf(cluster, 'jobs.batch', change, ({ spec }) => spec.selector);
      }
      const news = managers.map((key) => `news ${key}`);
      const pod = change.after as StoredPod | undefined;
      return pod && isTracked(pod) && isOrphan(pod) ? [...news, `orphan ${change.key}`] : news;
    },
    reconcile(key) {
      if (key.startsWith('news ')) {
        simulation.wake(name, key.slice(5), cluster.now + batchMs);
        return;
      }
      if (key.startsWith('orphan ')) {
        const pod = cluster.getByKey('pods', key.slice(7));
        if (pod && isOrphan(pod)) untrack(cluster, pod);
        return;
      }
      const job = cluster.getByKey('jobs.batch', key);
      if (!job) {
        retries.forget(key);
        keepRecord(cluster, key, undefined);
        return;
      }
      if (isJobFinished(job) || (job.spec.managedBy ?? ourName) !== ourName) return;
      const { next, failure } = syncJob(cluster, job);
      if (failure) retries.again(key);
      else retries.forget(key);
      if (next !== undefined) simulation.wake(name, key, next);
    },
  };

  function isOrphan(pod: StoredPod): boolean {
    const owner = controllerOf(pod);
    if (owner?.kind !== 'Job') return true;
    const job = cluster.get('jobs.batch', pod.metadata.namespace, owner.name);
    return job?.metadata.uid !== owner.uid;
  }
}

/** Changes of what is wanted are looked at once, those of the status with the rest. */
function newsOfJob(cluster: Cluster, { key, before, after }: Change): readonly string[] {
  const old = before as ApiObject | undefined;
  const now = after as ApiObject | undefined;
  if (!now) {
    const orphaned = cluster.ownedBy('pods', `${old?.metadata.uid}`).map(keyOf);
    return [key, ...orphaned.map((each) => `orphan ${each}`)];
  }
  return old?.metadata.generation === now.metadata.generation ? [`news ${key}`] : [key];
}
