import type { Node, NodeCondition, Taint } from '../../../../kubernetes/api.ts';
import type { Controller, Simulation } from '../../../simulation.ts';
import type { Change } from '../../../store.ts';
import type { Cluster } from '../../cluster.ts';
import { recordEvent } from '../../events.ts';
import { isNodeUp, nodePowerTable } from '../../node/node-power.ts';
import { type Stored, sameValue, timestamp } from '../../object.ts';
import { conditionOf } from '../conditions.ts';
import { omitEmpty } from '../omit-empty.ts';
import type { StoredPod } from '../pod-state.ts';

const name = 'node-lifecycle';
const component = 'node-controller';

type StoredNode = Stored<Node>;

/** A node that was not heard of for so long is not well (`NodeMonitorGracePeriod`, since Kubernetes 1.32). */
const graceMs = 50_000;

const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';

/** What a condition means for new Pods. */
const conditionTaints: readonly (readonly [type: string, status: string, key: string])[] = [
  ['Ready', 'False', notReady],
  ['Ready', 'Unknown', unreachable],
  ['MemoryPressure', 'True', 'node.kubernetes.io/memory-pressure'],
  ['DiskPressure', 'True', 'node.kubernetes.io/disk-pressure'],
  ['NetworkUnavailable', 'True', 'node.kubernetes.io/network-unavailable'],
  ['PIDPressure', 'True', 'node.kubernetes.io/pid-pressure'],
];
const unschedulable = 'node.kubernetes.io/unschedulable';

/** The conditions that are not known when nothing is heard of a node. */
const heardOf = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/**
 * Notices when nothing is heard of a node, gives nodes the taints that their conditions ask for, and says of
 * the Pods on nodes that are not well that they are not ready
 * (k8s.io/kubernetes/pkg/controller/nodelifecycle). Its keys are `node /name`, `silent /name` when a node has
 * been silent for too long, `new /name`, and `gone uid name`.
 */
export function nodeLifecycleController(cluster: Cluster, simulation: Simulation): Controller {
  return {
    name,
    tables: ['nodes', nodePowerTable],
    concerns: newsOf,
    reconcile(key) {
      const space = key.indexOf(' ');
      const [what, subject] = [key.slice(0, space), key.slice(space + 1)];
      if (what === 'gone') {
        removed(cluster, subject);
        return;
      }
      const node = cluster.getByKey('nodes', subject);
      if (!node) return;
      switch (what) {
        case 'power': {
          const outage = cluster.store.read(nodePowerTable, node.metadata.name) as
            | { readonly since: number }
            | undefined;
          if (outage) simulation.wake(name, `silent ${subject}`, outage.since + graceMs);
          return;
        }
        case 'silent':
          if (!isNodeUp(cluster.store, node.metadata.name)) declareUnknown(cluster, node);
          return;
        case 'new':
          registered(cluster, node);
          taint(cluster, node);
          return;
        default:
          taint(cluster, node);
      }
    },
  };
}

function newsOf({ table, key, before, after }: Change): readonly string[] {
  if (table === nodePowerTable) return [`power /${key}`];
  if (table !== 'nodes') return [];
  if (after === undefined) return [`gone ${(before as StoredNode).metadata.uid} ${key.slice(1)}`];
  if (before === undefined) return [`new ${key}`];
  const old = before as StoredNode;
  const now = after as StoredNode;
  const isSame = old.spec === now.spec && old.status?.conditions === now.status?.conditions;
  return isSame ? [] : [`node ${key}`];
}

function registered(cluster: Cluster, node: StoredNode): void {
  const { name: nodeName } = node.metadata;
  const message = `Node ${nodeName} event: Registered Node ${nodeName} in Controller`;
  recordEvent(cluster, {
    about: node,
    type: 'Normal',
    reason: 'RegisteredNode',
    message,
    component,
  });
}

/** @param which the identity and the name of a node that is there no more */
function removed(cluster: Cluster, which: string): void {
  const [uid = '', nodeName = ''] = which.split(' ');
  const about = { apiVersion: 'v1', kind: 'Node', metadata: { name: nodeName, uid } };
  const message = `Node ${nodeName} event: Removing Node ${nodeName} from Controller`;
  recordEvent(cluster, { about, type: 'Normal', reason: 'RemovingNode', message, component });
}

