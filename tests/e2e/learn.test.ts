import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/learner/progress.ts';
import type { Lesson } from '../../src/lesson/lesson.ts';
import { presented } from '../../src/quiz/presentation.ts';
import { solutionOf } from '../../src/quiz/solution.ts';
import { runProgram } from './program.ts';
import { emptyHome, key, Terminal } from './terminal.ts';

const pauseLine = /Enter (goes on|begins|shows one way|takes it)/;

function progressPath(home: string): string {
  return join(home, '.local', 'state', 'k8s-docker-tutor', 'progress.json');
}

function readProgressOf(home: string): Progress {
  return JSON.parse(readFileSync(progressPath(home), 'utf8')) as Progress;
}

async function lessonOf(home: string, id: string): Promise<Lesson> {
  const { stdout } = await runProgram(['learn', id, '--json'], home);
  return (JSON.parse(stdout) as { lesson: Lesson }).lesson;
}

/** The digits that answer a step's question rightly, with what ends the answer. */
function rightKeys(lesson: Lesson, at: number): string[] {
  const item = lesson.steps[at]?.ask;
  if (!item) return [];
  const digits = solutionOf(item).map((option) => String(presented(item).indexOf(option) + 1));
  return item.kind === 'several' || item.kind === 'order' ? [...digits, key.enter] : digits;
}

/** Goes through a step of a lesson on the screen, and answers rightly. */
async function passStep(terminal: Terminal, lesson: Lesson, at: number): Promise<void> {
  const step = lesson.steps[at];
  await terminal.saw(` ${at + 1}/${lesson.steps.length} `);
  if (step?.ask) {
    await terminal.sees(/answers|mark, Enter|right order, then Enter/);
    await terminal.type(...rightKeys(lesson, at));
  } else if (step?.task) {
    await terminal.sees('Enter shows one way');
    await terminal.type(key.enter);
  }
  await terminal.sees(pauseLine);
  await terminal.type(key.enter);
}

/** To the first question of lesson 1, which is its third step. */
async function toFirstQuestion(terminal: Terminal): Promise<void> {
  for (const wanted of ['Enter begins', ' 1/', ' 2/']) {
    await terminal.saw(wanted);
    await terminal.sees(pauseLine);
    await terminal.type(key.enter);
  }
  await terminal.sees('A digit answers');
}

