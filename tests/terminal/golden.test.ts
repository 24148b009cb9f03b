import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weigh } from '../../src/choose/choose.ts';
import { buildIndex } from '../../src/content/build-index.ts';
import { type Content, openContent } from '../../src/content/content.ts';
import { lintContent } from '../../src/content/lint-content.ts';
import { noProgress, type Progress } from '../../src/learner/progress.ts';
import { trapsOf } from '../../src/quiz/bank.ts';
import { beliefs } from '../../src/quiz/beliefs.ts';
import { grade } from '../../src/quiz/grade.ts';
import type { Item } from '../../src/quiz/item.ts';
import type { Screen } from '../../src/terminal/screen.ts';
import { type Style, styleFor } from '../../src/terminal/style.ts';
import { drawChoice, drawChooseQuestion } from '../../src/terminal/views/choose-view.ts';
import { drawCourse } from '../../src/terminal/views/course-view.ts';
import { drawReport } from '../../src/terminal/views/doctor-view.ts';
import { drawFeedback, drawOthers } from '../../src/terminal/views/feedback-view.ts';
import { drawEntry } from '../../src/terminal/views/glossary-entry-view.ts';
import { drawGlossary } from '../../src/terminal/views/glossary-view.ts';
import { drawEnd, drawRefutation } from '../../src/terminal/views/lesson-end-view.ts';
import { drawBar, drawLesson, drawStep } from '../../src/terminal/views/lesson-view.ts';
import { drawProgress } from '../../src/terminal/views/progress-view.ts';
import { drawOptions, drawQuestion } from '../../src/terminal/views/question-view.ts';

/**
 * Every view on every kind of screen, from a course made for the purpose (tests/fixtures/show). The
 * golden files are to be read when they change: `git diff tests/terminal/golden`.
 */
const screens: readonly (readonly [string, Partial<Screen>])[] = [
  ['60-columns', { columns: 60 }],
  ['80-columns', {}],
  ['120-columns', { columns: 120 }],
  ['40-columns', { columns: 40 }],
  ['colour', { colour: 1 }],
  ['ascii', { unicode: false }],
  ['plain', { unicode: false, plain: true }],
];

const folder = mkdtempSync(join(tmpdir(), 'tutor-golden-'));
let content: Content;

