import { judgeLine, type LineVerdict } from './command/judge-line.ts';
import { type Item, lineOfOption, type Mixed, type Option } from './item.ts';
import { solutionOf } from './solution.ts';

/** What an answer was worth. */
export interface Grade {
  readonly right: boolean;
  /** The options chosen, in the order they were given; of a `match` the left sides, in the item's order. */
  readonly chosen: readonly Option[];
  /** What would have been right, in order. */
  readonly solution: readonly Option[];
  /** The wrong beliefs that the answer reveals. */
  readonly revealed: readonly string[];
  /** Of a `match`: what was put together. */
  readonly pairs?: readonly Pair[];
  /** Of a `mistake`: the line of the listing that was chosen, from 1. */
  readonly line?: number;
  /** Of a `command`: what the line is worth. */
  readonly typed?: LineVerdict;
}

/** A left side with the partner it was given. */
export interface Pair {
  readonly left: Option;
  /** The option whose partner it is. */
  readonly right: Option;
  /** What this wrong pair says, where the item knows it. */
  readonly mixed?: Mixed;
}

/** Thrown when an answer names no option, none at all, or too many for the kind. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

/**
 * Grades an answer.
 *
 * @param given what was answered: ids of the chosen options; for an `order`, all of them from first to last;
 *   for a `match`, `a=c` for each left side and the option whose partner it was given; for a `mistake`, an
 *   option or the number of a line; for a `command`, the line
 * @throws UnreadableAnswer when `given` is not an answer to this kind of question
 */
export function grade(item: Item, given: readonly string[]): Grade {
  if (given.length === 0) throw new UnreadableAnswer('nothing is chosen');
  switch (item.kind) {
    case 'match':
      return gradePairs(item, given);
    case 'mistake':
      return gradePlace(item, given);
    case 'command':
      return gradeLine(item, given);
    default:
      return gradeOptions(item, given);
  }
}

function gradeOptions(item: Item, given: readonly string[]): Grade {
  const chosen = given.map((id) => optionOf(item, id));
  if (new Set(given).size !== given.length) throw new UnreadableAnswer('an option is named twice');
  const solution = solutionOf(item);
  const right = isRight(item, chosen, solution);
  // In an order, only what stands at a wrong place says anything.
  const telling =
    item.kind === 'order' ? chosen.filter((option, place) => option.id !== solution[place]?.id) : chosen;
  return { right, chosen, solution, revealed: revealedBy(telling) };
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

function gradePairs(item: Item, given: readonly string[]): Grade {
  const partners = new Map<Option, Option>();
  for (const pair of given) {
    const [left = '', right = '', ...more] = pair.split('=');
    if (right === '' || more.length > 0) throw new UnreadableAnswer(`'${pair}' is no pair such as a=b`);
    const option = optionOf(item, left);
    if (partners.has(option)) throw new UnreadableAnswer(`'${left}' is given two partners`);
    partners.set(option, optionOf(item, right));
  }
  const { size } = new Set(partners.values());
  if (size < partners.size) throw new UnreadableAnswer('two are given the same partner');
  if (partners.size < item.options.length) {
    throw new UnreadableAnswer(`all ${item.options.length} need a partner`);
  }
  const pairs = item.options.map((left): Pair => {
    const right = partners.get(left) ?? left;
    const mixed = right === left ? undefined : left.mixed?.find(({ match }) => match === right.match);
    return { left, right, ...(mixed ? { mixed } : {}) };
  });
  return {
    right: pairs.every(({ left, right }) => left === right),
    chosen: pairs.map(({ left }) => left),
    solution: solutionOf(item),
    revealed: unique(pairs.flatMap(({ mixed }) => mixed?.misconception ?? [])),
    pairs,
  };
}

function gradePlace(item: Item, given: readonly string[]): Grade {
  const [only = '', ...more] = given;
  if (more.length > 0) throw new UnreadableAnswer('only one line can be chosen');
  const count = item.listing?.text.split('\n').length ?? 0;
  const number = /^\d+$/.test(only) ? Number(only) : lineOfOption(item, optionOf(item, only));
  if (number === undefined || number < 1 || number > count) {
    throw new UnreadableAnswer(`there is no line ${only}; the listing has ${count}`);
  }
  const option = item.options.find((each) => lineOfOption(item, each) === number);
  return {
    right: option?.correct === true,
    chosen: option ? [option] : [],
    solution: solutionOf(item),
    revealed: revealedBy(option ? [option] : []),
    line: number,
  };
}

function gradeLine(item: Item, given: readonly string[]): Grade {
  const line = given.join(' ');
  if (line.trim() === '') throw new UnreadableAnswer('nothing is typed');
  const typed = judgeLine(item, line);
  const chosen = 'option' in typed ? [typed.option] : [];
  return {
    right: typed.kind === 'right',
    chosen,
    solution: solutionOf(item),
    revealed: revealedBy(chosen),
    typed,
  };
}

/** A right option reveals nothing. */
function revealedBy(chosen: readonly Option[]): string[] {
  return unique(chosen.flatMap(({ correct, misconception }) => (correct ? [] : (misconception ?? []))));
}

function optionOf(item: Item, id: string): Option {
  const option = item.options.find((each) => each.id === id);
  if (!option) throw new UnreadableAnswer(`there is no option '${id}'`);
  return option;
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