describe('learn in a terminal', () => {
  it('takes a lesson from start to end and remembers that it is done', async () => {
    using home = emptyHome();
    const lesson = await lessonOf(home.path, 'two-layers');
    const terminal = new Terminal(['learn', 'two-layers'], { home: home.path });
    await terminal.sees('Enter begins');
    await terminal.type(key.enter);
    for (let at = 0; at < lesson.steps.length; at++) await passStep(terminal, lesson, at);

    await terminal.sees('Next: 2.');
    const checks = lesson.steps.filter((step) => step.ask && step.ask.kind !== 'predict').length;
    expect(terminal.history).toContain(`${checks} of ${checks} checks right.`);
    // The quiz about it is a key away.
    await terminal.type('a');
    await terminal.saw(' 1/5 ');
    await terminal.type('q', key.enter);
    expect(await terminal.exited).toBe(0);
    expect(terminal.history).toContain('Nothing was answered.');

    const progress = readProgressOf(home.path);
    expect(progress.lessons['two-layers']?.done).toBeDefined();
    expect(progress.answers.every((answer) => answer.right)).toBe(true);
    const { stdout } = await runProgram(['learn', '--list', '--json'], home.path);
    const { lessons } = JSON.parse(stdout) as { lessons: { id: string; done: boolean }[] };
    expect(lessons.filter((each) => each.done).map((each) => each.id)).toEqual(['two-layers']);
  });

  it('leaves in the middle with q and goes on at the same step in a new process', async () => {
    using home = emptyHome();
    const first = new Terminal(['learn', '1'], { home: home.path });
    await first.sees('Enter begins');
    await first.type(key.enter);
    await first.sees(' 1/');
    await first.type(key.enter);
    await first.sees(' 2/');
    await first.type('q');
    expect(await first.exited).toBe(0);

    const second = new Terminal(['learn', '1'], { home: home.path });
    await second.sees('You were at step 2');
    await second.type(key.enter);
    await second.sees(' 2/');
    await second.type(key.ctrlC);
    expect(await second.exited).toBe(130);
  });

  it('goes on at the same step after a kill, and no answer is lost', async () => {
    using home = emptyHome();
    const lesson = await lessonOf(home.path, 'two-layers');
    const question = lesson.steps.findIndex((step) => step.ask);
    const first = new Terminal(['learn', '1'], { home: home.path });
    await first.sees('Enter begins');
    await first.type(key.enter);
    for (let at = 0; at < question; at++) await passStep(first, lesson, at);
    await first.sees('A digit answers');
    await first.type('1');
    await first.sees(pauseLine);
    first.kill('SIGKILL');
    expect(await first.exited).toBe(137);

    const progress = readProgressOf(home.path);
    expect(progress.answers).toHaveLength(1);
    expect(progress.lessons['two-layers']?.step).toBe(lesson.steps[question]?.id);
    const second = new Terminal(['learn', '1'], { home: home.path });
    await second.sees(`You were at step ${question + 1}`);
    second.kill('SIGKILL');
    await second.exited;
  });

  it('saves what was answered when Ctrl-C is pressed at a question, and shows the cursor again', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['learn', '1'], { home: home.path });
    await toFirstQuestion(terminal);
    await terminal.type(key.ctrlC);
    expect(await terminal.exited).toBe(130);
    expect(terminal.raw.lastIndexOf('\x1b[?25h')).toBeGreaterThan(terminal.raw.lastIndexOf('\x1b[?25l'));
    expect(readProgressOf(home.path).lessons['two-layers']).toBeDefined();
  });

  it('goes back with b, says so at the first step, and tells nonsense keys that they do nothing', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['learn', '1'], { home: home.path });
    await terminal.sees('Enter begins');
    await terminal.type('x');
    await terminal.sees('That key does nothing here');
    await terminal.type('?');
    await terminal.sees('what you answered is saved');
    await terminal.type(key.enter);
    await terminal.sees(' 1/');
    await terminal.type('b');
    await terminal.sees('That key does nothing here');
    await terminal.type(key.enter);
    await terminal.sees(' 2/');
    await terminal.type('b');
    await terminal.sees(' 1/');
    await terminal.type('q');
    expect(await terminal.exited).toBe(0);
  });

  it('does not take Enter for an answer before one is chosen', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['learn', '1'], { home: home.path });
    await toFirstQuestion(terminal);
    await terminal.type(key.enter);
    await terminal.sees('Choose first');
    await terminal.type('9');
    await terminal.sees('That key does nothing here');
    await terminal.type(key.down, key.enter);
    await terminal.sees(pauseLine);
    expect(readProgressOf(home.path).answers[0]?.given).toEqual(['a']);
    await terminal.type('q');
    await terminal.exited;
  });

  it('takes letters for answers; b goes back, so the second option is capital B', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['learn', '1'], { home: home.path });
    await toFirstQuestion(terminal);
    await terminal.type('b');
    await terminal.sees(' 2/');
    await terminal.type(key.enter);
    await terminal.sees('A digit answers');
    await terminal.type('B');
    await terminal.sees(pauseLine);
    expect(readProgressOf(home.path).answers[0]?.given).toEqual(['b']);
    await terminal.type('q');
    await terminal.exited;
  });

  it('lists the lessons, opens one by a typed number of two digits, and shows what is begun', async () => {
    using home = emptyHome();
    const first = new Terminal(['learn'], { home: home.path, rows: 40 });
    await first.sees('Enter opens');
    await first.type('1', '2', key.enter);
    await first.sees(/^ {2}12\. /m);
    await first.type(key.enter);
    await first.sees(' 1/');
    await first.type('q');
    expect(await first.exited).toBe(0);

    const second = new Terminal(['learn'], { home: home.path, rows: 40 });
    await second.sees(/▸ 12 .*step 1 of/);
    await second.type('q');
    expect(await second.exited).toBe(0);
  });

  it('survives a terminal that is resized to 20 columns in the middle', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['learn', '1'], { home: home.path });
    await terminal.sees('Enter begins');
    terminal.resize(20, 10);
    await terminal.type(key.enter);
    await terminal.sees(/Enter\s+goes\s+on/);
    terminal.resize(120, 30);
    await terminal.type(key.enter);
    await terminal.saw(' 2/');
    await terminal.type('q');
    expect(await terminal.exited).toBe(0);
  });

  it('sets a bad progress file aside, says so, and begins anew', async () => {
    using home = emptyHome();
    await runProgram(['progress'], home.path);
    const seed = new Terminal(['learn', '1'], { home: home.path });
    await seed.sees('Enter begins');
    await seed.type(key.enter);
    await seed.sees(' 1/');
    await seed.type('q');
    await seed.exited;
    writeFileSync(progressPath(home.path), '{"version":1,"lessons":{"two-l');

    const terminal = new Terminal(['learn', '1'], { home: home.path });
    await terminal.sees('Enter begins');
    expect(terminal.history).toContain('could not be understood');
    expect(terminal.history).toContain('It is kept as');
    await terminal.type(key.enter);
    await terminal.sees(' 1/');
    await terminal.type('q');
    expect(await terminal.exited).toBe(0);
    expect(readProgressOf(home.path).lessons['two-layers']).toBeDefined();
  });

  it('asks in lines where the terminal is dumb, and redraws nothing', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['learn', '1'], { home: home.path, env: { TERM: 'dumb' } });
    await terminal.sees('Enter begins, q leaves:');
    await terminal.type(key.enter);
    await terminal.sees('Step 1 of');
    await terminal.type(key.enter);
    await terminal.sees('Step 2 of');
    await terminal.type(key.enter);
    await terminal.sees('Type a number from 1 to');
    await terminal.type('nonsense', key.enter);
    await terminal.sees('is no answer to this question');
    await terminal.type('2', key.enter);
    await terminal.sees('Enter goes on');
    await terminal.type('q', key.enter);
    expect(await terminal.exited).toBe(0);
    expect(terminal.raw).not.toMatch(/\x1b/);
    expect(terminal.raw).toMatch(/^[\x00-\x7f]*$/);
    expect(readProgressOf(home.path).answers).toHaveLength(1);
  });
});