beforeAll(() => {
  const { content: text, findings } = lintContent('tests/fixtures/show');
  expect(findings).toEqual([]);
  buildIndex(text, folder);
  content = openContent(pathToFileURL(`${folder}/`));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function screenOf(part: Partial<Screen>): Screen {
  return { columns: 80, rows: 24, colour: 0, unicode: true, plain: false, interactive: true, ...part };
}

const halfway: Progress = {
  ...noProgress,
  lessons: { showcase: { step: 'from-docker-run.2', at: '2026-01-02T10:00:00.000Z' } },
  answers: [
    {
      item: 'showcase.what-runs',
      at: '2026-01-02T10:00:00.000Z',
      given: ['a'],
      right: false,
      revealed: ['the-unit-is-the-container'],
    },
    { item: 'showcase.shared', at: '2026-01-02T10:01:00.000Z', given: ['a', 'c'], right: true, revealed: [] },
  ],
};

/** All views, one after another, each under its name. */
function drawEverything(style: Style): string {
  const lesson = content.lesson('showcase');
  const item = (name: string): Item => {
    const found = lesson.steps.find((step) => step.ask?.id === `showcase.${name}`)?.ask;
    if (!found) throw new Error(`the fixture has no item ${name}`);
    return found;
  };
  const feedback = (name: string, given: string[]): string[] => {
    const graded = grade(item(name), given);
    return [...drawFeedback(item(name), graded, style), '--', ...drawOthers(item(name), graded, style)];
  };
  const [misconception] = content.misconceptions();
  if (!misconception) throw new Error('the fixture has no misconception');
  const { questions, recommendations } = content.choose();
  const [question] = questions;
  if (!question) throw new Error('the fixture has no question');
  const terms = new Map(content.glossary().map((each) => [each.id, each.term]));
  const entry = (id: string): string[] =>
    drawEntry(content.term(id), (other) => terms.get(other) ?? other, style);
  const course = content.course();
  const standing = beliefs([misconception.id], halfway.answers, trapsOf(content.bank()));

  const views: Record<string, string[]> = {
    'the course': drawCourse(course, halfway, style),
    'a whole lesson': drawLesson(lesson, content.labs(), style),
    'the bar': drawBar(lesson, 2, style),
    'a step': drawStep(lesson, lesson.steps[0] ?? { id: '', section: '', blocks: [] }, style),
    'a question': [...drawQuestion(item('shared'), style), ...drawOptions(item('shared'), style)],
    'a wrong prediction': feedback('what-runs', ['a']),
    'a half right answer': feedback('shared', ['a', 'b']),
    'a wrong verdict': feedback('verdict', ['a']),
    'a wrong order': feedback('chain', ['b', 'a', 'c', 'd']),
    'a refutation': drawRefutation(misconception, style),
    'the end': drawEnd(
      lesson,
      {
        progress: halfway,
        misconception: () => misconception,
        following: undefined,
        due: 2,
        labs: content.labs(),
      },
      style,
    ),
    'a term': entry('pod'),
    'a term without counterpart': entry('pause'),
    'the glossary': drawGlossary(content.glossary(), style),
    'a question of choose': drawChooseQuestion(question, 0, 1, style),
    'a recommendation': drawChoice(
      questions,
      { hosts: 'one' },
      weigh(questions, recommendations, { hosts: 'one' }),
      style,
    ),
    progress: drawProgress(
      {
        course,
        state: halfway,
        misconceptions: content.misconceptions(),
        standing,
        next: course.lessons[0],
        review: {
          due: 2,
          days: [2, 1, 0, 4, 0, 0, 1, 0, 0, 0, 9, 0, 0, 12],
          today: new Date(2026, 0, 2),
          next: new Date(2026, 0, 3),
        },
        labs: { all: 23, solved: 2 },
        oddities: ['2 answers are dated in the future.'],
        path: '/home/ada/.local/state/k8s-docker-tutor/progress.json',
      },
      style,
    ),
    doctor: drawReport(
      {
        parts: [
          {
            title: 'Docker',
            findings: [
              { name: 'client', state: 'found', value: '29.7.2' },
              { name: 'engine', state: 'trouble', value: 'Cannot connect\x1b[31m', hint: 'Start Docker.' },
              { name: 'context', state: 'absent', value: 'not installed' },
            ],
          },
        ],
      },
      style,
    ),
  };
  return Object.entries(views)
    .map(([name, lines]) => `##### ${name}\n${lines.join('\n')}\n`)
    .join('\n');
}

describe.each(screens)('on a screen of %s', (name, part) => {
  const screen = screenOf(part);

  it('every view looks as its golden file', async () => {
    const drawn = drawEverything(styleFor(screen)).replaceAll('\x1b', '␛');
    await expect(drawn).toMatchFileSnapshot(`golden/${name}.golden.txt`);
  });

  it('no line is wider than the screen', () => {
    const lines = drawEverything(styleFor(screen))
      .replace(/\x1b\[[0-9;]*m/g, '')
      .split('\n');
    // Addresses and paths are left to the terminal to wrap, so that they can be copied.
    const tooWide = lines.filter(
      (line) => [...line].length > screen.columns && !/^#####|https:|Kept in/.test(line),
    );
    expect(tooWide).toEqual([]);
  });

  it.runIf(!screen.unicode)('nothing but ASCII is printed', () => {
    expect(drawEverything(styleFor(screen))).toMatch(/^[\x0a\x20-\x7e]*$/);
  });

  it.runIf(screen.colour === 0)('no escape sequence is printed', () => {
    expect(drawEverything(styleFor(screen))).not.toContain('\x1b');
  });
});
