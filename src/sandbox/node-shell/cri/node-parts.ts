import type { Node } from '../../../kubernetes/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Simulation } from '../../simulation.ts';

/** A node, and what its own programs reach: what stands on it, not the cluster's API. */
export interface NodeParts {
  readonly node: string;
  readonly cluster: Cluster;
  readonly runtime: Runtime;
  readonly simulation: Simulation;
  /** Has it known that something was done to the node, and not only looked at. */
  readonly acted: () => void;
}

/** The addresses that a node has for its Pods; empty as long as it has none. */
export function podRange(node: Node | undefined): string {
  return node?.spec?.podCIDR ?? '';
}
