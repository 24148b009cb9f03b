import type { Progress } from '../learner/progress.ts';
import { type Bank, findEntry } from '../quiz/bank.ts';
import { dueByDay, nextDue, type Schedule, scheduleOf } from '../quiz/schedule.ts';
import type { Session } from './session.ts';

/** What a learner is to be asked again, and when. */
export interface Review {
  readonly bank: Bank;
  readonly schedule: Schedule;
  readonly today: Date;
  /** The end of today where the learner is: what comes up before it is due. */
  readonly until: number;
  /** How many questions are due. */
  readonly due: number;
  /** How many come up on each of the days to come, today first. */
  readonly days: readonly number[];
  /** When the first comes up that is not due today. */
  readonly next: Date | undefined;
}

/** Two weeks can be shown at a glance. */
const daysShown = 14;

/** Works out the schedule of a learner as of now. */
export function reviewOf(session: Session, progress: Progress, bank = session.content.bank()): Review {
  const today = session.io.now();
  const until = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1).getTime();
  const schedule = scheduleOf(progress.answers, (id) => findEntry(bank, id)?.kind, today.getTime());
  const days = dueByDay(schedule, until, daysShown);
  const next = nextDue(schedule, until);
  return {
    bank,
    schedule,
    today,
    until,
    due: days[0] ?? 0,
    days,
    next: next === undefined ? undefined : new Date(next),
  };
}

/** What of the record does not fit the schedule, in sentences for the learner. */
export function oddities({ lost, ahead }: Schedule): string[] {
  return [
    ...(ahead === 0
      ? []
      : [
          `${ahead} ${ahead === 1 ? 'answer is' : 'answers are'} dated in the future: has a clock been set back? They are kept, and do not count for the days of review.`,
        ]),
    ...(lost.length === 0
      ? []
      : [
          `${lost.length} ${lost.length === 1 ? 'question' : 'questions'} that you answered ${lost.length === 1 ? 'is' : 'are'} not in the bank of this version. The answers are kept.`,
        ]),
  ];
}
