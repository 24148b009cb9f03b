import type { Node, PodCondition, Taint } from '../../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { keyOf, partsOf, type Stored, sameValue, timestamp } from '../../object.ts';
import { withCondition } from '../conditions.ts';
import { tolerates } from '../node-matching.ts';
import { isTerminating, type StoredPod } from '../pod-state.ts';

const name = 'taint-eviction';
const component = 'taint-eviction-controller';
const table = 'controllers/taint-evictions';

/** A Pod that has to go. */
interface Eviction {
  readonly uid: string;
  /** When its time began to run, and when it ends. */
  readonly since: number;
  readonly at: number;
}

/**
 * Deletes Pods from nodes whose taints they do not tolerate, or no longer
 * (k8s.io/kubernetes/pkg/controller/tainteviction). Its keys are `node /name`, `pod key`, and `due key` when
 * the time of a Pod has come.
 */
export function taintEvictionController(cluster: Cluster, simulation: Simulation): Controller {
  return {
    name,
    tables: ['nodes', 'pods'],
    concerns: (change) => newsOf(cluster, change),
    reconcile(key) {
      const space = key.indexOf(' ');
      const [what, subject] = [key.slice(0, space), key.slice(space + 1)];
      if (what === 'node') {
        const { name: node } = partsOf(subject);
        for (const pod of cluster.podsOn(node)) look(keyOf(pod));
      } else if (what === 'pod') {
        look(subject);
      } else {
        const eviction = read(subject);
        const pod = cluster.getByKey('pods', subject);
        if (!eviction || pod?.metadata.uid !== eviction.uid) return;
        if (eviction.at <= cluster.now) evict(pod);
        // It was the time of another Pod of that name.
        else simulation.wake(name, key, eviction.at);
      }
    },
  };

  function look(key: string): void {
    const pod = cluster.getByKey('pods', key);
    const { nodeName = '' } = pod?.spec ?? {};
    const node = cluster.get('nodes', undefined, nodeName);
    if (!pod || !node || isTerminating(pod)) {
      cluster.store.delete(table, key);
      return;
    }
    const known = read(key);
    const taints = hardTaints(node);
    const patience = patienceOf(pod, taints);
    if (patience === undefined) {
      if (!known) return;
      cluster.store.delete(table, key);
      if (taints.length === 0) tell(key, `Cancelling deletion of Pod ${key}`);
      return;
    }
    const since = known?.uid === pod.metadata.uid ? known.since : cluster.now;
    const at = since + patience;
    if (known && known.uid === pod.metadata.uid && known.at <= at) return;
    const { uid } = pod.metadata;
    cluster.store.write(table, key, { uid, since, at } satisfies Eviction);
    simulation.wake(name, `due ${key}`, at);
  }

  function evict(pod: StoredPod): void {
    const key = keyOf(pod);
    cluster.store.delete(table, key);
    if (isTerminating(pod)) return;
    tell(key, `Marking for deletion Pod ${key}`);
    const target: PodCondition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
      lastTransitionTime: timestamp(cluster.now),
    };
    const conditions = withCondition(pod.status?.conditions, target);
    cluster.updateStatus('pods', { ...pod, status: { ...pod.status, conditions } });
    cluster.remove('pods', pod.metadata.namespace, pod.metadata.name);
  }

  function read(key: string): Eviction | undefined {
    return cluster.store.read(table, key) as Eviction | undefined;
  }

  /** Upstream names the Pod without its identity. */
  function tell(key: string, message: string): void {
    const { namespace = '', name: podName } = partsOf(key);
    const about = { apiVersion: 'v1', kind: 'Pod', metadata: { name: podName, namespace } };
    recordEvent(cluster, { about, type: 'Normal', reason: 'TaintManagerEviction', message, component });
  }
}

function newsOf(cluster: Cluster, { table: changed, key, before, after }: Change): readonly string[] {
  if (changed === 'nodes') {
    const old = hardTaints(before as Stored<Node> | undefined);
    const now = hardTaints(after as Stored<Node> | undefined);
    return sameValue(old, now) ? [] : [`node ${key}`];
  }
  if (changed !== 'pods') return [];
  const old = before as StoredPod | undefined;
  const now = after as StoredPod | undefined;
  const nodeName = now?.spec.nodeName;
  if (!now) return cluster.store.read(table, key) === undefined ? [] : [`pod ${key}`];
  const isSame = nodeName === old?.spec.nodeName && now.spec.tolerations === old?.spec.tolerations;
  if (!nodeName || isSame) return [];
  return hardTaints(cluster.get('nodes', undefined, nodeName)).length > 0 ? [`pod ${key}`] : [];
}

function hardTaints(node: Stored<Node> | undefined): readonly Taint[] {
  return (node?.spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
}

/** How long a Pod may stay, in milliseconds; undefined when it may stay for good. */
function patienceOf({ spec }: StoredPod, taints: readonly Taint[]): number | undefined {
  if (taints.length === 0) return undefined;
  const used: (number | undefined)[] = [];
  for (const taint of taints) {
    const found = spec.tolerations?.find((each) => tolerates(each, taint));
    if (!found) return 0;
    used.push(found.tolerationSeconds);
  }
  const limited = used.flatMap((seconds) => seconds ?? []);
  return limited.length === 0 ? undefined : Math.max(0, Math.min(...limited)) * 1000;
}
