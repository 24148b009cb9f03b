import { type BankEntry, isSameAnswer, isSameTrap } from './bank.ts';
import type { Sureness } from './given-answer.ts';
import type { Grade } from './grade.ts';

/** One question of a session, asked. */
export interface Turn {
  readonly entry: BankEntry;
  readonly grade: Grade;
  readonly given: readonly string[];
  readonly sure?: Sureness;
  /** Asked a second time in this session; only the first time is scored. */
  readonly isAgain: boolean;
}

/** A quiz that is going on. A plain value; every answer gives a new one. */
export interface QuizSession {
  readonly ahead: readonly BankEntry[];
  readonly turns: readonly Turn[];
}

/** Begins with these, in this order. */
export function beginSession(entries: readonly BankEntry[]): QuizSession {
  return { ahead: entries, turns: [] };
}

/** What is asked next, and whether it was asked before; undefined at the end. */
export function nextTurn(session: QuizSession): { entry: BankEntry; isAgain: boolean } | undefined {
  const [entry] = session.ahead;
  return entry && { entry, isAgain: session.turns.some((turn) => turn.entry.id === entry.id) };
}

/** How many others come before a question that is asked again. */
const before = 3;

/**
 * The session after an answer to the next question. A confident error comes back in it, after a few others
 * and between such as it does not give away; once.
 *
 * @param mayRepeat false in an exam
 */
export function takeTurn(
  session: QuizSession,
  turn: Omit<Turn, 'entry' | 'isAgain'>,
  mayRepeat: boolean,
): QuizSession {
  const next = nextTurn(session);
  if (!next) return session;
  const taken: Turn = { ...turn, ...next };
  const ahead = session.ahead.slice(1);
  const repeats = mayRepeat && !next.isAgain && !turn.grade.right && turn.sure === 3;
  return {
    ahead: repeats ? insertLater(ahead, next.entry) : ahead,
    turns: [...session.turns, taken],
  };
}

/** At the first place where it can stand, counted from the third; at the end of a session that is short. */
function insertLater(ahead: readonly BankEntry[], entry: BankEntry): BankEntry[] {
  if (ahead.length === 0) return [];
  const fits = (neighbour: BankEntry | undefined): boolean =>
    !neighbour || !(isSameAnswer(neighbour, entry) || isSameTrap(neighbour, entry));
  for (let place = Math.min(before, ahead.length); place <= ahead.length; place++) {
    if (fits(ahead[place - 1]) && fits(ahead[place])) {
      return [...ahead.slice(0, place), entry, ...ahead.slice(place)];
    }
  }
  // It gives away what it would stand beside: it is the first of the next session.
  return [...ahead];
}
