import type { LabelSelector } from '../../../kubernetes/api.ts';

type StringMap = Readonly<Record<string, string>>;

// Values in messages stand as Go writes them.

/** A map in the order of its keys. */
export function sortedMap(map: StringMap): StringMap {
  return Object.fromEntries(Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Labels as a message shows them. */
export function shownLabels(labels: StringMap | undefined): StringMap | null {
  return labels ? sortedMap(labels) : null;
}

/** A selector as a message shows it. */
export function shownSelector(selector: LabelSelector | undefined): LabelSelector | null {
  if (!selector) return null;
  const { matchLabels, matchExpressions } = selector;
  return {
    ...(matchLabels ? { matchLabels: sortedMap(matchLabels) } : {}),
    ...(matchExpressions ? { matchExpressions } : {}),
  };
}
