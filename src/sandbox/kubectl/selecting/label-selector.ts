import type { LabelSelector } from '../../../kubernetes/api.ts';
import { selectorText } from '../../../kubernetes/selector-text.ts';

/** A selector for people: `<none>` for one that says nothing. */
export function shownSelector(selector: LabelSelector | undefined): string {
  return selectorText(selector) || '<none>';
}
