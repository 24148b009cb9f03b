import { leaveNetwork, networkRecord } from '../../cluster/network/pod-networks.ts';
import { keepPodRecord, type PodRecord, podRecord } from '../../cluster/node/pods/pod-record.ts';
import type { NodeParts } from './node-parts.ts';
import type { CriContainer, CriSandbox } from './pods-on-node.ts';

/** Takes a container away that does not run. The kubelet makes a new one where the Pod wants it. */
export function removeContainer(parts: NodeParts, { container, name, sandbox }: CriContainer): void {
  const { runtime, node, cluster } = parts;
  runtime.remove(node, container.id);
  const record = podRecord(cluster.store, sandbox.key);
  const known = record?.containers[name];
  if (!record || !known) return;
  const { startFailure, ...rest } = known;
  const ids = known.ids.filter((id) => id !== container.id);
  // What is remembered of how the last one failed to start goes with it.
  const failure = startFailure && ids[0] === known.ids[0] ? { startFailure } : {};
  const { now } = cluster;
  keepPodRecord(cluster.store, sandbox.key, {
    ...record,
    containers: { ...record.containers, [name]: { ...rest, ...failure, ids } },
    // The kubelet sees it when it asks the runtime the next time.
    syncAt: Math.min(record.syncAt ?? Number.POSITIVE_INFINITY, now + 1000),
  });
  parts.simulation.enqueue('kubelet', sandbox.key);
}

/** Stops what runs in a sandbox and gives its network back. The kubelet makes a new sandbox where the Pod goes on. */
export function stopSandbox(
  parts: NodeParts,
  sandbox: CriSandbox,
  containers: readonly CriContainer[],
): void {
  const { runtime, node, cluster } = parts;
  for (const { container } of containers) {
    if (container.state === 'running' || container.state === 'paused') runtime.stop(node, container.id, 0);
  }
  const record = podRecord(cluster.store, sandbox.key);
  if (!sandbox.isReady || !record?.sandbox) return;
  const { sandbox: former, step: _, plan: __, kills: ___, probedSince: ____, ...rest } = record;
  if (networkRecord(cluster.store, former.network)?.pod === sandbox.key) {
    leaveNetwork(cluster.store, former.network);
  }
  const next: PodRecord = { ...rest, formerSandbox: former, probes: {}, syncAt: cluster.now + 1000 };
  keepPodRecord(cluster.store, sandbox.key, next);
  parts.simulation.enqueue('kubelet', sandbox.key);
}
