import type { CourseIndex, IndexedLab, PublishedLab } from '../../content/content.ts';
import type { LabProgress } from '../../learner/progress.ts';
import type { Lab, Seen } from '../../sandbox/labs/lab.ts';
import { showControls } from '../control-characters.ts';
import type { MenuEntry } from '../conversation/conversation.ts';
import { signed } from '../marks.ts';
import { drawLine, drawMarks, drawParagraph, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawScript } from './blocks.ts';
import { drawItemSources } from './quiz-view.ts';

/** What is known of a learner's labs, by their ids. */
export type LabsDone = Readonly<Record<string, LabProgress>>;

/** All labs, below the units of the course they belong to. */
export function drawLabs(
  labs: readonly IndexedLab[],
  course: CourseIndex,
  done: LabsDone,
  style: Style,
): string[] {
  const solved = labs.filter(({ id }) => done[id]?.done !== undefined).length;
  return [
    ...course.units
      .map((unit) => ({ unit, own: labs.filter(({ lesson }) => unit.lessons.includes(lesson)) }))
      .filter(({ own }) => own.length > 0)
      .flatMap(({ unit, own }) => [
        ...drawLine(style.strong(style.text(unit.title)), style),
        ...own.flatMap((lab) => drawLabLine(lab, done[lab.id], style)),
        '',
      ]),
    ...(style.screen.plain
      ? []
      : drawLine(style.faint(`${style.sign.wrong} begins with something that is broken`), style)),
    ...drawLine(style.faint(`${solved} of ${labs.length} solved.`), style),
    ...drawLine(style.faint('Enter one with: k8s-docker-tutor lab <name>'), style),
  ];
}

function drawLabLine(lab: IndexedLab, done: LabProgress | undefined, style: Style): string[] {
  const title = style.text(lab.title);
  if (style.screen.plain) {
    return [
      `  ${title}: ${lab.id}, lesson ${lab.lesson}, ${lab.minutes} minutes, ${lab.broken ? 'something is broken, ' : ''}${labState(done)}`,
    ];
  }
  const rest = `${lab.id}, ${lab.minutes} min`;
  const head = `${signOf(lab, done, style)} `;
  const gap = style.width - 2 - [...title].length - rest.length;
  return indented(
    gap >= 2
      ? [`${head}${title}${' '.repeat(gap)}${style.faint(rest)}`]
      : [...hang(head, 2, title, style.width), `  ${style.faint(rest)}`],
  );
}

/** The labs as entries of a menu. */
export function labEntries(
  labs: readonly IndexedLab[],
  course: CourseIndex,
  done: LabsDone,
  style: Style,
): MenuEntry[] {
  return labs.map((lab) => {
    const note = style.screen.plain
      ? `, ${lab.broken ? 'something is broken, ' : ''}${labState(done[lab.id])}`
      : '';
    const sign = style.screen.plain ? '' : `${signOf(lab, done[lab.id], style)} `;
    return {
      value: lab.id,
      group: style.text(course.units.find(({ lessons }) => lessons.includes(lab.lesson))?.title ?? ''),
      text: `${sign}${style.text(lab.title)} ${style.faint(`(${lab.minutes} min${note})`)}`,
    };
  });
}

/** "solved", "solution seen" or "not solved". */
export function labState(done: LabProgress | undefined): string {
  if (done?.done !== undefined) return 'solved';
  return done?.skipped === undefined ? 'not solved' : 'solution seen';
}

function signOf(lab: IndexedLab, done: LabProgress | undefined, style: Style): string {
  if (done?.done !== undefined) return style.good(style.sign.done);
  if (done?.skipped !== undefined) return style.notable(style.sign.begun);
  return lab.broken ? style.bad(style.sign.wrong) : style.faint(style.sign.open);
}

/** Story and goal, as one enters; afterwards the words that ask about the lab. */
export function drawBrief(lab: Lab, style: Style): string[] {
  return [
    '',
    ...drawLine(style.title(style.text(lab.title)), style),
    ...lab.story.flatMap((line) => drawParagraph(line, style)),
    '',
    ...drawLine(style.strong('The goal'), style),
    ...lab.goal.flatMap(({ says }) =>
      drawItem(style.screen.plain ? '- ' : `${style.faint(style.sign.open)} `, says, style),
    ),
    '',
    ...drawFiles(lab, style),
    ...drawParagraph(
      '`check` looks whether it is reached, `hint` helps, `reset` begins anew, `leave` goes and keeps everything. `help` lists the rest.',
      style,
    ),
    '',
  ];
}

function drawFiles({ files }: Lab, style: Style): string[] {
  const names = Object.keys(files).map((name) => `\`${name}\``);
  return names.length === 0 ? [] : drawParagraph(`In your home directory: ${names.join(', ')}.`, style);
}

