import { type BankEntry, isSameAnswer, isSameTrap } from './bank.ts';

/** So many orders are tried at the most; for up to seven items that is every order. */
const mostTries = 20_000;
/** Of more than so many, one batch is arranged after another. */
const batch = 40;

/**
 * An order in which no item gives away the next one, where there is one, and in which lessons change as
 * often as that allows. Beyond that the order given is kept: what comes first matters most.
 *
 * An item gives another away when both have the same answer, or both set the same trap. Where that cannot
 * be avoided (a session about one misconception sets one trap), neighbours at least have other answers.
 *
 * @param before the item that was asked just before
 */
export function arrange(entries: readonly BankEntry[], before?: BankEntry): BankEntry[] {
  const arranged: BankEntry[] = [];
  for (let start = 0; start < entries.length; start += batch) {
    const some = entries.slice(start, start + batch);
    const last = arranged.at(-1) ?? before;
    arranged.push(...(arrangeStrictly(some, last) ?? arrangeSomehow(some, last)));
  }
  return arranged;
}

/**
 * The same, for those who have other items to put between.
 *
 * @returns undefined when every order has neighbours of which one gives the other away
 */
export function arrangeStrictly(entries: readonly BankEntry[], before?: BankEntry): BankEntry[] | undefined {
  const givesAway = (one: BankEntry, other: BankEntry): boolean =>
    isSameAnswer(one, other) || isSameTrap(one, other);
  return new Search(givesAway).extend(before, entries);
}

function arrangeSomehow(entries: readonly BankEntry[], before?: BankEntry): BankEntry[] {
  const search = new Search(isSameAnswer);
  // Else the longest beginning that was found, then what is left of it.
  return (
    search.extend(before, entries) ?? [
      ...search.best,
      ...entries.filter((entry) => !search.best.includes(entry)),
    ]
  );
}

class Search {
  /** The longest beginning in which no neighbour gives the other away. */
  best: readonly BankEntry[] = [];
  readonly #givesAway: (one: BankEntry, other: BankEntry) => boolean;
  #triesLeft = mostTries;

  constructor(givesAway: (one: BankEntry, other: BankEntry) => boolean) {
    this.#givesAway = givesAway;
  }

  /** @returns all of `left` in an order, or undefined when there is none or it took too long to find */
  extend(
    last: BankEntry | undefined,
    left: readonly BankEntry[],
    begun: readonly BankEntry[] = [],
  ): BankEntry[] | undefined {
    if (begun.length > this.best.length) this.best = begun;
    if (left.length === 0) return [...begun];
    const able = last ? left.filter((entry) => !this.#givesAway(last, entry)) : left;
    for (const entry of inOrderOfChoice(able, last)) {
      this.#triesLeft -= 1;
      if (this.#triesLeft < 0) return undefined;
      const rest = left.filter((each) => each !== entry);
      const found = this.extend(entry, rest, [...begun, entry]);
      if (found) return found;
    }
    return undefined;
  }
}

/** Those of another lesson than the last one first. */
function inOrderOfChoice(entries: readonly BankEntry[], last: BankEntry | undefined): BankEntry[] {
  const isNear = (entry: BankEntry): boolean => entry.lesson === last?.lesson;
  return [...entries.filter((entry) => !isNear(entry)), ...entries.filter(isNear)];
}
