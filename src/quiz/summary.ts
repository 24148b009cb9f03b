import type { Belief } from './beliefs.ts';
import type { Turn } from './session.ts';

/** How many of some were right. */
export interface Score {
  readonly asked: number;
  readonly right: number;
}

/** What came of a session. */
export interface Summary extends Score {
  /** By the lessons of the questions, in the order of the course. */
  readonly byLesson: ReadonlyMap<string, Score>;
  /** Misconceptions that an answer revealed and that are still held. */
  readonly found: readonly string[];
  /** Misconceptions that were held and are no longer. */
  readonly cleared: readonly string[];
  /** Those that were never held, and that a right answer now speaks against. */
  readonly sound: readonly string[];
}

/**
 * Sums up a session. Of a question that was asked twice, the first answer counts.
 *
 * @param before where the learner stood with each misconception when it began
 * @param after where they stand now
 */
export function summarise(
  turns: readonly Turn[],
  before: ReadonlyMap<string, Belief>,
  after: ReadonlyMap<string, Belief>,
): Summary {
  const scored = turns.filter((turn) => !turn.isAgain);
  const byLesson = new Map<string, Score>();
  for (const { entry, grade } of scored)
    byLesson.set(entry.lesson, plus(byLesson.get(entry.lesson), grade.right));
  const revealed = new Set(turns.flatMap(({ grade }) => grade.revealed));
  const became = (belief: Belief, was: (before: Belief | undefined) => boolean): string[] =>
    [...after].flatMap(([id, now]) => (now === belief && was(before.get(id)) ? id : []));
  return {
    ...scored.reduce<Score>((sum, { grade }) => plus(sum, grade.right), { asked: 0, right: 0 }),
    byLesson,
    found: became('held', () => true).filter((id) => revealed.has(id)),
    // One that was revealed and cleared in the same session was cleared in it.
    cleared: [...after].flatMap(([id, now]) =>
      now === 'cleared' && (before.get(id) !== 'cleared' || revealed.has(id)) ? id : [],
    ),
    sound: became('sound', (was) => was === 'untested'),
  };
}

function plus(score: Score | undefined, isRight: boolean): Score {
  return { asked: (score?.asked ?? 0) + 1, right: (score?.right ?? 0) + (isRight ? 1 : 0) };
}

/** What has to be right of an exam, in percent. */
export const passMark = 80;

/** Whether an exam is passed; one without questions is not. */
export function isPassed({ asked, right }: Score): boolean {
  return asked > 0 && right * 100 >= asked * passMark;
}

/** A bar for each unit: its lessons' scores put together; units without questions are left out. */
export function scoreByUnit(
  byLesson: ReadonlyMap<string, Score>,
  units: readonly { readonly title: string; readonly lessons: readonly string[] }[],
): { title: string; score: Score }[] {
  return units
    .map(({ title, lessons }) => ({
      title,
      score: lessons.reduce<Score>(
        (sum, lesson) => {
          const { asked, right } = byLesson.get(lesson) ?? { asked: 0, right: 0 };
          return { asked: sum.asked + asked, right: sum.right + right };
        },
        { asked: 0, right: 0 },
      ),
    }))
    .filter(({ score }) => score.asked > 0);
}
