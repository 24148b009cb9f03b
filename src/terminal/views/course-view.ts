import type { CourseIndex, IndexedLesson } from '../../content/content.ts';
import type { Progress } from '../../learner/progress.ts';
import type { MenuEntry } from '../conversation/conversation.ts';
import { drawLine, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';

/** The course as a list: units, lessons, what is done. */
export function drawCourse(course: CourseIndex, progress: Progress, style: Style): string[] {
  const lines = course.units.flatMap((unit, index) => [
    ...(index > 0 ? [''] : []),
    ...drawLine(style.strong(style.text(unit.title)), style),
    ...course.lessons
      .filter((lesson) => lesson.unit === unit.title)
      .flatMap((lesson) => drawLessonLine(lesson, progress, style)),
  ]);
  const done = course.lessons.filter((lesson) => progress.lessons[lesson.id]?.done).length;
  const minutes = course.lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);
  return [
    ...lines,
    '',
    ...drawLine(style.faint(`${done} of ${course.lessons.length} done; ${minutes} minutes in all.`), style),
    ...drawLine(style.faint('Take one with: k8s-docker-tutor learn <id or number>'), style),
  ];
}

function drawLessonLine(lesson: IndexedLesson, progress: Progress, style: Style): string[] {
  const number = String(lesson.number).padStart(2);
  if (style.screen.plain) {
    return [
      `  ${number}. ${style.text(lesson.title)}: id ${lesson.id}, ${lesson.minutes} minutes, ${lessonState(lesson, progress)}`,
    ];
  }
  const title = style.text(lesson.title);
  const rest = `${lesson.id}, ${lesson.minutes} min`;
  const gap = style.width - 6 - [...title].length - rest.length;
  const line = `${stateSign(lesson, progress, style)} ${number}  ${title}`;
  return indented(
    gap >= 2
      ? [`${line}${' '.repeat(gap)}${style.faint(rest)}`]
      : [
          ...hang(`${stateSign(lesson, progress, style)} ${number}  `, 6, title, style.width),
          `      ${style.faint(rest)}`,
        ],
  );
}

/** The course as entries of a menu. */
export function courseEntries(course: CourseIndex, progress: Progress, style: Style): MenuEntry[] {
  return course.lessons.map((lesson) => {
    const state = lessonState(lesson, progress);
    const note = style.screen.plain || state.startsWith('step') ? `, ${state}` : '';
    const sign = style.screen.plain ? '' : `${stateSign(lesson, progress, style)} `;
    return {
      value: lesson.id,
      label: String(lesson.number),
      group: style.text(lesson.unit),
      text: `${sign}${style.text(lesson.title)} ${style.faint(`(${lesson.minutes} min${note})`)}`,
    };
  });
}

/** "done", "step 4 of 13" or "not begun". */
export function lessonState(lesson: IndexedLesson, progress: Progress): string {
  const at = progress.lessons[lesson.id];
  if (at?.done) return 'done';
  if (!at) return 'not begun';
  return `step ${Math.max(0, lesson.steps.indexOf(at.step)) + 1} of ${lesson.steps.length}`;
}

function stateSign(lesson: IndexedLesson, progress: Progress, style: Style): string {
  const at = progress.lessons[lesson.id];
  if (at?.done) return style.good(style.sign.done);
  return at ? style.notable(style.sign.begun) : style.faint(style.sign.open);
}