describe('the menu', () => {
  it('goes to the first lesson within two keys, and to the help', async () => {
    using home = emptyHome();
    const first = new Terminal([], { home: home.path });
    await first.sees('Begin the course');
    await first.type(key.enter);
    await first.sees('Enter begins');
    await first.type(key.ctrlD);
    expect(await first.exited).toBe(130);

    const second = new Terminal([], { home: home.path });
    await second.sees('Begin the course');
    await second.type(key.up, key.enter);
    await second.saw('Examples:');
    expect(await second.exited).toBe(0);
  });
});

describe('the menu after a week', () => {
  it('says where they were and what is due', async () => {
    using home = emptyHome();
    mkdirSync(dirname(progressPath(home.path)), { recursive: true });
    const at = new Date(Date.now() - 8.5 * 86_400_000).toISOString();
    const progress = {
      version: 1,
      lessons: { pods: { step: 'one-command', at } },
      answers: [
        {
          item: 'pods.what-run-creates',
          at,
          given: ['a'],
          right: false,
          revealed: ['kubectl-run-makes-a-deployment'],
          in: 'quiz',
        },
      ],
    };
    writeFileSync(progressPath(home.path), JSON.stringify(progress));
    const terminal = new Terminal([], { home: home.path });
    await terminal.sees('Welcome back after 8 days.');
    await terminal.sees('Your last lesson was "The Pod is what runs".');
    await terminal.sees(/Review \(\d+ questions? (is|are) due\)/);
    await terminal.type('q');
    expect(await terminal.exited).toBe(0);
  });
});

describe('choose and reset in a terminal', () => {
  it('asks question by question, goes back, and recommends', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['choose', '--hosts', 'one'], { home: home.path, rows: 60 });
    await terminal.sees(/1\/\d/);
    await terminal.type('1', key.enter);
    await terminal.sees(/2\/\d/);
    await terminal.type('0', key.enter);
    await terminal.sees(/1\/\d/);
    for (let asked = 1; asked <= 8; asked++) {
      await terminal.saw(` ${asked}/8`);
      await terminal.sees('Enter opens');
      await terminal.type('1', key.enter);
    }
    await terminal.sees('The same again: k8s-docker-tutor choose --hosts one');
    expect(await terminal.exited).toBe(0);
  });

  it('asks before it forgets, and Enter alone means no', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['progress', '--reset'], { home: home.path });
    await terminal.sees('Begin anew?');
    await terminal.type(key.enter);
    await terminal.sees('Nothing was changed.');
    expect(await terminal.exited).toBe(0);
  });
});
