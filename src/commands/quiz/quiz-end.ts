import { exitCode, TutorError } from '../../errors.ts';
import type { LessonSummary } from '../../lesson/lesson.ts';
import type { Belief } from '../../quiz/beliefs.ts';
import type { Grade } from '../../quiz/grade.ts';
import type { Item } from '../../quiz/item.ts';
import type { Turn } from '../../quiz/session.ts';
import { isPassed, type Summary, scoreByUnit, summarise } from '../../quiz/summary.ts';
import { signed } from '../../terminal/marks.ts';
import { drawLine, drawParagraph } from '../../terminal/prose.ts';
import type { Style } from '../../terminal/style.ts';
import { drawFeedback } from '../../terminal/views/feedback-view.ts';
import { drawContrast, drawQuizEnd } from '../../terminal/views/quiz-view.ts';
import type { Review } from '../review.ts';
import type { Session } from '../session.ts';

/** A question of a session that was answered. */
export interface Answered {
  readonly item: Item;
  readonly grade: Grade;
}

/** A session that is over, with where the learner stood before it and stands now. */
export interface Ended {
  readonly turns: readonly Turn[];
  /** How many questions there were to be. */
  readonly planned: number;
  readonly before: ReadonlyMap<string, Belief>;
  readonly after: ReadonlyMap<string, Belief>;
  readonly review: Review;
}

/** Shows how a session went. */
export function showEnd(session: Session, ended: Ended, style: Style): void {
  const summary = summarise(ended.turns, ended.before, ended.after);
  // Below the last answer stands an empty line already where keys were waited for.
  const gap = session.screen.interactive && !session.screen.plain ? [] : [''];
  session.print([...gap, ...drawEnd(session, summary, ended, style, false)]);
}

/**
 * Shows how an exam went: what was said to each question, and the score. What was left unanswered is not
 * right.
 *
 * @throws TutorError with exit code 1 when it is not passed
 */
export function endExam(session: Session, answered: readonly Answered[], ended: Ended, style: Style): void {
  const summary = { ...summarise(ended.turns, ended.before, ended.after), asked: ended.planned };
  session.print(answered.flatMap((each, place) => drawAnswered(each, place + 1, style)));
  session.print(['', ...drawEnd(session, summary, ended, style, true)]);
  if (isPassed(summary)) return;
  throw new TutorError(
    `the exam is not passed: ${summary.right} of ${summary.asked} right`,
    'What was wrong comes back in k8s-docker-tutor quiz; take the exam again when you like.',
    exitCode.no,
  );
}

function drawAnswered({ item, grade }: Answered, number: number, style: Style): string[] {
  const head = drawLine(style.strong(`Question ${number}`), style);
  const prompt = drawParagraph(item.prompt.trim().replace(/\s+/g, ' '), style);
  if (grade.right) {
    return [
      '',
      ...head,
      ...prompt,
      ...drawLine(style.good(signed(style.sign.right, 'Right.', style)), style),
    ];
  }
  return ['', ...head, ...prompt, '', ...drawFeedback(item, grade, style), '', ...drawContrast(item, style)];
}

function drawEnd(
  session: Session,
  summary: Summary,
  { turns, planned, review }: Ended,
  style: Style,
  isExam: boolean,
): string[] {
  const course = session.content.course();
  const misconceptions = session.content.misconceptions();
  const lessons = course.lessons
    .map((lesson): { lesson: LessonSummary; wrong: number } => {
      const { asked, right } = summary.byLesson.get(lesson.id) ?? { asked: 0, right: 0 };
      return { lesson, wrong: asked - right };
    })
    .filter(({ wrong }) => wrong > 0)
    .sort((one, other) => other.wrong - one.wrong)
    .slice(0, 3)
    .map(({ lesson }) => lesson);
  return drawQuizEnd(
    {
      summary,
      units: scoreByUnit(summary.byLesson, course.units),
      misconception: (id) => misconceptions.find((each) => each.id === id),
      isExam,
      left: planned - turns.filter((turn) => !turn.isAgain).length,
      due: review.due,
      days: review.days,
      today: review.today,
      next: review.next,
      lessons,
    },
    style,
  );
}
