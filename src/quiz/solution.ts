import type { Item, Option } from './item.ts';

/**
 * The right answer: the right option or options; the whole order; of a `match` every option, since each has
 * its partner; of a `command` the model answer and what else reaches the goal.
 */
export function solutionOf(item: Item): Option[] {
  const isWhole = item.kind === 'order' || item.kind === 'match';
  return isWhole ? [...item.options] : item.options.filter((option) => option.correct);
}
