import type { Node, NodeCondition, Pod } from '../../../kubernetes/api.ts';
import { memoryQuantity, parseQuantity } from '../../../kubernetes/quantity.ts';
import { type ContainerRecord, type FileChanges, type ProcessRecord, tables } from '../../runtime/records.ts';
import { type Volume, volumeTable } from '../../runtime/volume.ts';
import type { Controller } from '../../simulation.ts';
import { keyOf, type Stored, timestamp } from '../object.ts';
import { type NodeContext, tell } from './node-context.ts';
import { isNodeUp } from './node-power.ts';
import { isStatic } from './pods/pod-containers.ts';
import { keepPodRecord, podRecord } from './pods/pod-record.ts';

/** Less than this has to be free (`evictionHard: memory.available<100Mi`). */
const threshold = 100 * 2 ** 20;

/** How often the kubelet looks (`monitoringInterval`), and how long pressure is told of at least. */
const period = 10_000;
const transitionPeriod = 300_000;

const table = 'kubelet/pressure';

/** What a Pod takes, and how far that is beyond what it asked for. */
interface Ranked {
  readonly pod: Stored<Pod>;
  readonly used: number;
  readonly requested: number;
}

/**
 * Sends Pods away from a node whose memory runs out: those first that take more than they asked for, then by
 * priority, then by how much more they take
 * (https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/). Keyed by node.
 */
export function memoryPressure(context: NodeContext): Controller {
  const { cluster, simulation, runtime } = context;
  const { store } = cluster;
  const name = 'memory-pressure';
  return {
    name,
    tables: [volumeTable, tables.changes, tables.processes],
    concerns({ table: changed, key, before, after }) {
      return takesMore(changed, before, after) ? [key.slice(0, key.indexOf('/'))] : none;
    },
    reconcile(node) {
      const found = cluster.get('nodes', undefined, node);
      if (!found || !isNodeUp(store, node)) return;
      const due = (store.read(table, node) as { at: number } | undefined)?.at;
      if (due === undefined || due > cluster.now) {
        if (due !== undefined) return;
        plan(node);
        return;
      }
      store.delete(table, node);
      look(found);
    },
  };

  function plan(node: string): void {
    const at = (Math.floor(cluster.now / period) + 1) * period;
    store.write(table, node, { at });
    simulation.wake(name, node, at);
  }

  function look(node: Stored<Node>): void {
    const ranked = usersOf(node.metadata.name);
    const used = ranked.reduce((sum, each) => sum + each.used, 0);
    const capacity = bytes(node.status?.capacity?.memory);
    const available = capacity - used;
    const condition = node.status?.conditions?.find(({ type }) => type === 'MemoryPressure');
    if (available >= threshold) {
      const since = Date.parse(condition?.lastTransitionTime ?? '') || 0;
      if (condition?.status !== 'True') return;
      if (cluster.now - since >= transitionPeriod) say(node, condition, 'False');
      else plan(node.metadata.name);
      return;
    }
    if (condition && condition.status !== 'True') say(node, condition, 'True');
    tell(
      context,
      node,
      node.metadata.name,
      'Warning',
      'EvictionThresholdMet',
      'Attempting to reclaim memory',
    );
    const [first] = ranked.filter(({ pod }) => !isStatic(pod) && !isCritical(pod)).sort(byRank);
    if (first) evict(node.metadata.name, first, available);
    plan(node.metadata.name);
  }

  function evict(node: string, { pod, used, requested }: Ranked, available: number): void {
    const record = podRecord(store, keyOf(pod));
    if (!record || record.ending) return;
    const head = `The node was low on resource: memory. Threshold quantity: 100Mi, available: ${kibibytes(available)}. `;
    const [container] = pod.spec.containers;
    const request = requested === 0 ? '0' : memoryQuantity(requested);
    const who = `Container ${container?.name} was using ${kibibytes(used)}, request is ${request}, has larger consumption of memory. `;
    const message = `${head}${used > requested ? who : ''}`;
    tell(context, pod, node, 'Warning', 'Evicted', message);
    keepPodRecord(store, keyOf(pod), { ...record, evicted: message });
    simulation.enqueue('kubelet', keyOf(pod));
  }

  function say(node: Stored<Node>, condition: NodeCondition, status: 'True' | 'False'): void {
    const isShort = status === 'True';
    const told: NodeCondition = {
      ...condition,
      lastTransitionTime: timestamp(cluster.now),
      message: isShort
        ? 'kubelet has insufficient memory available'
        : 'kubelet has sufficient memory available',
      reason: isShort ? 'KubeletHasInsufficientMemory' : 'KubeletHasSufficientMemory',
      status,
    };
    const conditions = (node.status?.conditions ?? []).map((each) => (each.type === told.type ? told : each));
    cluster.updateStatus('nodes', { ...node, status: { ...node.status, conditions } });
    const reason = isShort ? 'NodeHasInsufficientMemory' : 'NodeHasSufficientMemory';
    const { name: nodeName } = node.metadata;
    tell(context, node, nodeName, 'Normal', reason, `Node ${nodeName} status is now: ${reason}`);
  }

  function usersOf(node: string): readonly Ranked[] {
    return cluster.podsOn(node).flatMap((pod) => {
      const record = podRecord(store, keyOf(pod));
      if (!record || record.ended) return [];
      const used = Object.values(record.containers).reduce((sum, { ids }) => {
        const container =
          ids[0] === undefined ? undefined : (runtime.container(node, ids[0]) as ContainerRecord | undefined);
        return container?.state === 'running' ? sum + runtime.usage(node, container.id).memoryBytes : sum;
      }, 0);
      const requested = pod.spec.containers.reduce(
        (sum, { resources }) => sum + bytes(resources?.requests?.memory),
        0,
      );
      return [{ pod, used, requested }];
    });
  }
}

const none: readonly string[] = [];

/** Whether a change may have taken memory. */
function takesMore(changed: string, before: unknown, after: unknown): boolean {
  if (changed === volumeTable) return (after as Volume | undefined)?.memory === true;
  if (changed === tables.changes) {
    for (const path in after as FileChanges | undefined) if (path.startsWith('/dev/shm/')) return true;
    return false;
  }
  if (changed !== tables.processes) return false;
  // Only what grows by much can fill a node.
  const { memory = 0 } = (before ?? {}) as Partial<ProcessRecord>;
  return ((after as ProcessRecord | undefined)?.memory ?? 0) > memory + 2 ** 20;
}

function byRank(one: Ranked, other: Ranked): number {
  const isOver = ({ used, requested }: Ranked) => (used > requested ? 0 : 1);
  return (
    isOver(one) - isOver(other) ||
    (one.pod.spec?.priority ?? 0) - (other.pod.spec?.priority ?? 0) ||
    other.used - other.requested - (one.used - one.requested)
  );
}

/** Pods that the cluster cannot do without stay (k8s.io/kubernetes/pkg/kubelet/types, `IsCriticalPod`). */
function isCritical({ spec }: Pod): boolean {
  return (spec?.priority ?? 0) >= 2_000_000_000;
}

function bytes(quantity: string | undefined): number {
  return Number((parseQuantity(quantity ?? '0') ?? 0n) / 1_000_000_000n);
}

function kibibytes(amount: number): string {
  return `${Math.floor(Math.max(amount, 0) / 1024)}Ki`;
}
