import type { Item, Option } from './item.ts';
import { hashOf, seededChance, shuffled } from './shuffle.ts';

/**
 * The options in the order they are shown, which is what "2" means.
 *
 * Without a seed they stand as they were written, and only what is written down solved is mixed: an `order`,
 * always in the same way. With the seed of a session all that can be chosen from is mixed; the same seed
 * gives the same numbers again. A `match` keeps its left sides, a `mistake` its lines.
 */
export function presented(item: Item, seed?: number): readonly Option[] {
  switch (item.kind) {
    case 'order':
      return unsolved(item, seed);
    case 'match':
    case 'mistake':
    case 'command':
      return item.options;
    default:
      return seed === undefined ? item.options : shuffled(item.options, chanceOf(item, seed));
  }
}

/** The right sides of a `match` in the order they are shown, each as the option whose partner it is. */
export function presentedPartners(item: Item, seed?: number): readonly Option[] {
  return unsolved(item, seed);
}

/**
 * Mixed so that the order never is the solution. Without a seed it depends on nothing but the item's id, so
 * a screen, a transcript and `--plain` agree on what "2" means.
 */
function unsolved(item: Item, seed: number | undefined): readonly Option[] {
  const options = shuffled(item.options, seed === undefined ? chanceOfId(item.id) : chanceOf(item, seed));
  const isSolved = options.every((option, place) => option === item.options[place]);
  return isSolved ? [...options.slice(1), ...options.slice(0, 1)] : options;
}

function chanceOf(item: Item, seed: number): () => number {
  return seededChance(hashOf(`${seed} ${item.id}`));
}

/** Never changes, since transcripts quote the numbers. */
function chanceOfId(id: string): () => number {
  let state = [...id].reduce((hash, char) => (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0, 7);
  return () => {
    // A linear congruential step (Numerical Recipes' constants) is plenty for a handful of options.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
