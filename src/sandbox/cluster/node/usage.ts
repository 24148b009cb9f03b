import type { Pod } from '../../../kubernetes/api.ts';
import type { NodeUsage, PodUsage } from '../api/subresources/node-backend.ts';
import { controllerOf, keyOf, type Stored } from '../object.ts';
import type { NodeContext } from './node-context.ts';
import { isNodeUp } from './node-power.ts';
import { podRecord } from './pods/pod-record.ts';
import { loadOn } from './workload-load.ts';

/** How often the metrics server asks the nodes (`--metric-resolution=15s`). */
const resolution = 15_000;

/** What a node uses beside its Pods: the kubelet, the runtime and the system. */
const systemMilli = 40;
const systemBytes = 380 * 2 ** 20;

/**
 * What Pods used lately, as the metrics server tells it: of containers that it has seen twice, so of none that
 * is younger than its interval.
 *
 * @param namespace all of them when it is left out
 */
export function podUsages(context: NodeContext, namespace?: string): readonly PodUsage[] {
  const at = Math.floor(context.cluster.now / resolution) * resolution;
  return context.cluster.list('pods', namespace).flatMap((pod) => {
    const usage = usageOf(context, pod, at);
    return usage ? [usage] : [];
  });
}

/** What the nodes used lately; of one that does not answer nothing is told. */
export function nodeUsages(context: NodeContext): readonly NodeUsage[] {
  const { cluster } = context;
  const at = Math.floor(cluster.now / resolution) * resolution;
  return cluster
    .list('nodes')
    .filter(({ metadata }) => isNodeUp(cluster.store, metadata.name))
    .map(({ metadata }) => {
      let cpuNano = systemMilli * 1e6;
      let memoryBytes = systemBytes;
      for (const pod of cluster.podsOn(metadata.name)) {
        for (const container of usageOf(context, pod, Number.POSITIVE_INFINITY)?.containers ?? []) {
          cpuNano += container.cpuNano;
          memoryBytes += container.memoryBytes;
        }
      }
      return { name: metadata.name, at, windowMs: resolution, cpuNano, memoryBytes };
    });
}

function usageOf(context: NodeContext, pod: Stored<Pod>, at: number): PodUsage | undefined {
  const { cluster, runtime } = context;
  const record = podRecord(cluster.store, keyOf(pod));
  if (!record || record.ended || !isNodeUp(cluster.store, record.node)) return undefined;
  const containers: PodUsage['containers'][number][] = [];
  let load = loadOn(cluster, pod, controllerOf(pod));
  for (const [name, { ids }] of Object.entries(record.containers)) {
    const container = ids[0] === undefined ? undefined : runtime.container(record.node, ids[0]);
    if (container?.state !== 'running') continue;
    // One container that was seen only once hides the whole Pod.
    if ((container.startedAt ?? 0) > at - resolution) return undefined;
    const { cpuMilli, memoryBytes } = runtime.usage(record.node, container.id);
    // The first container does the work that the learner asks for.
    const wanted = cpuMilli + load;
    const used = Math.min(wanted, container.spec.cpuLimitMilli ?? wanted);
    load = 0;
    containers.push({ name, cpuNano: Math.round(used * 1e6), memoryBytes });
  }
  if (containers.length === 0) return undefined;
  const { namespace = '', name } = pod.metadata;
  const shown = Number.isFinite(at) ? at : cluster.now;
  return { namespace, name, at: shown, windowMs: resolution, containers };
}
