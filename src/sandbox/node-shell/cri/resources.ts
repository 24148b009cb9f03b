import { amountsOf } from '../../cluster/controllers/scheduler/requests.ts';
import { containersOf } from '../../cluster/node/pods/pod-containers.ts';
import type { NodeParts } from './node-parts.ts';
import type { CriContainer } from './pods-on-node.ts';

/** What the kubelet asks of the kernel for a container. */
export interface LinuxResources {
  readonly cpuShares: number;
  /** Microseconds in every 100 ms; 0 for as many as there are. */
  readonly cpuQuota: number;
  /** Bytes; 0 for as many as there are. */
  readonly memoryLimit: number;
  readonly oomScoreAdj: number;
}

/** Requests and limits as the kernel gets them (k8s.io/kubernetes/pkg/kubelet/cm/helpers_linux.go and qos/policy.go). */
export function resourcesOf({ cluster, node }: NodeParts, given: CriContainer): LinuxResources {
  const { sandbox, name } = given;
  const spec = sandbox.pod && containersOf(sandbox.pod).find(({ spec: each }) => each.name === name)?.spec;
  const limits = amountsOf(spec?.resources?.limits);
  const requests = amountsOf(spec?.resources?.requests);
  const milli = requests.cpuMilli || limits.cpuMilli;
  const memory = requests.memory || limits.memory;
  const quality = sandbox.pod?.status?.qosClass ?? 'BestEffort';
  const capacity = amountsOf(cluster.get('nodes', undefined, node)?.status?.capacity).memory || 1;
  const share = Math.floor(1000 - (1000 * memory) / capacity);
  const adjusted = { Guaranteed: -997, BestEffort: 1000, Burstable: Math.min(Math.max(share, 3), 999) };
  return {
    cpuShares: milli === 0 ? 2 : Math.max(2, Math.floor((milli * 1024) / 1000)),
    cpuQuota: limits.cpuMilli * 100,
    memoryLimit: limits.memory,
    oomScoreAdj: adjusted[quality as keyof typeof adjusted] ?? 1000,
  };
}
