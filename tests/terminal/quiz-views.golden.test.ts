import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIndex } from '../../src/content/build-index.ts';
import { type Content, openContent } from '../../src/content/content.ts';
import { lintContent } from '../../src/content/lint-content.ts';
import { grade } from '../../src/quiz/grade.ts';
import type { Item } from '../../src/quiz/item.ts';
import type { Summary } from '../../src/quiz/summary.ts';
import { drawLine } from '../../src/terminal/prose.ts';
import type { Screen } from '../../src/terminal/screen.ts';
import { type Style, styleFor } from '../../src/terminal/style.ts';
import { drawBank, drawItem, drawUnsolved } from '../../src/terminal/views/bank-view.ts';
import { drawDueDays, dueText } from '../../src/terminal/views/due-view.ts';
import { drawFeedback, drawOthers } from '../../src/terminal/views/feedback-view.ts';
import { drawOptions, drawQuestion } from '../../src/terminal/views/question-view.ts';
import {
  drawContrast,
  drawItemSources,
  drawQuizEnd,
  drawTurnHead,
} from '../../src/terminal/views/quiz-view.ts';

/** Every view of `quiz` on every kind of screen, with the questions of tests/fixtures/show. */
const screens: readonly (readonly [string, Partial<Screen>])[] = [
  ['40-columns', { columns: 40 }],
  ['60-columns', { columns: 60 }],
  ['80-columns', {}],
  ['120-columns', { columns: 120 }],
  ['colour', { colour: 1 }],
  ['ascii', { unicode: false }],
  ['plain', { unicode: false, plain: true }],
];

const folder = mkdtempSync(join(tmpdir(), 'tutor-golden-'));
let content: Content;

