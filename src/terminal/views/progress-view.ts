import type { CourseIndex, IndexedLesson, Misconception } from '../../content/content.ts';
import type { Progress } from '../../learner/progress.ts';
import type { Belief } from '../../quiz/beliefs.ts';
import { signed } from '../marks.ts';
import { drawLine, drawMarks, drawParagraph, drawUnbroken, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { lessonState } from './course-view.ts';
import { drawDueDays, dueText } from './due-view.ts';

/** What is to be asked again. */
export interface Reviews {
  /** How many are due. */
  readonly due: number;
  /** How many come up on each of the days to come, today first. */
  readonly days: readonly number[];
  readonly today: Date;
  /** When the first comes up that is not due today. */
  readonly next: Date | undefined;
}

/** What the progress screen shows. */
export interface ProgressPicture {
  readonly course: CourseIndex;
  readonly state: Progress;
  readonly misconceptions: readonly Misconception[];
  readonly standing: ReadonlyMap<string, Belief>;
  readonly next: IndexedLesson | undefined;
  readonly review: Reviews;
  readonly labs: { readonly all: number; readonly solved: number };
  /** What of the record does not fit, in sentences. */
  readonly oddities: readonly string[];
  /** Where the file lives. */
  readonly path: string | undefined;
}

/** A bar a unit, then the misconceptions: held ones by name, the others counted. */
export function drawProgress(picture: ProgressPicture, style: Style): string[] {
  const { course, state, next, path, labs } = picture;
  const isDone = (lesson: IndexedLesson): boolean => state.lessons[lesson.id]?.done !== undefined;
  const done = course.lessons.filter(isDone).length;
  const right = state.answers.filter((answer) => answer.right).length;
  return [
    ...drawLine(style.title(`${done} of ${course.lessons.length} lessons done`), style),
    ...drawUnits(course, isDone, style),
    '',
    ...(next
      ? drawParagraph(
          `Next: **${next.number}. ${next.title}** (${lessonState(next, state)}), with \`k8s-docker-tutor learn ${next.id}\``,
          style,
        )
      : drawParagraph('The whole course is done.', style)),
    ...(state.answers.length > 0
      ? drawParagraph(`${state.answers.length} questions answered, ${right} of them right.`, style)
      : []),
    ...(labs.all > 0 ? drawLine(`${labs.solved} of ${labs.all} labs solved.`, style) : []),
    '',
    ...drawBeliefs(picture, style),
    '',
    ...drawReviews(picture, style),
    '',
    ...(path === undefined
      ? drawLine(style.faint('There is no place to keep progress in.'), style)
      : drawUnbroken(style.faint(`Kept in ${path}`))),
  ];
}

function drawUnits(course: CourseIndex, isDone: (lesson: IndexedLesson) => boolean, style: Style): string[] {
  const width = Math.max(...course.units.map((unit) => unit.title.length));
  return course.units.flatMap((unit) => {
    const lessons = course.lessons.filter((lesson) => lesson.unit === unit.title);
    const done = lessons.filter(isDone).length;
    const cells = lessons.map((lesson) =>
      isDone(lesson) ? style.good(style.sign.barFull.repeat(3)) : style.faint(style.sign.barRest.repeat(3)),
    );
    const bar = style.screen.plain ? '' : `${cells.join(' ')}  `;
    return drawLine(`${style.text(unit.title).padEnd(width)}  ${bar}${done} of ${lessons.length}`, style);
  });
}

function drawReviews({ review, oddities }: ProgressPicture, style: Style): string[] {
  const { due, days, today, next } = review;
  const how = due > 0 ? ' `k8s-docker-tutor quiz` asks.' : '';
  return [
    ...drawDueDays(days, today, style),
    ...drawParagraph(`${dueText(due, next, today)}${how}`, style),
    ...oddities.flatMap((oddity) => drawParagraph(oddity, style)),
  ];
}

function drawBeliefs({ misconceptions, standing }: ProgressPicture, style: Style): string[] {
  const of = (belief: Belief): readonly Misconception[] =>
    misconceptions.filter((each) => standing.get(each.id) === belief);
  const held = of('held');
  const cleared = of('cleared');
  return [
    ...drawLine(style.strong('Misconceptions'), style),
    ...drawLine(
      `${held.length} held, ${cleared.length} cleared, ${of('sound').length} never fallen for, ${of('untested').length} not yet tested`,
      style,
    ),
    ...drawNamed(signed(style.bad(style.sign.wrong), 'held', style), held, style),
    ...drawNamed(signed(style.good(style.sign.right), 'cleared', style), cleared, style),
  ];
}

function drawNamed(label: string, some: readonly Misconception[], style: Style): string[] {
  if (some.length === 0) return [];
  return [
    '',
    ...drawLine(style.screen.plain ? `Misconceptions ${label}:` : label, style),
    ...some.flatMap((each) =>
      indented(
        hang(
          '- ',
          2,
          `${drawMarks(each.belief, style)} ${style.faint(`(learn ${each.lesson})`)}`,
          style.width,
        ),
      ),
    ),
  ];
}
