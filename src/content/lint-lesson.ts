import type { Block, Step } from '../lesson/lesson.ts';
import { misconceptionsOf } from '../quiz/item.ts';
import type { Finding } from './finding.ts';
import { lintContrast, lintItem } from './lint-item.ts';
import { citationsIn, lintProse } from './lint-prose.ts';
import type { LessonText } from './read-lesson.ts';
import { linesOfStep, textsOf } from './step-texts.ts';

/** A step is one screen of 80 columns and 24 rows, with room for the bar above and the keys below. */
const mostLinesOfStep = 20;
const mostColumns = 74;

/** What is wrong with a lesson by itself; references to other files are `lintReferences`'s. */
export function lintLesson(lesson: LessonText): Finding[] {
  const find = (line: number, message: string): Finding => ({ file: lesson.file, line, message });
  return [
    // What a lesson should have may be in the part that could not be read.
    ...(lesson.isWhole ? lintShape(lesson, find) : []),
    ...lesson.placed.flatMap(({ step, line, blocks }) => [
      ...lintStep(step).map((message) => find(line, message)),
      ...blocks.flatMap((each) => lintBlock(each.block).map((message) => find(each.line, message))),
    ]),
    ...(lesson.isWhole ? lintCitations(lesson) : []).map((message) => find(2, message)),
  ];
}

function lintShape(lesson: LessonText, find: (line: number, message: string) => Finding): Finding[] {
  const { steps } = lesson;
  const asks = steps.flatMap((step) => step.ask ?? []);
  const checks = asks.filter((item) => item.kind !== 'predict');
  const findings: Finding[] = [];
  const want = (holds: boolean, message: string): void => {
    if (!holds) findings.push(find(2, message));
  };

  want(steps.length >= 9 && steps.length <= 18, `a lesson has 9 to 18 steps, this one ${steps.length}`);
  want(
    /\bdocker [a-z]/.test(JSON.stringify(steps.slice(0, 1))),
    'the first step opens from a docker command',
  );
  want(asks.length > checks.length, 'needs at least one `predict`');
  want(checks.length >= 3, 'needs at least three `check`s');
  want(new Set(checks.map((item) => item.kind)).size >= 2, 'its checks are all of one kind; vary them');
  want(
    steps.some((step) => step.task),
    'needs at least one `try`',
  );
  const tables = steps.flatMap((step) => step.blocks.filter((block) => block.kind === 'counterparts'));
  want(tables.length === 1, 'needs exactly one `counterparts` block');
  want(steps.at(-1)?.blocks.at(-1)?.kind === 'counterparts', 'ends in its `counterparts` block');

  const names = [...asks.map((item) => item.id), ...steps.flatMap((step) => step.task?.id ?? [])];
  for (const name of names.filter((each, place) => names.indexOf(each) !== place)) {
    findings.push(find(2, `the id "${name}" is used twice`));
  }
  const revealed = new Set(asks.flatMap(misconceptionsOf));
  for (const id of lesson.front.misconceptions.filter((each) => !revealed.has(each))) {
    findings.push(find(2, `no option of a predict or check reveals the misconception "${id}"`));
  }
  for (const id of [...revealed].filter((each) => !lesson.front.misconceptions.includes(each))) {
    findings.push(find(2, `the misconception "${id}" is revealed but not in the front matter`));
  }
  const inFront = [lesson.front.title, ...lesson.front.objectives];
  findings.push(...inFront.flatMap(lintProse).map((message) => find(2, message)));
  return findings;
}

function lintStep(step: Step): string[] {
  const { ask, task } = step;
  const height = linesOfStep(step);
  const split = `this step takes ${height} lines of a terminal; split it with --- (at most ${mostLinesOfStep})`;
  const ofAsk = ask
    ? [
        ...lintItem(ask),
        ...lintContrast(ask),
        ...textsOf(ask).flatMap(lintProse),
        ...lintWidth(ask.listing?.text.split('\n') ?? []),
      ]
    : [];
  const ofTask = task
    ? [
        ...[task.goal, ...task.hints, task.alternative, task.debrief].flatMap(lintProse),
        ...lintBlock(task.solution),
      ]
    : [];
  return [
    ...(height > mostLinesOfStep ? [split] : []),
    ...ofAsk.map((message) => `${ask?.id}: ${message}`),
    ...ofTask.map((message) => `${task?.id}: ${message}`),
  ];
}

function lintBlock(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
    case 'remark':
      return lintProse(block.text);
    case 'list':
      return block.items.flatMap(lintProse);
    case 'table': {
      const complaints = [...block.head, ...block.rows.flat()].flatMap(lintProse);
      return block.head.length > 3 ? [...complaints, 'a table has at most three columns'] : complaints;
    }
    case 'counterparts':
      return block.rows.flatMap((row) => lintProse(row.note));
    case 'code':
      return lintWidth(block.text.split('\n'));
    case 'console': {
      const complaints = lintWidth(block.lines.map((line) => line.text));
      const isTyped = block.lines.some((line) => line.kind === 'command' || line.kind === 'node-command');
      return isTyped
        ? complaints
        : [...complaints, 'a console block shows a command: a line that starts with "$ "'];
    }
    case 'diagram':
      return [];
  }
}

/** Whether lines of a listing fit a terminal. */
export function lintWidth(lines: readonly string[]): string[] {
  const longest = Math.max(0, ...lines.map((line) => [...line].length));
  return longest > mostColumns ? [`a line is ${longest} columns wide; at most ${mostColumns} fit`] : [];
}

function lintCitations(lesson: LessonText): string[] {
  const listed = lesson.front.sources;
  const cited = new Set(lesson.steps.flatMap(citationsOfStep));
  const sections = new Map<string, number>();
  for (const step of lesson.steps) {
    sections.set(step.section, (sections.get(step.section) ?? 0) + citationsOfStep(step).length);
  }
  return [
    ...[...cited].filter((id) => !listed.includes(id)).map((id) => `"${id}" is cited but not in \`sources\``),
    ...listed.filter((id) => !cited.has(id)).map((id) => `"${id}" is in \`sources\` but cited nowhere`),
    ...[...sections]
      .filter(([name, count]) => count === 0 && name !== 'Counterparts')
      .map(([name]) => `the section "${name}" cites no source`),
  ];
}

function citationsOfStep(step: Step): string[] {
  const texts = step.blocks.flatMap((block) => {
    if (block.kind === 'paragraph' || block.kind === 'remark') return [block.text];
    if (block.kind === 'list') return block.items;
    return block.kind === 'table' ? block.rows.flat() : [];
  });
  return [...texts.flatMap(citationsIn), ...(step.ask?.sources ?? [])];
}