beforeAll(() => {
  buildIndex(lintContent('tests/fixtures/show').content, folder);
  content = openContent(pathToFileURL(`${folder}/`));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function screenOf(part: Partial<Screen>): Screen {
  return { columns: 80, rows: 24, colour: 0, unicode: true, plain: false, interactive: true, ...part };
}

/** What a docker line of a test would become. */
const counterpart = { commands: [['kubectl', 'get', 'pods']], summary: 'Lists Pods.' };
const noCounterpart = { commands: [], summary: 'Kubernetes has no counterpart of `docker pause`.' };

const summary: Summary = {
  asked: 10,
  right: 7,
  byLesson: new Map(),
  found: ['the-unit-is-the-container'],
  cleared: ['the-unit-is-the-container'],
  sound: [],
};

/** All views, one after another, each under its name. */
function drawEverything(style: Style): string {
  const items = content.items('showcase');
  const item = (name: string): Item => {
    const found = items.find(({ id }) => id === `showcase.${name}`);
    if (!found) throw new Error(`the fixture has no item ${name}`);
    return found;
  };
  const asked = (name: string): string[] => [
    ...drawQuestion(item(name), style, 'quiz'),
    ...drawOptions(item(name), style),
  ];
  const answered = (name: string, ...given: string[]): string[] => {
    const graded = grade(item(name), given);
    return [...drawFeedback(item(name), graded, style), '--', ...drawOthers(item(name), graded, style)];
  };
  const typed = (line: string, docker?: typeof counterpart): string[] =>
    drawFeedback(item('list-them'), grade(item('list-them'), [line]), style, docker);
  const [misconception] = content.misconceptions();
  const today = new Date(2026, 0, 2);
  const end = {
    summary,
    units: [
      { title: 'Two layers', score: { asked: 6, right: 5 } },
      { title: 'From containers to Pods', score: { asked: 3, right: 2 } },
      { title: 'Choosing', score: { asked: 1, right: 0 } },
    ],
    misconception: () => misconception,
    isExam: false,
    left: 0,
    due: 3,
    days: [3, 1, 0, 4, 0, 0, 1, 0, 0, 0, 9, 0, 0, 12],
    today,
    next: new Date(2026, 0, 3),
    lessons: content.course().lessons,
  };
  const course = content.course();

  const views: Record<string, string[]> = {
    'the head of a question': drawTurnHead(
      { number: 3, of: 10, isAgain: false },
      'The Pod is what runs',
      style,
    ),
    'the head of a question that comes back': drawTurnHead(
      { number: 3, of: 10, isAgain: true },
      'Pods',
      style,
    ),
    'one of several': asked('which-one'),
    'several of several': asked('what-goes'),
    'true or false': asked('verdict'),
    'an order': asked('chain'),
    pairs: asked('partners'),
    'a prediction': asked('printed'),
    'a command': asked('list-them'),
    'a mistake': asked('wrong-line'),
    'right pairs': answered('partners', 'a=a', 'b=b', 'c=c'),
    'wrong pairs': answered('partners', 'a=b', 'b=a', 'c=c'),
    'wrong output': answered('printed', 'a'),
    'the wrong line': answered('wrong-line', '1'),
    'a line with nothing wrong': answered('wrong-line', '4'),
    'the right line': answered('wrong-line', '2'),
    'the model answer': typed('kubectl get pods -n shop'),
    'the same in other words': typed('k -n=shop get po'),
    'a near miss': typed('kubectl get containers -n shop'),
    'a command that differs': typed('kubectl get services'),
    'a command that is refused': typed('kubectl get pods --namspace shop'),
    'a near miss that is refused': typed('kubectl ps -n shop'),
    'a command of Docker': typed('docker ps', counterpart),
    'a command of Docker without counterpart': typed('docker pause web', noCounterpart),
    'no command at all': typed('pods\x1b[31m of the shop'),
    'the contrast and the sources': [
      ...drawContrast(item('printed'), style),
      ...drawItemSources(content.lesson('showcase').sources, style),
    ],
    'the end': drawQuizEnd(end, style),
    'the end of an exam': drawQuizEnd({ ...end, isExam: true, left: 2, due: 0, days: [] }, style),
    'the end of an exam that is passed': drawQuizEnd(
      { ...end, isExam: true, summary: { ...summary, right: 9, found: [], cleared: [] }, lessons: [] },
      style,
    ),
    'nothing to come': [
      ...drawDueDays([0, 0], today, style),
      ...drawLine(dueText(0, undefined, today), style),
    ],
    'what comes next': [
      dueText(1, undefined, today),
      dueText(0, new Date(2026, 0, 3, 9), today),
      dueText(0, new Date(2026, 1, 1), today),
    ].flatMap((text) => drawLine(text, style)),
    'the bank': drawBank(
      items.map((each, place) => ({
        item: each,
        state: place === 0 ? undefined : { due: new Date(2026, 0, 1 + place), isDue: place === 1 },
      })),
      course,
      style,
    ),
    'a question of the bank': drawUnsolved(item('partners'), style),
    'a question of the bank with its answer': drawItem(
      item('partners'),
      content.lesson('showcase').sources,
      style,
    ),
    'a command with its answer': drawItem(item('list-them'), [], style),
    'a mistake with its answer': drawItem(item('wrong-line'), [], style),
    'an order with its answer': drawItem(item('chain'), [], style),
  };
  return Object.entries(views)
    .map(([name, lines]) => `##### ${name}\n${lines.join('\n')}\n`)
    .join('\n');
}

describe.each(screens)('on a screen of %s', (name, part) => {
  const screen = screenOf(part);

  it('every view of quiz looks as its golden file', async () => {
    const drawn = drawEverything(styleFor(screen)).replaceAll('\x1b', '␛');
    await expect(drawn).toMatchFileSnapshot(`golden/quiz-${name}.golden.txt`);
  });

  it('no line is wider than the screen', () => {
    const lines = drawEverything(styleFor(screen))
      .replace(/\x1b\[[0-9;]*m/g, '')
      .split('\n');
    // Addresses are left to the terminal to wrap, so that they can be copied; the pointer keeps its line whole.
    const tooWide = lines.filter(
      (line) => [...line].length > screen.columns && !/^#####|https:|namspace|\^{3}/.test(line),
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
