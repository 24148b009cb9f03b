import type { LabelSelector } from '../../kubernetes/api.ts';

/**
 * A selector as it is sent to the server and shown: `app=web,tier in (a,b),!old`; nothing for one that says
 * nothing (k8s.io/apimachinery/pkg/apis/meta/v1, LabelSelectorAsSelector).
 */
export function selectorText(selector: LabelSelector | undefined): string {
  const equal = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({
    key,
    text: `${key}=${value}`,
  }));
  const others = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    const list = `(${[...values].sort().join(',')})`;
    switch (operator) {
      case 'In':
        return { key, text: `${key} in ${list}` };
      case 'NotIn':
        return { key, text: `${key} notin ${list}` };
      case 'DoesNotExist':
        return { key, text: `!${key}` };
      default:
        return { key, text: key };
    }
  });
  return [...equal, ...others]
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ text }) => text)
    .join(',');
}

/** A selector for people: `<none>` for one that says nothing. */
export function shownSelector(selector: LabelSelector | undefined): string {
  return selectorText(selector) || '<none>';
}

/** Equal labels as a selector: `app=web,tier=front`. */
export function labelsText(labels: Readonly<Record<string, string>> | undefined): string {
  return selectorText({ matchLabels: labels ?? {} });
}
