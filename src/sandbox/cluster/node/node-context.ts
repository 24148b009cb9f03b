import type { Node } from '../../../kubernetes/api.ts';
import type { ContainerRuntime } from '../../runtime/container-runtime.ts';
import type { Simulation } from '../../simulation.ts';
import type { Cluster } from '../cluster.ts';
import { recordEvent } from '../events.ts';
import type { ApiObject } from '../object.ts';

/** What the parts of a node work with. */
export interface NodeContext {
  readonly cluster: Cluster;
  readonly simulation: Simulation;
  readonly runtime: ContainerRuntime;
}

/** Everything that takes time on a node ends on this grid, so that many Pods change at one moment. */
const grid = 100;

/** The first moment of the grid that is at least so many milliseconds from now. */
export function afterAWhile({ cluster }: NodeContext, milliseconds: number): number {
  return Math.ceil((cluster.now + milliseconds) / grid) * grid;
}

/** A span made longer by chance, by at most the half of it (k8s.io/apimachinery/pkg/util/wait, `Jitter`). */
export function jittered({ cluster }: NodeContext, milliseconds: number): number {
  return milliseconds + (cluster.store.random(1000) / 1000) * 0.5 * milliseconds;
}

/** The address of a node. */
export function addressOfNode(node: Node | undefined): string {
  return node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
}

/** Tells of something that the kubelet of a node did or could not do. */
export function tell(
  { cluster }: NodeContext,
  about: ApiObject,
  node: string,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  fieldPath?: string,
): void {
  recordEvent(cluster, { about, type, reason, message, component: 'kubelet', host: node, fieldPath });
}
