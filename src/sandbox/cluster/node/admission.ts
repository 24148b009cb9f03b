import type { Pod } from '../../../kubernetes/api.ts';
import { fitsNode, untoleratedTaint } from '../controllers/node-matching.ts';
import { type Amounts, amountsOf, requestsOf } from '../controllers/scheduler/requests.ts';
import type { NodeContext } from './node-context.ts';
import { isStatic } from './pods/pod-containers.ts';

/** Why a kubelet does not take a Pod. */
export interface AdmissionProblem {
  readonly reason: string;
  readonly message: string;
}

/**
 * Whether a node can take a Pod that was given to it without the scheduler
 * (k8s.io/kubernetes/pkg/kubelet/lifecycle/predicate.go). What the scheduler bound it has checked already.
 */
export function admissionProblem(
  { cluster }: NodeContext,
  pod: Pod,
  nodeName: string,
): AdmissionProblem | undefined {
  if (!pod.spec || pod.status?.conditions?.some(({ type }) => type === 'PodScheduled')) return undefined;
  const node = cluster.get('nodes', undefined, nodeName);
  if (!node) return { reason: 'InvalidNodeInfo', message: 'Kubelet cannot get node info.' };
  const others = cluster
    .podsOn(nodeName)
    .filter(({ metadata, status }) => {
      const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed';
      return metadata.uid !== pod.metadata.uid && !isOver;
    })
    .map(({ spec }) => requestsOf(spec).amounts);
  const allocatable = node.status?.allocatable ?? {};
  const room = amountsOf(allocatable);
  const most = Number(allocatable.pods ?? '110');
  if (others.length + 1 > most) return outOf('pods', 1, others.length, most);
  const wanted = requestsOf(pod.spec).amounts;
  for (const [name, field] of measured) {
    const used = others.reduce((sum, each) => sum + each[field], 0);
    if (wanted[field] > 0 && wanted[field] > room[field] - used) {
      return outOf(name, wanted[field], used, room[field]);
    }
  }
  if (!fitsNode(pod.spec, node)) {
    return predicate('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
  }
  if (!isStatic(pod) && untoleratedTaint(node.spec?.taints, pod.spec.tolerations, ['NoExecute'])) {
    return predicate('TaintToleration', "node(s) had taints that the pod didn't tolerate");
  }
  return undefined;
}

const measured: readonly (readonly [string, 'cpuMilli' | 'memory' | 'ephemeral'])[] = [
  ['cpu', 'cpuMilli'],
  ['memory', 'memory'],
  ['ephemeral-storage', 'ephemeral'],
] satisfies readonly (readonly [string, keyof Amounts])[];

function outOf(resource: string, requested: number, used: number, capacity: number): AdmissionProblem {
  const amounts = `requested: ${requested}, used: ${used}, capacity: ${capacity}`;
  return { reason: `OutOf${resource}`, message: `Node didn't have enough resource: ${resource}, ${amounts}` };
}

function predicate(name: string, why: string): AdmissionProblem {
  return { reason: name, message: `Predicate ${name} failed: ${why}` };
}
