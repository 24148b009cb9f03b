import type { Item, Option } from './item.ts';

/** What an answer was worth. */
export interface Grade {
  readonly right: boolean;
  /** The options chosen, in the order they were given. */
  readonly chosen: readonly Option[];
  /** What would have been right, in order. */
  readonly solution: readonly Option[];
  /** The wrong beliefs that the chosen options reveal. */
  readonly revealed: readonly string[];
}

/** Thrown when an answer names no option, none at all, or too many for the kind. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

/**
 * Grades an answer.
 *
 * @param given ids of the chosen options; for an `order`, all of them from first to last.
 * @throws UnreadableAnswer when `given` is not an answer to this kind of question.
 */
export function grade(item: Item, given: readonly string[]): Grade {
  const chosen = given.map((id) => optionOf(item, id));
  if (new Set(given).size !== given.length) throw new UnreadableAnswer('an option is named twice');
  if (chosen.length === 0) throw new UnreadableAnswer('nothing is chosen');

  const solution = solutionOf(item);
  return {
    right: isRight(item, chosen, solution),
    chosen,
    solution,
    revealed: [...new Set(chosen.flatMap((option) => option.misconception ?? []))],
  };
}

/** The right answer: the right option or options, or the whole order. */
export function solutionOf(item: Item): Option[] {
  return item.kind === 'order' ? [...item.options] : item.options.filter((option) => option.correct);
}

function isRight(item: Item, chosen: readonly Option[], solution: readonly Option[]): boolean {
  switch (item.kind) {
    case 'order':
      if (chosen.length !== item.options.length) {
        throw new UnreadableAnswer(`an order needs all ${item.options.length} of them`);
      }
      return chosen.every((option, place) => option.id === solution[place]?.id);
    case 'several':
      return chosen.length === solution.length && chosen.every((option) => option.correct);
    default:
      if (chosen.length > 1) throw new UnreadableAnswer('only one can be chosen');
      return chosen.every((option) => option.correct);
  }
}

function optionOf(item: Item, id: string): Option {
  const option = item.options.find((each) => each.id === id);
  if (!option) throw new UnreadableAnswer(`there is no option '${id}'`);
  return option;
}
