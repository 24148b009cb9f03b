import type { IndexedLab } from '../../content/content.ts';
import type { Lesson, Step, Task } from '../../lesson/lesson.ts';
import { type Cite, drawLine, drawMarks, drawParagraph, drawUnbroken, hang, indented } from '../prose.ts';
import type { Style } from '../style.ts';
import { drawBlocks, drawConsole, drawList } from './blocks.ts';
import { drawAnswer, drawOptions, drawQuestion } from './question-view.ts';

/** What a task needs where it is not done in the sandbox, said to the learner. */
const needs: Record<Task['needs'], string> = {
  docker: 'a Docker of your own',
  kubectl: 'a kubectl of your own',
  cluster: 'a cluster of your own',
  nothing: '',
};

function neededFor({ id, needs: needed, outside }: Task): string {
  if (outside !== undefined) return outside;
  if (needed === 'nothing') return 'You need nothing but what you know.';
  const [lesson] = id.split('.');
  return `In the sandbox: \`k8s-docker-tutor sandbox --lesson ${lesson}\`, or with ${needs[needed]}.`;
}

/** Numbers the sources of a lesson as they are listed at its end. */
function citeFor(lesson: Lesson): Cite {
  const numbers = new Map(lesson.sources.map((source, index) => [source.id, index + 1]));
  return (id) => numbers.get(id);
}

/** The beginning of a lesson: its title and what one can do after it. */
export function drawOpening(lesson: Lesson, style: Style): string[] {
  return [
    ...drawLine(style.title(style.text(`${lesson.number}. ${lesson.title}`)), style),
    ...drawLine(style.faint(`${style.text(lesson.unit)}, ${lesson.minutes} minutes`), style),
    '',
    ...drawLine('Afterwards you can:', style),
    ...drawList(lesson.objectives.map(lowerFirst), false, style),
  ];
}

/** A bar that shows how far, and where in the lesson this step stands. */
export function drawBar(lesson: Lesson, at: number, style: Style): string[] {
  const step = lesson.steps[at];
  const place = `${at + 1}/${lesson.steps.length}`;
  const title = style.text(lesson.title);
  if (style.screen.plain) {
    return [`Step ${at + 1} of ${lesson.steps.length}: ${style.text(step?.section ?? '')}`];
  }
  const room = Math.max(8, Math.min(24, style.width - title.length - place.length - 2));
  const full = Math.round((room * (at + 1)) / lesson.steps.length);
  const bar =
    style.good(style.sign.barFull.repeat(full)) + style.faint(style.sign.barRest.repeat(room - full));
  const section = style.title(style.text(step?.section ?? ''));
  return [...drawLine(`${bar} ${place} ${style.faint(title)}`, style), '', ...drawLine(section, style)];
}

/** What a step says; its question and its task are drawn by `drawQuestion` and `drawTask`. */
export function drawStep(lesson: Lesson, step: Step, style: Style): string[] {
  return drawBlocks(step.blocks, style, citeFor(lesson));
}

/** What there is to do, with the hints taken so far. */
export function drawTask(task: Task, style: Style): string[] {
  return [
    ...drawLine(style.notable(style.strong('Try it')), style),
    ...drawParagraph(task.goal, style),
    ...drawParagraph(neededFor(task), style),
  ];
}

/** One hint, by its place from 0. */
export function drawHint(task: Task, place: number, style: Style): string[] {
  return indented(
    hang(`${style.strong('Hint:')} `, 6, drawMarks(task.hints[place] ?? '', style), style.width),
  );
}

/** The model answer with what it shows, said after success and after skipping alike. */
export function drawSolution(task: Task, style: Style): string[] {
  return [
    ...drawLine(style.strong('One way'), style),
    ...drawConsole(task.solution.lines, style),
    '',
    ...drawParagraph(`**Another way:** ${task.alternative}`, style),
    '',
    ...drawParagraph(task.debrief, style),
  ];
}

/** The labs that a lesson is practised in, with the line that enters each. */
export function drawLessonLabs(labs: readonly IndexedLab[], style: Style): string[] {
  if (labs.length === 0) return [];
  return [
    ...drawLine(style.strong(labs.length === 1 ? 'A lab for it' : 'Labs for it'), style),
    ...labs.flatMap(({ id, title, minutes }) => [
      ...indented(hang('- ', 2, style.text(`${title}, ${minutes} minutes`), style.width)),
      ...drawUnbroken(style.code(`k8s-docker-tutor lab ${id}`), 2),
    ]),
    '',
  ];
}

/** The end of a lesson: the pages it rests on. */
export function drawSources(lesson: Lesson, style: Style): string[] {
  return [
    ...drawLine(style.strong('Sources'), style),
    ...lesson.sources.flatMap((source, index) => {
      const label = `[${index + 1}]`.padEnd(5);
      return [
        ...indented(
          hang(
            label,
            5,
            `${style.text(source.title)} ${style.faint(`(${style.text(source.versions)})`)}`,
            style.width,
          ),
        ),
        ...drawUnbroken(style.faint(source.url), 5),
      ];
    }),
  ];
}

/** What printed the output shown in the lesson, each tool once; empty where none is shown. */
export function drawPrintedBy(lesson: Lesson, style: Style): string[] {
  const tools = lesson.steps.flatMap((step) => [
    ...step.blocks.flatMap((block) => (block.kind === 'console' ? block.printedBy.split(', ') : [])),
    ...(step.task ? step.task.solution.printedBy.split(', ') : []),
  ]);
  const unique = [...new Set(tools)].sort();
  return unique.length === 0 ? [] : drawParagraph(`Output was printed by ${unique.join(', ')}.`, style);
}

/**
 * A whole lesson as text. A prediction comes before its answer; the answers to the checks stand at the
 * end, so that one can read the questions without them.
 */
export function drawLesson(lesson: Lesson, labs: readonly IndexedLab[], style: Style): string[] {
  const lines = [...drawOpening(lesson, style), ''];
  let section = '';
  for (const step of lesson.steps) {
    if (step.section !== section) {
      section = step.section;
      lines.push(...drawSectionHead(section, style), '');
    }
    if (step.blocks.length > 0) lines.push(...drawStep(lesson, step, style), '');
    if (step.ask) {
      lines.push(...drawQuestion(step.ask, style), ...drawOptions(step.ask, style), '');
      if (step.ask.kind === 'predict') lines.push(...drawAnswer(step.ask, style), '');
    }
    if (step.task)
      lines.push(
        ...drawTask(step.task, style),
        '',
        ...drawHints(step.task, style),
        '',
        ...drawSolution(step.task, style),
        '',
      );
  }
  const checks = lesson.steps.flatMap((step) => (step.ask && step.ask.kind !== 'predict' ? step.ask : []));
  if (checks.length > 0) lines.push(...drawSectionHead('Answers to the checks', style), '');
  for (const item of checks)
    lines.push(...drawParagraph(`*${firstLine(item.prompt)}*`, style), ...drawAnswer(item, style), '');
  return [
    ...lines,
    ...drawLessonLabs(labs, style),
    ...drawSources(lesson, style),
    '',
    ...drawPrintedBy(lesson, style),
  ];
}

function drawSectionHead(title: string, style: Style): string[] {
  return indented([style.title(style.text(style.screen.plain ? `## ${title}` : title))]);
}

function drawHints(task: Task, style: Style): string[] {
  return task.hints.flatMap((_hint, place) => drawHint(task, place, style));
}

function firstLine(prompt: string): string {
  return (
    prompt
      .trim()
      .split(/\n\s*\n/)[0]
      ?.replace(/\s*\n\s*/g, ' ') ?? ''
  );
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
