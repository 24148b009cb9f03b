import type { Misconception } from '../../content/content.ts';
import type { LessonSummary, Source } from '../../lesson/lesson.ts';
import type { Item } from '../../quiz/item.ts';
import { passMark, type Score, type Summary } from '../../quiz/summary.ts';
import { signed } from '../marks.ts';
import { drawLine, drawMarks, drawParagraph, drawUnbroken, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawDueDays, dueText } from './due-view.ts';

/** Where in a session a question stands. */
export interface TurnPlace {
  /** From 1. */
  readonly number: number;
  readonly of: number;
  readonly isAgain: boolean;
}

/** The line above a question: how far the session is, and the lesson it belongs to. */
export function drawTurnHead(place: TurnPlace, lesson: string, style: Style): string[] {
  const title = style.text(lesson);
  const count = place.isAgain ? 'once more' : `${place.number}/${place.of}`;
  if (style.screen.plain) {
    const asked = place.isAgain ? 'Once more' : `Question ${place.number} of ${place.of}`;
    return [`${asked}. Lesson: ${title}`];
  }
  const room = Math.max(8, Math.min(24, style.width - title.length - count.length - 2));
  const full = Math.round((room * place.number) / place.of);
  const bar =
    style.good(style.sign.barFull.repeat(full)) + style.faint(style.sign.barRest.repeat(room - full));
  return drawLine(`${bar} ${count} ${style.faint(title)}`, style);
}

/** The one line that sets Docker and Kubernetes against each other. */
export function drawContrast(item: Item, style: Style): string[] {
  return item.contrast === undefined ? [] : drawParagraph(item.contrast, style);
}

/** The pages an answer rests on. */
export function drawItemSources(sources: readonly Source[], style: Style): string[] {
  return sources.flatMap((source) => [
    ...drawLine(style.faint(`Source: ${style.text(source.title)} (${style.text(source.versions)})`), style),
    ...drawUnbroken(style.faint(source.url), 8),
  ]);
}

/** What the end of a session shows. */
export interface EndPicture {
  readonly summary: Summary;
  readonly units: readonly { readonly title: string; readonly score: Score }[];
  readonly misconception: (id: string) => Misconception | undefined;
  readonly isExam: boolean;
  /** Questions that were planned and not answered. */
  readonly left: number;
  /** How many are due. */
  readonly due: number;
  /** How many come up on each of the days to come, today first. */
  readonly days: readonly number[];
  readonly today: Date;
  /** When the first comes up that is not due today. */
  readonly next: Date | undefined;
  /** Lessons that questions were answered wrong of, the worst first. */
  readonly lessons: readonly LessonSummary[];
}

/** The end of a session: the score, a bar a topic, beliefs found and cleared, the days to come. */
export function drawQuizEnd(picture: EndPicture, style: Style): string[] {
  const { summary, isExam, left } = picture;
  const { asked, right } = summary;
  const percent = asked === 0 ? 0 : Math.floor((100 * right) / asked);
  const head = `${right} of ${asked} right${asked > 0 ? ` (${percent} %)` : ''}`;
  const isPassed = asked > 0 && percent >= passMark;
  const verdict = !isExam
    ? style.title(head)
    : isPassed
      ? style.good(style.strong(signed(style.sign.right, `Passed: ${head}`, style)))
      : style.bad(
          style.strong(signed(style.sign.wrong, `Not passed: ${head}; ${passMark} % are needed`, style)),
        );
  return [
    ...drawLine(verdict, style),
    ...(left > 0 ? drawLine(style.faint(`${left} left unanswered.`), style) : []),
    ...(picture.units.length > 0 ? ['', ...drawScores(picture.units, style)] : []),
    ...drawBeliefs('Misconceptions found', style.bad(style.sign.wrong), summary.found, picture, style),
    ...drawBeliefs('Misconceptions cleared', style.good(style.sign.right), summary.cleared, picture, style),
    ...drawLessons(picture.lessons, style),
    '',
    ...drawDueDays(picture.days, picture.today, style),
    ...drawLine(dueText(picture.due, picture.next, picture.today), style),
  ];
}

/** A bar for each topic: as long as it was asked about, as full as the answers were right. */
function drawScores(
  units: readonly { readonly title: string; readonly score: Score }[],
  style: Style,
): string[] {
  const width = Math.max(...units.map(({ title }) => title.length));
  const room = Math.max(6, Math.min(24, style.width - width - 12));
  const most = Math.max(...units.map(({ score }) => score.asked));
  const cell = Math.max(1, Math.floor(room / most));
  return units.flatMap(({ title, score }) => {
    const { asked, right } = score;
    const full = Math.min(room, right * cell);
    const rest = Math.min(room, asked * cell) - full;
    const bar = style.screen.plain
      ? ''
      : `${style.good(style.sign.barFull.repeat(full))}${style.bad(style.sign.barRest.repeat(rest))}${' '.repeat(Math.max(0, room - full - rest))}  `;
    return drawLine(`${style.text(title).padEnd(width)}  ${bar}${right} of ${asked}`, style);
  });
}

function drawBeliefs(
  title: string,
  sign: string,
  ids: readonly string[],
  { misconception }: EndPicture,
  style: Style,
): string[] {
  const beliefs = ids.flatMap((id) => misconception(id) ?? []);
  if (beliefs.length === 0) return [];
  return [
    '',
    ...drawLine(style.strong(title), style),
    ...beliefs.flatMap((each) =>
      indented(hang(`${style.screen.plain ? '-' : sign} `, 2, drawMarks(each.belief, style), style.width)),
    ),
  ];
}

function drawLessons(lessons: readonly LessonSummary[], style: Style): string[] {
  if (lessons.length === 0) return [];
  return [
    '',
    ...drawLine(style.strong('Worth another look'), style),
    ...lessons.flatMap((lesson) =>
      indented(
        hang('- ', 2, `${style.text(lesson.title)} ${style.faint(`(learn ${lesson.id})`)}`, style.width),
      ),
    ),
  ];
}
