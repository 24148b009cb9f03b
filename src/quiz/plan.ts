import { arrange, arrangeStrictly } from './arrange.ts';
import { type Bank, type BankEntry, findEntry } from './bank.ts';
import { dueBefore, type Schedule } from './schedule.ts';
import { hashOf, seededChance, shuffled } from './shuffle.ts';

/** What a session is to ask. */
export interface PlanWish {
  /** What there is to choose from. */
  readonly bank: Bank;
  readonly schedule: Schedule;
  /** What comes up before this is due; in milliseconds since 1970. */
  readonly until: number;
  readonly seed: number;
  /** At the most. */
  readonly count: number;
  /**
   * - `review`: what is due, then new items
   * - `due`, `new`: only these
   * - `practice`: what is due, then new items, then what would come up next
   * - `exam`: any, known or not, as many of each lesson as of the others
   */
  readonly mode: 'review' | 'due' | 'new' | 'practice' | 'exam';
  /** Lessons that were begun or done. */
  readonly visited: readonly string[];
}

/**
 * Chooses the items of a session and their order. The same wish gives the same plan.
 *
 * What is due comes before what is new, no item gives away the one after it (`arrange`), and lessons are
 * mixed. Where not all of it can be had, what is new is put between what is due.
 */
export function plan(wish: PlanWish): BankEntry[] {
  let left = wish.count;
  const parts = choose(wish).map((part) => {
    const some = part.slice(0, left);
    left -= some.length;
    return some;
  });
  const arranged: BankEntry[] = [];
  for (const part of parts) {
    const next = part.length <= mostArrangedStrictly ? arrangeStrictly(part, arranged.at(-1)) : undefined;
    if (!next) return arrange(parts.flat());
    arranged.push(...next);
  }
  return arranged;
}

const mostArrangedStrictly = 40;

/** The items to take from, those of the first part before those of the second. */
function choose(wish: PlanWish): BankEntry[][] {
  const { mode, bank, schedule, until, count } = wish;
  if (mode === 'exam') return [draw(bank.lessons, wish, count)];
  const due = dueBefore(schedule, until).flatMap(({ item }) => findEntry(bank, item) ?? []);
  if (mode === 'due') return [due];
  if (mode === 'new') return [freshOf(wish)];
  const known = due.length >= count ? [due] : [due, freshOf(wish)];
  if (mode === 'review' || known.flat().length >= count) return known;
  const ahead = [...schedule.memories.values()]
    .filter((memory) => memory.due >= until)
    .sort((one, other) => one.due - other.due)
    .flatMap(({ item }) => findEntry(bank, item) ?? []);
  return [...known, ahead];
}

/** How many lessons ahead of the learner new items come from. */
const lessonsAhead = 2;

/**
 * Items that were never asked, near what was learned: those of lessons that were visited, then those of the
 * next lessons in the course, then of those after them.
 */
function freshOf(wish: PlanWish): BankEntry[] {
  const { bank, schedule, visited, count } = wish;
  const isFresh = ({ id }: BankEntry): boolean => !schedule.memories.has(id);
  const isVisited = (lesson: string): boolean => visited.includes(lesson);
  const chosen = draw(bank.lessons.filter(isVisited), wish, count, isFresh);
  let near: string[] = [];
  // Lessons far ahead are not looked at.
  for (const [at, lesson] of bank.lessons.entries()) {
    if (chosen.length >= count) break;
    if (!isVisited(lesson) && bank.ofLesson(lesson).some(isFresh)) near.push(lesson);
    if (near.length < lessonsAhead && at < bank.lessons.length - 1) continue;
    chosen.push(...draw(near, wish, count - chosen.length, isFresh));
    near = [];
  }
  return chosen;
}

/** Draws one item of each lesson in turn, the lessons and what is in them shuffled. */
function draw(
  lessons: readonly string[],
  { bank, seed }: PlanWish,
  count: number,
  isWanted: (entry: BankEntry) => boolean = () => true,
): BankEntry[] {
  const chance = seededChance(hashOf(`${seed} plan`));
  let piles = shuffled(lessons, chance).map((lesson) => [...bank.ofLesson(lesson)]);
  const drawn: BankEntry[] = [];
  while (piles.length > 0 && drawn.length < count) {
    for (const pile of piles) {
      const entry = drawOne(pile, chance, isWanted);
      if (entry && drawn.length < count) drawn.push(entry);
    }
    piles = piles.filter((pile) => pile.length > 0);
  }
  return drawn;
}

/** Takes an item out of a pile, which loses what it passes over. */
function drawOne(
  pile: BankEntry[],
  chance: () => number,
  isWanted: (entry: BankEntry) => boolean,
): BankEntry | undefined {
  while (pile.length > 0) {
    const place = Math.floor(chance() * pile.length);
    const entry = pile[place];
    const last = pile.pop();
    if (last && place < pile.length) pile[place] = last;
    if (entry && isWanted(entry)) return entry;
  }
  return undefined;
}
