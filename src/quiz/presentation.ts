import type { Item, Option } from './item.ts';

/**
 * The options in the order they are shown. Only an `order` is shuffled, since it is written down solved;
 * the shuffle depends on nothing but the item's id, so a screen, a transcript and `--plain` agree on what
 * "2" means, and it never happens to be the solution.
 */
export function presented(item: Item): readonly Option[] {
  if (item.kind !== 'order') return item.options;
  const shuffled = [...item.options];
  let seed = [...item.id].reduce((hash, char) => (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0, 7);
  for (let last = shuffled.length - 1; last > 0; last--) {
    // A linear congruential step (Numerical Recipes' constants) is plenty for a handful of options.
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((seed / 2 ** 32) * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] as Option, shuffled[last] as Option];
  }
  const isSolved = shuffled.every((option, place) => option === item.options[place]);
  return isSolved ? [...shuffled.slice(1), ...shuffled.slice(0, 1)] : shuffled;
}
