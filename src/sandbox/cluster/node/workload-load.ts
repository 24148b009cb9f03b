import type { OwnerReference, Pod } from '../../../kubernetes/api.ts';
import type { Cluster } from '../cluster.ts';
import { controllerOf, type Stored } from '../object.ts';

const table = 'load/workloads';

/** A workload that is kept busy. */
export interface Workload {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet' | 'Pod';
  readonly namespace: string;
  readonly name: string;
}

/**
 * Makes a workload busy, as visitors would: what they ask for in all is shared by the Pods that are ready, so
 * that each has less to do when there are more of them.
 *
 * @param cpuMilli thousandths of a processor that all of it takes; 0 lets it rest
 */
export function setLoad({ store }: Cluster, workload: Workload, cpuMilli: number): void {
  if (cpuMilli <= 0) store.delete(table, keyOfLoad(workload));
  else store.write(table, keyOfLoad(workload), { cpuMilli });
}

/** How busy a workload is kept: thousandths of a processor. */
function loadOf({ store }: Cluster, workload: Workload): number {
  return (store.read(table, keyOfLoad(workload)) as { cpuMilli: number } | undefined)?.cpuMilli ?? 0;
}

/** What of a workload's load a Pod of it bears. */
export function loadOn(cluster: Cluster, pod: Stored<Pod>, owner: OwnerReference | undefined): number {
  if (Object.keys(cluster.store.table(table)).length === 0) return 0;
  const { namespace = '', name } = pod.metadata;
  const own = loadOf(cluster, { kind: 'Pod', namespace, name });
  if (!owner || !isReady(pod)) return own;
  const replicaSet =
    owner.kind === 'ReplicaSet' ? cluster.get('replicasets.apps', namespace, owner.name) : undefined;
  const above = replicaSet && controllerOf(replicaSet);
  const workload = {
    kind: (above ?? owner).kind as Workload['kind'],
    namespace,
    name: (above ?? owner).name,
  };
  const total = loadOf(cluster, workload);
  if (total === 0) return own;
  const sets = above
    ? cluster.ownedBy('replicasets.apps', above.uid).map(({ metadata }) => metadata.uid)
    : [owner.uid];
  const ready = sets.flatMap((uid) => cluster.ownedBy('pods', uid)).filter(isReady).length;
  return own + total / Math.max(ready, 1);
}

function isReady({ status }: Pod): boolean {
  return status?.conditions?.some(({ type, status: said }) => type === 'Ready' && said === 'True') ?? false;
}

function keyOfLoad({ namespace, kind, name }: Workload): string {
  return `${namespace}/${kind}/${name}`;
}
