import { type Card, createEmptyCard, fsrs, type Grade as Rating } from 'ts-fsrs';
import type { GivenAnswer } from './given-answer.ts';
import type { ItemKind } from './item.ts';

/** What is remembered of an item, worked out from the answers to it. */
export interface Memory {
  readonly item: string;
  /** When it comes up for review, in milliseconds since 1970. */
  readonly due: number;
  /** Its last answer was wrong, and the learner was sure of it. */
  readonly wasSureAndWrong: boolean;
  /** When it was answered last. */
  readonly last: number;
}

/** The schedule of all items that were answered, and what could not be scheduled. */
export interface Schedule {
  readonly memories: ReadonlyMap<string, Memory>;
  /** Items that were answered and that the bank does not have (any more). */
  readonly lost: readonly string[];
  /** How many answers are dated in the future: a clock was set back. */
  readonly ahead: number;
}

/** Clocks of two machines may differ by so much. */
const tolerance = 3_600_000;

/**
 * Without fuzz and without steps of minutes: the same answers give the same days, and nothing but a session
 * itself asks twice in an hour. The other parameters are the defaults of FSRS 6
 * (https://github.com/open-spaced-repetition/free-spaced-repetition-scheduler).
 */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });

/**
 * The schedule, by FSRS. It is worked out anew from the answers each time, so it can neither be lost nor
 * disagree with them. A prediction inside a lesson is made before the answer is taught: it does not count.
 *
 * @param answers in any order
 * @param kindOf gives the kind of an item; undefined for one that the bank does not have
 * @param now in milliseconds since 1970. Answers dated later are not counted; an item that has no others is
 *   due at once.
 */
export function scheduleOf(
  answers: readonly GivenAnswer[],
  kindOf: (item: string) => ItemKind | undefined,
  now: number,
): Schedule {
  const byItem = new Map<string, GivenAnswer[]>();
  const lost = new Set<string>();
  let ahead = 0;
  for (const answer of answers) {
    const kind = kindOf(answer.item);
    if (kind === undefined) lost.add(answer.item);
    else if (kind !== 'predict' || answer.in === 'quiz') {
      const before = byItem.get(answer.item);
      if (before) before.push(answer);
      else byItem.set(answer.item, [answer]);
      if (Date.parse(answer.at) > now + tolerance) ahead += 1;
    }
  }
  const memories = new Map([...byItem].map(([item, given]) => [item, remember(item, given, now)]));
  return { memories, lost: [...lost], ahead };
}

function remember(item: string, answers: readonly GivenAnswer[], now: number): Memory {
  const counting = answers
    .filter(({ at }) => Date.parse(at) <= now + tolerance)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  let card: Card | undefined;
  for (const answer of counting) {
    const at = new Date(Date.parse(answer.at));
    card = scheduler.next(card ?? createEmptyCard(at), at, ratingOf(answer)).card;
  }
  const last = counting.at(-1);
  if (!card || !last) return { item, due: now, wasSureAndWrong: false, last: now };
  const wasSureAndWrong = !last.right && last.sure === 3;
  const lastAt = Date.parse(last.at);
  return { item, due: wasSureAndWrong ? lastAt : card.due.getTime(), wasSureAndWrong, last: lastAt };
}

/** FSRS's again (1), hard (2), good (3), easy (4). Who was not asked how sure they were counts as fairly sure. */
function ratingOf({ right, sure }: GivenAnswer): Rating {
  if (!right) return 1;
  return sure === 1 ? 2 : sure === 3 ? 4 : 3;
}

/**
 * The memories that are due, those of confident errors first, then the longest overdue.
 *
 * @param until what comes up before this is due: the end of today, so that a review does not wait for the
 *   hour of the last one
 */
export function dueBefore({ memories }: Schedule, until: number): Memory[] {
  return [...memories.values()]
    .filter(({ due }) => due < until)
    .sort(
      (one, other) =>
        Number(other.wasSureAndWrong) - Number(one.wasSureAndWrong) ||
        one.due - other.due ||
        (one.item < other.item ? -1 : 1),
    );
}

const day = 86_400_000;

/**
 * How many items come up on each of the days to come; what is overdue stands in the first, which is today.
 *
 * @param until the end of today where the learner is
 */
export function dueByDay({ memories }: Schedule, until: number, days: number): number[] {
  const counts = Array.from({ length: days }, () => 0);
  for (const { due } of memories.values()) {
    const place = due < until ? 0 : Math.floor((due - until) / day) + 1;
    if (place < days) counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

/** When the next item comes up after today; undefined when there is none. */
export function nextDue({ memories }: Schedule, until: number): number | undefined {
  let next: number | undefined;
  for (const { due } of memories.values()) {
    if (due >= until && (next === undefined || due < next)) next = due;
  }
  return next;
}
