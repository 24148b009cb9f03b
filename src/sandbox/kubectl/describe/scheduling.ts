import type { Taint, Toleration, TopologySpreadConstraint } from '../../../kubernetes/api.ts';
import { shownSelector } from '../selecting/label-selector.ts';
import type { Description } from './description.ts';

/** Adds what a Pod tolerates. */
export function describeTolerations(
  description: Description,
  title: string,
  tolerations: readonly Toleration[] = [],
): void {
  const sorted = tolerations.toSorted(({ key: one = '' }, { key: other = '' }) =>
    one < other ? -1 : one > other ? 1 : 0,
  );
  description.lines(title, sorted.map(tolerationText));
}

function tolerationText({ key = '', value, effect, operator, tolerationSeconds }: Toleration): string {
  const what = `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`;
  const anything = operator === 'Exists' && !value ? `${what === '' ? '' : ' '}op=Exists` : '';
  const time = tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`;
  return what + anything + time;
}

/** Adds the taints of a node. */
export function describeTaints(description: Description, taints: readonly Taint[] = []): void {
  const keyOf = ({ effect = '', key }: Taint): string => `${effect},${key}`;
  const sorted = taints.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  description.lines('Taints', sorted.map(taintText));
}

function taintText({ key, value, effect = '' }: Taint): string {
  if (effect === '') return value ? `${key}=${value}:` : key;
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
}

/** Adds how Pods are to be spread, where it is said. */
export function describeSpread(
  description: Description,
  constraints: readonly TopologySpreadConstraint[] = [],
  indent = '',
): void {
  if (constraints.length === 0) return;
  const sorted = constraints.toSorted((one, other) => (one.topologyKey < other.topologyKey ? -1 : 1));
  const lines = sorted.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
    const which = labelSelector ? ` for selector ${shownSelector(labelSelector)}` : '';
    return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${which}`;
  });
  description.lines('Topology Spread Constraints', lines, indent);
}