function declareUnknown(cluster: Cluster, node: StoredNode): void {
  const now = timestamp(cluster.now);
  const { conditions: known = [] } = node.status ?? {};
  const conditions = known.map((each): NodeCondition => {
    if (!heardOf.includes(each.type) || each.status === 'Unknown') return each;
    return {
      ...each,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastTransitionTime: now,
    };
  });
  const never = heardOf
    .filter((type) => !conditionOf(known, type))
    .map(
      (type): NodeCondition => ({
        type,
        status: 'Unknown',
        reason: 'NodeStatusNeverUpdated',
        message: 'Kubelet never posted node status.',
        lastHeartbeatTime: node.metadata.creationTimestamp,
        lastTransitionTime: now,
      }),
    );
  const status = { ...node.status, conditions: [...conditions, ...never] };
  const updated = cluster.updateStatus('nodes', { ...node, status });
  if (updated === node) return;
  const { name: nodeName } = node.metadata;
  const message = `Node ${nodeName} status is now: NodeNotReady`;
  recordEvent(cluster, { about: node, type: 'Normal', reason: 'NodeNotReady', message, component });
}

function taint(cluster: Cluster, node: StoredNode): void {
  const ready = conditionOf(node.status?.conditions, 'Ready')?.status;
  if (ready !== undefined && ready !== 'True') markPods(cluster, node);
  const wanted = wantedTaints(cluster, node, ready);
  const own = (each: Taint) =>
    (each.effect === 'NoSchedule' &&
      (each.key === unschedulable || conditionTaints.some(([, , key]) => key === each.key))) ||
    (each.effect === 'NoExecute' && (each.key === notReady || each.key === unreachable));
  const known = node.spec.taints ?? [];
  const kept = known.filter(
    (each) => !own(each) || wanted.some(({ key, effect }) => key === each.key && effect === each.effect),
  );
  const added = wanted
    .filter(({ key, effect }) => !kept.some((each) => each.key === key && each.effect === effect))
    .map((each): Taint => ({ ...each, timeAdded: timestamp(cluster.now) }));
  const taints = [...kept, ...added];
  if (sameValue(taints, known)) return;
  const spec = omitEmpty<NonNullable<Node['spec']>>({ ...node.spec, taints });
  cluster.update('nodes', { ...node, spec });
}

function wantedTaints(cluster: Cluster, node: StoredNode, ready: string | undefined): readonly Taint[] {
  const soft = conditionTaints
    .filter(([type, status]) => conditionOf(node.status?.conditions, type)?.status === status)
    .map(([, , key]): Taint => ({ effect: 'NoSchedule', key }));
  if (node.spec.unschedulable) soft.push({ effect: 'NoSchedule', key: unschedulable });
  if (ready === undefined || ready === 'True') return soft;
  const key = ready === 'False' ? notReady : unreachable;
  const hard: Taint = { effect: 'NoExecute', key };
  const has = node.spec.taints?.some((each) => each.key === key && each.effect === 'NoExecute');
  return mayEvict(cluster, has ?? false) ? [...soft, hard] : soft;
}

/**
 * When all nodes are silent, or more than half of a small cluster, something else is wrong than the nodes, and
 * no Pod is sent away (`ComputeZoneState`, `ReducedQPSFunc`).
 */
function mayEvict(cluster: Cluster, isTainted: boolean): boolean {
  const nodes = cluster.list('nodes');
  const lost = nodes.filter(({ status }) => {
    const ready = conditionOf(status?.conditions, 'Ready')?.status;
    return ready !== undefined && ready !== 'True';
  }).length;
  if (lost === nodes.length) return false;
  return isTainted || lost <= 2 || lost / nodes.length < 0.55 || nodes.length > 50;
}

/** The kubelet cannot say it itself. */
function markPods(cluster: Cluster, { metadata }: StoredNode): void {
  for (const pod of cluster.podsOn(metadata.name)) markPod(cluster, pod);
}

function markPod(cluster: Cluster, pod: StoredPod): void {
  const { conditions = [] } = pod.status ?? {};
  if (conditionOf(conditions, 'Ready')?.status !== 'True') return;
  const now = timestamp(cluster.now);
  const marked = conditions.map((each) =>
    each.type === 'Ready' ? { ...each, status: 'False', lastTransitionTime: now } : each,
  );
  const about = cluster.updateStatus('pods', { ...pod, status: { ...pod.status, conditions: marked } });
  const message = 'Node is not ready';
  recordEvent(cluster, { about, type: 'Warning', reason: 'NodeNotReady', message, component });
}
