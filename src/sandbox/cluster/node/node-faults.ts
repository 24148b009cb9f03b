import { notFound } from '../api-error.ts';
import type { Cluster } from '../cluster.ts';
import { leaveNetwork, networkRecord } from '../network/pod-networks.ts';
import { keyOf } from '../object.ts';
import type { NodeContext } from './node-context.ts';
import { isNodeUp, setNodePower } from './node-power.ts';
import { keepPodRecord, type PodRecord, podRecord } from './pods/pod-record.ts';

/**
 * Turns a node off, as by a power cut: nothing on it runs any more, and nothing is heard of it.
 *
 * @throws ApiError NotFound when there is no such node
 */
export function failNode({ cluster, runtime }: NodeContext, name: string): void {
  demandNode(cluster, name);
  if (!isNodeUp(cluster.store, name)) return;
  setNodePower(cluster.store, name, false);
  for (const { id, state } of runtime.containers(name)) {
    if (state === 'running' || state === 'paused') runtime.kill(name, id, 'SIGKILL');
  }
}

/**
 * Turns a node on again: it starts as after a reboot. What is bound to it gets a new network, and its
 * containers are started again as their Pods want it.
 *
 * @throws ApiError NotFound when there is no such node
 */
export function recoverNode({ cluster }: NodeContext, name: string): void {
  demandNode(cluster, name);
  const { store } = cluster;
  if (isNodeUp(store, name)) return;
  for (const pod of cluster.podsOn(name)) {
    const record = podRecord(store, keyOf(pod));
    if (record && !record.ended && !record.rejected) keepPodRecord(store, keyOf(pod), rebooted(record));
  }
  for (const pod of cluster.podsOn(name)) {
    const network = `pod/${pod.metadata.uid}`;
    if (networkRecord(store, network)) leaveNetwork(store, network);
  }
  setNodePower(store, name, true);

  function rebooted(record: PodRecord): PodRecord {
    const { sandbox, step: _, plan: __, kills: ___, probedSince: ____, ...rest } = record;
    const former = sandbox ? { formerSandbox: sandbox } : {};
    return { ...rest, ...former, probes: {}, syncAt: store.now };
  }
}

function demandNode(cluster: Cluster, name: string): void {
  if (!cluster.get('nodes', undefined, name)) throw notFound('nodes', name);
}
