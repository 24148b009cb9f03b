import type { Node, PodCondition, PodStatus } from '../../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import type { Cluster } from '../../cluster.ts';
import { keyOf, type Stored, timestamp } from '../../object.ts';
import { isTrue, withCondition } from '../conditions.ts';
import { isFinished, isTerminating, type StoredPod } from '../pod-state.ts';

const name = 'pod-gc';

/** It looks that often, and a node has to be gone for so long (`gcCheckPeriod`, `quarantineTime`). */
const periodMs = 20_000;
const quarantineMs = 40_000;

/** Whoever sets this taint says that nothing runs on the node any more (`TaintNodeOutOfService`). */
const outOfService = 'node.kubernetes.io/out-of-service';

/**
 * Deletes Pods whose node is gone, that were deleted before they had a node, and that were deleted and wait for
 * a node which is out of service (k8s.io/kubernetes/pkg/controller/podgc). Its keys are `gone name` for news of
 * a node that is not there, `node name` when it is time to look for it, `leaving key` for a Pod that may have to
 * be deleted, and `stuck key` when it is time to.
 */
export function podGarbageCollector(cluster: Cluster, simulation: Simulation): Controller {
  return {
    name,
    tables: ['nodes', 'pods'],
    concerns: (change) => newsOf(cluster, change),
    reconcile(key) {
      const space = key.indexOf(' ');
      const [what, subject] = [key.slice(0, space), key.slice(space + 1)];
      switch (what) {
        case 'gone':
          simulation.wake(name, `node ${subject}`, cluster.now + quarantineMs + periodMs);
          return;
        case 'node':
          if (cluster.get('nodes', undefined, subject)) return;
          for (const pod of cluster.podsOn(subject))
            forceDelete(cluster, pod, 'PodGC: node no longer exists');
          return;
        case 'leaving':
          simulation.wake(name, `stuck ${subject}`, cluster.now + periodMs);
          return;
        default: {
          const pod = cluster.getByKey('pods', subject);
          if (pod && isStuck(cluster, pod)) forceDelete(cluster, pod);
        }
      }
    },
  };
}

function newsOf(cluster: Cluster, { table, key, before, after }: Change): readonly string[] {
  if (table === 'nodes') {
    if (after === undefined) return [`gone ${key.slice(1)}`];
    const node = after as Stored<Node>;
    if (!isOutOfService(node)) return [];
    return cluster
      .podsOn(node.metadata.name)
      .filter(isTerminating)
      .map((pod) => `leaving ${keyOf(pod)}`);
  }
  const pod = after as StoredPod | undefined;
  if (table !== 'pods' || !pod) return [];
  const { nodeName } = pod.spec;
  if (isStuck(cluster, pod)) return [nodeName ? `leaving ${key}` : `stuck ${key}`];
  const isNew = (before as StoredPod | undefined)?.spec.nodeName !== nodeName;
  return isNew && nodeName && !cluster.get('nodes', undefined, nodeName) ? [`gone ${nodeName}`] : [];
}

/** Whether a Pod was deleted and there is nobody who would see it out. */
function isStuck(cluster: Cluster, pod: StoredPod): boolean {
  const { nodeName } = pod.spec;
  if (!isTerminating(pod)) return false;
  if (!nodeName) return true;
  const node = cluster.get('nodes', undefined, nodeName);
  return node !== undefined && isOutOfService(node);
}

function isOutOfService({ spec, status }: Stored<Node>): boolean {
  return !isTrue(status?.conditions, 'Ready') && (spec.taints ?? []).some(({ key }) => key === outOfService);
}

/** @param reason why a Pod that has not ended counts as failed */
function forceDelete(cluster: Cluster, pod: StoredPod, reason?: string): void {
  const { namespace, name: podName } = pod.metadata;
  if (!isFinished(pod)) {
    const target = reason === undefined ? {} : marked(pod, reason, cluster.now);
    cluster.updateStatus('pods', { ...pod, status: { ...pod.status, phase: 'Failed', ...target } });
  }
  cluster.remove('pods', namespace, podName, { gracePeriodSeconds: 0 });
}

function marked({ status }: StoredPod, message: string, now: number): Pick<PodStatus, 'conditions'> {
  const target: PodCondition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'DeletionByPodGC',
    message,
    lastTransitionTime: timestamp(now),
  };
  return { conditions: withCondition(status?.conditions, target) };
}
