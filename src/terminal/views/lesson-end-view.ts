import type { IndexedLab, Misconception } from '../../content/content.ts';
import type { Progress } from '../../learner/progress.ts';
import type { Lesson, LessonSummary } from '../../lesson/lesson.ts';
import { signed } from '../marks.ts';
import { drawLine, drawMarks, drawParagraph, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { wrap } from '../wrap.ts';
import { drawLessonLabs, drawPrintedBy, drawSources } from './lesson-view.ts';

/** A wrong belief, why it is tempting, and what shows otherwise: said to the learner who fell for it. */
export function drawRefutation(misconception: Misconception, style: Style): string[] {
  const parts = [
    `${style.strong('The belief behind it:')} ${drawMarks(misconception.belief, style)}`,
    `${style.strong('Why it is tempting:')} ${drawMarks(misconception.tempting, style)}`,
    `${style.strong('What shows otherwise:')} ${drawMarks(misconception.shows, style)}`,
  ];
  const edge = style.screen.plain ? '' : `${style.notable(style.sign.bar)} `;
  return parts.flatMap((part) => indented(wrap(part, style.width - 2).map((line) => edge + line)));
}

/** What the end of a lesson says beside the lesson itself. */
export interface LessonEnd {
  readonly progress: Progress;
  readonly misconception: (id: string) => Misconception | undefined;
  /** The lesson to take next; undefined after the last one. */
  readonly following: LessonSummary | undefined;
  /** How many questions, of all lessons, are due for review. */
  readonly due: number;
  /** Labs of this lesson. */
  readonly labs: readonly IndexedLab[];
}

/** The end of a lesson: how the checks went, what to look at again, where it all comes from, what is next. */
export function drawEnd(
  lesson: Lesson,
  { progress, misconception, following, due, labs }: LessonEnd,
  style: Style,
): string[] {
  const checks = lesson.steps.flatMap((step) => (step.ask && step.ask.kind !== 'predict' ? step.ask.id : []));
  const latest = new Map(progress.answers.map((answer) => [answer.item, answer]));
  const right = checks.filter((id) => latest.get(id)?.right).length;
  const fallenFor = [
    ...new Set(lesson.steps.flatMap((step) => latest.get(step.ask?.id ?? '')?.revealed ?? [])),
  ];
  const beliefs = fallenFor.flatMap((id) => misconception(id) ?? []);
  return [
    ...drawLine(
      style.good(style.strong(signed(style.sign.done, `${style.text(lesson.title)}: done`, style))),
      style,
    ),
    ...drawParagraph(`${right} of ${checks.length} checks right.`, style),
    ...(beliefs.length === 0
      ? []
      : [
          '',
          ...drawLine(style.strong('Worth another look'), style),
          ...beliefs.flatMap((each) =>
            indented(
              hang(
                '- ',
                2,
                `${drawMarks(each.belief, style)} ${drawMarks(each.contrast, style)}`,
                style.width,
              ),
            ),
          ),
        ]),
    '',
    ...drawSources(lesson, style),
    '',
    ...drawPrintedBy(lesson, style),
    '',
    ...drawLessonLabs(labs, style),
    ...(due > 0
      ? drawParagraph(
          `${due} ${due === 1 ? 'question is' : 'questions are'} due for review in the quiz.`,
          style,
        )
      : []),
    ...(following
      ? drawParagraph(
          `Next: **${following.number}. ${following.title}**, ${following.minutes} minutes.`,
          style,
        )
      : drawParagraph('That was the last lesson: the whole course is done.', style)),
  ];
}
