import type {
  Node,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodSpec,
  Taint,
  Toleration,
} from '../../../kubernetes/api.ts';

/** Whether a toleration is about a taint (k8s.io/api/core/v1, `ToleratesTaint`). */
export function tolerates({ key = '', operator, value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return key !== '' && value === (taint.value ?? '');
}

/** The first of a node's taints of these effects that is not tolerated. */
export function untoleratedTaint(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[] | undefined,
  effects: readonly string[],
): Taint | undefined {
  return taints?.find(
    (taint) => effects.includes(taint.effect) && !tolerations?.some((each) => tolerates(each, taint)),
  );
}

/** Whether a Pod may be on a node by its selector and its required node affinity. */
export function fitsNode({ nodeSelector, affinity }: PodSpec, node: Node): boolean {
  const { labels = {} } = node.metadata;
  for (const name in nodeSelector) if (labels[name] !== nodeSelector[name]) return false;
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms === undefined || terms.some((term) => fitsTerm(term, node));
}

/** Whether a node fits one term of a node selector; a term that says nothing fits none. */
export function fitsTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: Node): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  const { labels = {}, name = '' } = node.metadata;
  return (
    matchExpressions.every((each) => fitsRequirement(each, labels[each.key])) &&
    matchFields.every((each) => fitsRequirement(each, each.key === 'metadata.name' ? name : undefined))
  );
}

function fitsRequirement(
  { operator, values = [] }: NodeSelectorRequirement,
  value: string | undefined,
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return isWhole(value) && Number(value) > Number(values[0]);
    case 'Lt':
      return isWhole(value) && Number(value) < Number(values[0]);
    default:
      return false;
  }
}

function isWhole(value: string | undefined): boolean {
  return value !== undefined && /^[+-]?\d+$/.test(value);
}
