import type { Affinity, DaemonSet, Node, PodSpec, Toleration } from '../../../../kubernetes/api.ts';
import type { Stored } from '../../object.ts';
import { fitsNode, untoleratedTaint } from '../node-matching.ts';
import type { StoredPod } from '../pod-state.ts';

export type StoredDaemonSet = Stored<DaemonSet>;

/** What a daemon has to bear, since it is there to look after the node (`AddOrUpdateDaemonPodTolerations`). */
const borne: readonly (readonly [key: string, effect: string])[] = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
];

/** The spec of a daemon's Pods wherever they run, with the tolerations that all daemons have. */
export function daemonSpec({ spec }: StoredDaemonSet): PodSpec {
  const { spec: template = { containers: [] } } = spec.template;
  const effects = template.hostNetwork ? [...borne, ['network-unavailable', 'NoSchedule'] as const] : borne;
  const added = effects.map(
    ([key, effect]): Toleration => ({ effect, key: `node.kubernetes.io/${key}`, operator: 'Exists' }),
  );
  const own = (template.tolerations ?? []).filter(
    (each) => !added.some(({ key, effect }) => each.key === key && each.effect === effect),
  );
  return { ...template, tolerations: [...own, ...added] };
}

/** The same for one node: the affinity names it, and the scheduler does the rest. */
export function specForNode(spec: PodSpec, node: string): PodSpec {
  const nodeSelectorTerms = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }];
  const nodeAffinity = {
    ...spec.affinity?.nodeAffinity,
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms },
  };
  const affinity: Affinity = { ...spec.affinity, nodeAffinity };
  return { ...spec, affinity };
}

/** The node that a daemon's Pod is on or meant for. */
export function targetNode({ spec }: StoredPod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms.flatMap(({ matchFields = [] }) => matchFields).find(({ key }) => key === 'metadata.name')
    ?.values?.[0];
}

/** Whether a daemon belongs on a node, and whether it may stay where it is there already (`NodeShouldRunDaemonPod`). */
export function shouldRun(
  spec: PodSpec,
  node: Stored<Node>,
): { readonly run: boolean; readonly stay: boolean } {
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return { run: false, stay: false };
  if (!fitsNode(spec, node)) return { run: false, stay: false };
  const { taints } = node.spec;
  if (!untoleratedTaint(taints, spec.tolerations, ['NoSchedule', 'NoExecute'])) {
    return { run: true, stay: true };
  }
  return { run: false, stay: !untoleratedTaint(taints, spec.tolerations, ['NoExecute']) };
}