/** What is as it should be, and what is there instead. */
export function drawChecked(seen: readonly Seen[], style: Style): string[] {
  const { right, wrong } = style.sign;
  const reached = seen.filter(({ fulfilled }) => fulfilled).length;
  const plainly = (fulfilled: boolean): string =>
    style.screen.plain
      ? fulfilled
        ? 'yes: '
        : 'no: '
      : `${fulfilled ? style.good(right) : style.bad(wrong)} `;
  return [
    '',
    ...seen.flatMap(({ says, fulfilled, instead }) => [
      ...drawItem(plainly(fulfilled), says, style),
      ...(fulfilled
        ? []
        : drawParagraph(
            `Instead: ${showControls(instead)}.`.replace(/([.…])\.$/, '$1'),
            style,
            undefined,
            4,
          )),
    ]),
    ...(reached === seen.length
      ? []
      : ['', ...drawLine(style.faint(`${reached} of ${seen.length} are fulfilled.`), style)]),
    '',
  ];
}

/** A hint. @param place counted from 0 */
export function drawLabHint(text: string, place: number, style: Style): string[] {
  return ['', ...drawParagraph(`**${hintNames[place] ?? 'Hint'}.** ${text}`, style), ''];
}

const hintNames = ['A nudge', 'A pointer', 'The answer'];

/** The last hint again: another one needs something tried in between. */
export function drawTryFirst(text: string, place: number, style: Style): string[] {
  return [
    ...drawLabHint(text, place, style),
    ...drawParagraph('Try something with that first; then there may be another hint.', style),
    '',
  ];
}

/** When every hint was given. */
export function drawNoMoreHints(style: Style): string[] {
  return drawParagraph('That was the last hint. `solution` shows how it is done, and why.', style);
}

/** The model answer, as it is typed, with what is said of it. */
export function drawLabSolution(lab: PublishedLab, isSolved: boolean, style: Style): string[] {
  return [
    '',
    ...drawLine(style.strong('A solution'), style),
    ...drawScript(lab.solution.trimEnd(), style),
    '',
    ...drawWords(lab, style),
    ...(isSolved
      ? []
      : [
          '',
          ...drawParagraph(
            'You have seen it, so this time does not count as solved. `reset` begins anew, and then it does.',
            style,
          ),
        ]),
    '',
  ];
}

/** What is said when the goal is reached. @param skipped whether the solution was shown before */
export function drawDebrief(lab: PublishedLab, skipped: boolean, style: Style): string[] {
  return [
    ...drawLine(
      style.good(signed(style.sign.right, skipped ? 'That is it, after the solution.' : 'Solved.', style)),
      style,
    ),
    '',
    ...drawWords(lab, style),
    '',
    ...drawParagraph('`leave` goes, `reset` begins anew. You may as well look around.', style),
    '',
  ];
}

function drawWords({ debrief, sources }: PublishedLab, style: Style): string[] {
  return [
    ...drawParagraph(debrief.answer, style),
    '',
    ...drawParagraph(`**Another way.** ${debrief.alternative}`, style),
    '',
    ...drawParagraph(`**Docker and Kubernetes.** ${debrief.contrast}`, style),
    '',
    ...drawItemSources(sources, style),
  ];
}

/** After `reset`. */
export function drawBegunAnew(style: Style): string[] {
  return drawParagraph('The lab is as it was at the beginning. `undo` brings back what you had.', style);
}

/** When a lab is taken up where it was left. */
export function drawTakenUp(style: Style): string[] {
  return [
    ...drawParagraph('You go on where you were; `reset` begins anew, `goal` shows this again.', style),
    '',
  ];
}

/** The words of a lab, before those of the sandbox. */
export function drawLabHelp(sandboxHelp: string, style: Style): string[] {
  const words: readonly (readonly [string, string])[] = [
    ['goal', 'story and goal again'],
    ['check', 'looks whether the goal is reached'],
    ['hint', 'helps a little; another one after you have tried something'],
    ['solution', 'shows how it is done; counts as skipped'],
    ['reset', 'the lab as it was at the beginning'],
    ['leave', 'goes; everything is kept'],
  ];
  return [
    ...drawLine(style.strong('In a lab'), style),
    ...words.flatMap(([word, means]) => indented(hang(word.padEnd(10), 10, means, style.width))),
    '',
    ...sandboxHelp
      .trimEnd()
      .split('\n')
      // Begins anew in another way in a lab.
      .filter((line) => !/^\s*reset\b/.test(line))
      .map(style.text),
  ];
}

function drawItem(label: string, text: string, style: Style): string[] {
  const width = style.screen.plain ? label.length : 2;
  return indented(hang(label, width, drawMarks(text, style), style.width));
}
