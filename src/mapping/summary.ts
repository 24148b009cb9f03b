import type { KubernetesObject } from '../kubernetes/objects.ts';

/**
 * What a line becomes, in one or two sentences.
 *
 * @param first says which workload it is, and why
 * @param others the objects beside that workload
 */
export function summarize(first: string, others: readonly KubernetesObject[]): string {
  if (others.length === 0) return first;
  const kinds = [...new Set(others.map(({ kind }) => kind))];
  const list = kinds.map((kind) => {
    const names = others.filter((each) => each.kind === kind).map(({ metadata }) => `\`${metadata.name}\``);
    const plural = names.length === 1 ? kind : `${kind.replace(/y$/, 'ie')}s`;
    return `the ${plural} ${inWords(names)}`;
  });
  return `${first} With it ${others.length > 1 ? 'come' : 'comes'} ${inWords(list)}.`;
}

function inWords(list: readonly string[]): string {
  const last = list.at(-1) ?? '';
  return list.length > 1 ? `${list.slice(0, -1).join(', ')} and ${last}` : last;
}
