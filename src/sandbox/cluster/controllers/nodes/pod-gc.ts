import type { Pod, PodCondition } from '../../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import type { Cluster } from '../../cluster.ts';
import { keyOf, timestamp } from '../../object.ts';
import { withCondition } from '../conditions.ts';
import { isFinished, isTerminating, type StoredPod } from '../pod-state.ts';

const name = 'pod-gc';

/** It looks that often, and a node has to be gone for so long (`gcCheckPeriod`, `quarantineTime`). */
const periodMs = 20_000;
const quarantineMs = 40_000;

/** So many Pods that have ended are kept (`--terminated-pod-gc-threshold`). */
const mostFinished = 12_500;

/**
 * Deletes Pods whose node is gone, that were deleted before they had a node, and the oldest that have ended
 * where there are too many (k8s.io/kubernetes/pkg/controller/podgc). Its keys are `node name`, `pod key` and
 * `finished`.
 */
export function podGarbageCollector(cluster: Cluster, simulation: Simulation): Controller {
  return {
    name,
    tables: ['nodes', 'pods'],
    concerns: (change) => newsOf(cluster, change),
    reconcile(key) {
      if (key === 'finished') {
        deleteFinished(cluster);
        return;
      }
      const space = key.indexOf(' ');
      const [what, subject] = [key.slice(0, space), key.slice(space + 1)];
      switch (what) {
        case 'gone':
          simulation.wake(name, `node ${subject}`, cluster.now + quarantineMs + periodMs);
          return;
        case 'node':
          if (cluster.get('nodes', undefined, subject)) return;
          for (const pod of cluster.podsOn(subject)) {
            deletePod(cluster, pod, 'PodGC: node no longer exists');
          }
          return;
        default: {
          const pod = cluster.getByKey('pods', subject);
          if (pod && isTerminating(pod) && !pod.spec?.nodeName) deletePod(cluster, pod, undefined);
        }
      }
    },
  };
}

function newsOf(cluster: Cluster, { table, key, before, after }: Change): readonly string[] {
  if (table === 'nodes') return after === undefined ? [`gone ${key.slice(1)}`] : [];
  const pod = after as StoredPod | undefined;
  if (table !== 'pods' || !pod) return [];
  if (isTerminating(pod) && !pod.spec?.nodeName) return [`pod ${key}`];
  const { nodeName } = pod.spec ?? {};
  const isNew = (before as StoredPod | undefined)?.spec?.nodeName !== nodeName;
  if (isNew && nodeName && !cluster.get('nodes', undefined, nodeName)) return [`gone ${nodeName}`];
  const hasEnded = isFinished(pod) && !(before && isFinished(before as StoredPod));
  return hasEnded && finishedIndex(cluster).count('finished') > mostFinished ? ['finished'] : [];
}

function finishedIndex(cluster: Cluster) {
  const stateOf = (pod: Pod) => (isFinished(pod) ? ['finished'] : []);
  return cluster.store.index('pods', 'finished', stateOf);
}

function deleteFinished(cluster: Cluster): void {
  const finished = [...finishedIndex(cluster).entries('finished')] as StoredPod[];
  const surplus = finished.length - mostFinished;
  if (surplus <= 0) return;
  finished.sort((one, other) => {
    const [first, second] = [one.metadata.creationTimestamp, other.metadata.creationTimestamp];
    if (first !== second) return first < second ? -1 : 1;
    return keyOf(one) < keyOf(other) ? -1 : 1;
  });
  for (const pod of finished.slice(0, surplus)) deletePod(cluster, pod, undefined);
}

/** @param reason why a Pod that has not ended counts as failed */
function deletePod(cluster: Cluster, pod: StoredPod, reason: string | undefined): void {
  const { namespace, name: podName } = pod.metadata;
  if (!isFinished(pod)) {
    const target: PodCondition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByPodGC',
      message: reason ?? '',
      lastTransitionTime: timestamp(cluster.now),
    };
    const conditions = reason
      ? withCondition(pod.status?.conditions, target)
      : (pod.status?.conditions ?? []);
    cluster.updateStatus('pods', { ...pod, status: { ...pod.status, phase: 'Failed', conditions } });
  }
  cluster.remove('pods', namespace, podName, { gracePeriodSeconds: 0 });
}
