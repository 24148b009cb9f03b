import type { LabelSelector } from './api.ts';

/**
 * A selector as text, in the order of its keys: `app=web,tier in (a,b),!old`; nothing for one that says
 * nothing, and for none (k8s.io/apimachinery/pkg/labels, Selector.String).
 */
export function selectorText(selector: LabelSelector | undefined): string {
  const equal = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({
    key,
    text: `${key}=${value}`,
  }));
  const others = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    const list = `(${[...values].sort().join(',')})`;
    if (operator === 'In') return { key, text: `${key} in ${list}` };
    if (operator === 'NotIn') return { key, text: `${key} notin ${list}` };
    return { key, text: operator === 'DoesNotExist' ? `!${key}` : key };
  });
  return [...equal, ...others]
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ text }) => text)
    .join(',');
}

/** Labels as text, in the order of their keys: `app=web,tier=front`. */
export function labelsText(labels: Readonly<Record<string, string>> | undefined): string {
  return selectorText({ matchLabels: labels ?? {} });
}
