import { type Item, type ItemKind, misconceptionsOf } from './item.ts';
import { solutionOf } from './solution.ts';

/** What the bank's index knows of an item: enough to choose it by, without reading it. */
export interface BankEntry {
  readonly id: string;
  readonly kind: ItemKind;
  readonly lesson: string;
  readonly difficulty: Item['difficulty'];
  /** The misconceptions that its answers reveal. */
  readonly misconceptions: readonly string[];
  /** Two items with the same key have the same answer. */
  readonly answer: number;
}

/** The index of a bank, by lessons: a large one is unpacked only as far as it is looked at. */
export interface Bank {
  /** Ids of the lessons that have items, in the order of the course. */
  readonly lessons: readonly string[];
  /** How many items there are. */
  readonly size: number;
  /** The items of a lesson; none for a lesson that has none. */
  readonly ofLesson: (lesson: string) => readonly BankEntry[];
}

/** A bank of these items. */
export function bankOf(entries: readonly BankEntry[]): Bank {
  const byLesson = new Map<string, BankEntry[]>();
  for (const entry of entries) {
    const own = byLesson.get(entry.lesson);
    if (own) own.push(entry);
    else byLesson.set(entry.lesson, [entry]);
  }
  return {
    lessons: [...byLesson.keys()],
    size: entries.length,
    ofLesson: (lesson) => byLesson.get(lesson) ?? [],
  };
}

/** Every item of a bank. */
export function entriesOf(bank: Bank): BankEntry[] {
  return bank.lessons.flatMap((lesson) => bank.ofLesson(lesson));
}

/** The item of an id, which is `lesson.name`; undefined when the bank has none (any more). */
export function findEntry(bank: Bank, id: string): BankEntry | undefined {
  return bank.ofLesson(id.slice(0, id.indexOf('.'))).find((entry) => entry.id === id);
}

/**
 * The index of a bank.
 *
 * @param items with ids that are unique; in any order, which is kept
 */
export function indexBank(items: readonly Item[]): BankEntry[] {
  const keys = new Map<string, number>();
  return items.map((item) => {
    const answer = answerText(item);
    const key = keys.get(answer) ?? keys.size;
    keys.set(answer, key);
    const { id, kind, lesson, difficulty } = item;
    return { id, kind, lesson, difficulty, misconceptions: misconceptionsOf(item), answer: key };
  });
}

/** Whether two items have the same answer, so that the first would give the second away. */
export function isSameAnswer(one: BankEntry, other: BankEntry): boolean {
  return one.answer === other.answer;
}

/** Whether two items set the same trap: the feedback to the first would be a warning of the second. */
export function isSameTrap(one: BankEntry, other: BankEntry): boolean {
  return one.misconceptions.some((each) => other.misconceptions.includes(each));
}

/** An answer without what is only its spelling: case, blanks, marks of markdown, a full stop. */
function answerText(item: Item): string {
  const parts = solutionOf(item).map(({ text, match = '', at = '' }) =>
    `${at === '' ? text : at} ${match}`
      .toLowerCase()
      .replace(/[\s`*".,;:]+/g, ' ')
      .trim(),
  );
  return (item.kind === 'order' ? parts : parts.sort()).join('\n');
}

/** For every item the misconceptions that its answers reveal. */
export function trapsOf(bank: Bank): Map<string, readonly string[]> {
  return new Map(entriesOf(bank).map((entry) => [entry.id, entry.misconceptions]));
}
