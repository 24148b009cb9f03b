import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/learner/progress.ts';
import type { GivenAnswer } from '../../src/quiz/given-answer.ts';
import { type Outcome, runProgram } from './program.ts';
import { emptyHome, key, Terminal } from './terminal.ts';

interface ListedItem {
  readonly id: string;
  readonly kind: string;
  readonly lesson: string;
  readonly prompt: string;
  readonly options: readonly { id: string; text: string; correct?: boolean; misconception?: string }[];
  readonly answer: string | number | string[];
}

function progressPath(home: string): string {
  return join(home, '.local', 'state', 'k8s-docker-tutor', 'progress.json');
}

function answersOf(home: string): readonly GivenAnswer[] {
  return (JSON.parse(readFileSync(progressPath(home), 'utf8')) as Progress).answers;
}

function keepAnswers(home: string, answers: readonly GivenAnswer[]): void {
  mkdirSync(dirname(progressPath(home)), { recursive: true });
  writeFileSync(progressPath(home), JSON.stringify({ version: 1, lessons: {}, answers }));
}

async function bankOf(home: string, ...words: string[]): Promise<ListedItem[]> {
  const { stdout } = await runProgram(['quiz', ...words, '--list', '--json'], home);
  return (JSON.parse(stdout) as { version: 1; items: ListedItem[] }).items;
}

function json(outcome: Outcome): Record<string, unknown> {
  return JSON.parse(outcome.stdout) as Record<string, unknown>;
}

/** The question on the screen. */
function askedOn(terminal: Terminal, items: readonly ListedItem[]): ListedItem {
  // Below the last bar; what was asked before may still stand above it.
  const shown = terminal.screen
    .replace(/\s+/g, ' ')
    .split(/[━─]{8,}/)
    .at(-1);
  const asked = items.find((item) => shown?.includes(plainText(item.prompt).slice(0, 90)));
  if (!asked) throw new Error(`no question is on the screen:\n${terminal.screen}`);
  return asked;
}

function plainText(text: string): string {
  return text.replace(/[`*]/g, '').replace(/\s+/g, ' ').trim();
}

/** Answers the question on the screen, anyhow. */
async function answerAnyhow(terminal: Terminal, item: ListedItem): Promise<void> {
  switch (item.kind) {
    case 'several':
      return terminal.type('1', key.enter);
    case 'order':
    case 'match':
      return terminal.type(...item.options.map((_, place) => String(place + 1)), key.enter);
    case 'mistake':
      return terminal.type(key.down, key.enter);
    case 'command':
      return terminal.type(...'kubectl version', key.enter);
    default:
      return terminal.type('1');
  }
}

const prompts = /answers[ ,]|mark, Enter|right order, then Enter|gives the marked one|Enter answers/;

describe('quiz in a terminal', () => {
  it('asks, takes the answers, and shows how it went', async () => {
    using home = emptyHome();
    const items = await bankOf(home.path);
    const terminal = new Terminal(['quiz', '--count', '3', '--seed', 'e2e'], { home: home.path, rows: 60 });
    for (let number = 1; number <= 3; number++) {
      await terminal.saw(` ${number}/3 `);
      await terminal.sees(prompts);
      await answerAnyhow(terminal, askedOn(terminal, items));
      await terminal.sees('How sure are you?');
      await terminal.type('2');
      await terminal.sees(/Enter (goes on|shows how it went)/);
      await terminal.type(key.enter);
    }
    await terminal.sees(/of 3 right/);
    expect(await terminal.exited).toBe(0);
    expect(terminal.history).toContain('Reviews to come');
    const answers = answersOf(home.path);
    expect(answers).toHaveLength(3);
    expect(answers.every((answer) => answer.sure === 2 && answer.in === 'quiz')).toBe(true);
  });

  it('says of a confident error what it is made of, and asks again in the same session', async () => {
    using home = emptyHome();
    const items = (await bankOf(home.path, 'pods')).filter(
      ({ kind }) => kind === 'one' || kind === 'predict',
    );
    const wrong = (item: ListedItem): string =>
      item.options.find((option) => !option.correct && option.misconception)?.text ?? '';
    const terminal = new Terminal(['quiz', 'pods', '--seed', '3'], { home: home.path, rows: 60 });
    for (;;) {
      await terminal.sees(prompts);
      const item = askedOn(terminal, await bankOf(home.path, 'pods'));
      const text = wrong(item);
      if (items.some(({ id }) => id === item.id) && text && !text.includes('\n')) {
        const start = plainText(text).slice(0, 30);
        const digit = terminal.screen
          .split('\n')
          .flatMap((line) => (line.includes(start) ? (/^\s*(\d) /.exec(line)?.[1] ?? []) : []))[0];
        await terminal.type(digit ?? '1');
        await terminal.sees('How sure are you?');
        await terminal.type('3');
        await terminal.sees('Enter goes on');
        expect(terminal.history).toContain('What shows otherwise:');
        break;
      }
      await answerAnyhow(terminal, item);
      await terminal.sees('How sure are you?');
      await terminal.type(key.enter);
      await terminal.sees('Enter goes on');
      await terminal.type(key.enter);
    }
    const { item } = answersOf(home.path).find(({ sure }) => sure === 3) ?? { item: '' };
    await terminal.type('q');
    expect(await terminal.exited).toBe(0);

    // It is the first of the next session.
    const [first] = await bankOf(home.path, '--due');
    expect(first?.id).toBe(item);
    const next = new Terminal(['quiz'], { home: home.path, rows: 60 });
    await next.sees(prompts);
    expect(askedOn(next, await bankOf(home.path)).id).toBe(item);
    await next.type(key.ctrlC);
    expect(await next.exited).toBe(130);
  });

  it('loses no answer when Ctrl-C is pressed at the next question', async () => {
    using home = emptyHome();
    const items = await bankOf(home.path);
    const terminal = new Terminal(['quiz', '--no-confidence'], { home: home.path, rows: 60 });
    await terminal.sees(prompts);
    const item = askedOn(terminal, items);
    await answerAnyhow(terminal, item);
    await terminal.sees('Enter goes on');
    await terminal.type(key.enter);
    await terminal.saw(' 2/10 ');
    await terminal.type(key.ctrlC);
    expect(await terminal.exited).toBe(130);
    expect(answersOf(home.path).map((answer) => answer.item)).toEqual([item.id]);
    expect(terminal.raw).toContain('\x1b[?25h');
  });

  it('keeps an answer that was given, though they left before they said how sure', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['quiz'], { home: home.path, rows: 60 });
    await terminal.sees(prompts);
    await answerAnyhow(terminal, askedOn(terminal, await bankOf(home.path)));
    await terminal.sees('How sure are you?');
    terminal.kill('SIGKILL');
    await terminal.exited;
    expect(answersOf(home.path)).toHaveLength(1);
    expect(answersOf(home.path)[0]).not.toHaveProperty('sure');
  });

  it('opens the lesson and comes back', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['quiz', 'storage', '--no-confidence'], { home: home.path, rows: 60 });
    await terminal.sees(prompts);
    await answerAnyhow(terminal, askedOn(terminal, await bankOf(home.path)));
    await terminal.sees('o opens the lesson');
    await terminal.type('o');
    await terminal.sees('Enter begins');
    await terminal.type('q');
    await terminal.sees('Back in the quiz.');
    await terminal.sees('Enter goes on');
    await terminal.type(key.enter);
    await terminal.saw(' 2/10 ');
    await terminal.type(key.ctrlC);
    expect(await terminal.exited).toBe(130);
  });

  it('two at once lose nothing of each other', async () => {
    using home = emptyHome();
    const items = await bankOf(home.path);
    const both = ['one', 'two'].map(
      (seed) => new Terminal(['quiz', '--no-confidence', '--seed', seed], { home: home.path, rows: 60 }),
    );
    const asked: string[] = [];
    for (const terminal of both) {
      await terminal.sees(prompts);
      const item = askedOn(terminal, items);
      asked.push(item.id);
      await answerAnyhow(terminal, item);
      await terminal.sees('Enter goes on');
    }
    for (const terminal of both) {
      await terminal.type('q');
      expect(await terminal.exited).toBe(0);
    }
    expect(answersOf(home.path).map(({ item }) => item)).toEqual(asked);
  });
});

describe('quiz --plain from a pipe', () => {
  it('is a whole transcript, each answer a line', async () => {
    using home = emptyHome();
    const answers = 'x\n1\n1\n1\nkubectl version\n1 2 3 4\n1 2 3\n1 2 3 4 5\n'.repeat(4);
    const { code, stdout } = await runProgram(
      ['quiz', '--plain', '--count', '2', '--seed', 'a'],
      home.path,
      {},
      answers,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Question 1 of 2.');
    expect(stdout).toContain('Question 2 of 2.');
    expect(stdout).toMatch(/q to leave: .+\n/);
    expect(stdout).toMatch(/of 2 right/);
    expect(stdout).toMatch(/^[\x0a\x20-\x7e]*$/);
    expect(answersOf(home.path)).toHaveLength(2);
  });

  it('ends where the answers end', async () => {
    using home = emptyHome();
    const { code, stdout } = await runProgram(['quiz', '--plain'], home.path);
    expect(code).toBe(0);
    expect(stdout).toContain('The answers have ended.');
    expect(stdout).toContain('Nothing was answered.');
  });

  it('asks in the same order for the same seed', async () => {
    using home = emptyHome();
    const asked = async (seed: string): Promise<string> =>
      (await runProgram(['quiz', '--plain', '--seed', seed], home.path)).stdout;
    expect(await asked('x')).toBe(await asked('x'));
  });

  it('without --plain says what to do instead', async () => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(['quiz'], home.path);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Add --plain');
  });
});

describe('an exam', () => {
  /** A script of answers, all of them right or all wrong, to the questions that a seed asks. */
  async function script(home: string, seed: string, isRight: boolean): Promise<string> {
    const items = await bankOf(home);
    // What is asked is seen by leaving every question unanswered, one after the other.
    const lines: string[] = [];
    for (let number = 1; number <= 5; number++) {
      const { stdout } = await runProgram(
        ['quiz', '--exam', '--plain', '--count', '5', '--seed', seed],
        home,
        {},
        lines.map((line) => `${line}\n`).join(''),
      );
      const start = stdout.indexOf(`Question ${number} of 5.`);
      const shown = stdout
        .slice(start, stdout.indexOf('q to leave:', start))
        .replace(/[`*]/g, '')
        .replace(/\s+/g, ' ');
      const item = items.find(({ prompt }) => shown.includes(plainText(asciiOf(prompt)).slice(0, 80)));
      if (!item) throw new Error(`question ${number} is not known:\n${shown}`);
      lines.push(isRight ? rightLine(item) : wrongLine(item));
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  const asciiOf = (text: string): string => text.replaceAll('…', '...').replace(/[–—]/g, '-');
  const rightLine = (item: ListedItem): string => [item.answer].flat().join(' ');
  const wrongLine = (item: ListedItem): string => {
    const wrong = item.options.find((option) => option.correct === false)?.id;
    if (item.kind === 'command') return 'kubectl version --client';
    if (item.kind === 'mistake') return String(item.answer === 1 ? 2 : 1);
    if (item.kind === 'order')
      return item.options
        .map(({ id }) => id)
        .toReversed()
        .join(' ');
    if (item.kind === 'match')
      return item.options.map(({ id }, place) => `${id}=${item.options.at(place - 1)?.id}`).join(' ');
    return wrong ?? 'a';
  };

  it('that is passed ends with 0, and says nothing before its end', async () => {
    using home = emptyHome();
    const answers = await script(home.path, 'pass', true);
    using fresh = emptyHome();
    const { code, stdout } = await runProgram(
      ['quiz', '--exam', '--plain', '--count', '5', '--seed', 'pass'],
      fresh.path,
      {},
      answers,
    );
    expect(stdout).toContain('Passed: 5 of 5 right (100 %)');
    expect(code).toBe(0);
    expect(stdout.indexOf('Right.')).toBeGreaterThan(stdout.indexOf('Question 5 of 5.'));
  });

  it('that is not passed ends with 1, and explains each error', async () => {
    using home = emptyHome();
    const answers = await script(home.path, 'fail', false);
    using fresh = emptyHome();
    const { code, stdout, stderr } = await runProgram(
      ['quiz', '--exam', '--plain', '--count', '5', '--seed', 'fail'],
      fresh.path,
      {},
      answers,
    );
    expect(code).toBe(1);
    expect(stdout).toContain('Not passed: 0 of 5 right (0 %)');
    expect(stderr).toContain('the exam is not passed: 0 of 5 right');
    expect(stdout.match(/Not (quite|what happens)\./g)).toHaveLength(5);
    expect(answersOf(fresh.path).every(({ right }) => !right)).toBe(true);
  });

  it('that is broken off is not passed', async () => {
    using home = emptyHome();
    const { code, stdout } = await runProgram(
      ['quiz', '--exam', '--plain', '--count', '3'],
      home.path,
      {},
      'q\n',
    );
    expect(code).toBe(1);
    expect(stdout).toContain('3 left unanswered.');
  });
});

describe('one question for a program', () => {
  it('is listed, shown and answered', async () => {
    using home = emptyHome();
    const items = await bankOf(home.path);
    expect(items.length).toBeGreaterThanOrEqual(180);
    const kinds = new Map(items.map((item) => [item.kind, item]));
    expect(kinds.size).toBe(8);
    for (const item of kinds.values()) {
      const shown = json(await runProgram(['quiz', 'show', item.id, '--json'], home.path));
      expect(shown).toMatchObject({ version: 1, item: { id: item.id, answer: item.answer } });
      const answer = [item.answer].flat().join(',');
      const right = json(await runProgram(['quiz', 'answer', item.id, answer, '--json'], home.path));
      expect(right).toMatchObject({
        version: 1,
        id: item.id,
        right: true,
        recorded: true,
        misconceptions: [],
      });
    }
    expect(answersOf(home.path)).toHaveLength(8);
  }, 120_000);

  it('is graded, with the belief behind a wrong answer', async () => {
    using home = emptyHome();
    const items = await bankOf(home.path);
    const item = items.find(
      ({ kind, options }) => kind === 'one' && options.some((option) => option.misconception),
    );
    const trap = item?.options.find((option) => option.misconception);
    if (!item || !trap) throw new Error('there is no such question');
    const outcome = await runProgram(
      ['quiz', 'answer', item.id, trap.id, '--sure', '3', '--json'],
      home.path,
    );
    expect(outcome.code).toBe(0);
    expect(json(outcome)).toMatchObject({ right: false, misconceptions: [trap.misconception] });
    expect(answersOf(home.path)[0]).toMatchObject({ item: item.id, sure: 3, in: 'quiz' });
    const progress = json(await runProgram(['progress', '--json'], home.path));
    expect(progress).toMatchObject({ review: { due: 1 } });
    expect(progress.misconceptions).toContainEqual(
      expect.objectContaining({ id: trap.misconception, standing: 'held' }),
    );
  });

  it('is answered by a command line, options and all, and a docker line by its counterpart', async () => {
    using home = emptyHome();
    const items = await bankOf(home.path);
    const item = items.find(({ kind, answer }) => kind === 'command' && /^kubectl .* -/.test(String(answer)));
    if (!item) throw new Error('there is no such question');
    const words = String(item.answer).split(' ');
    if (!/['"]/.test(String(item.answer))) {
      const outcome = await runProgram(['quiz', 'answer', item.id, ...words, '--json'], home.path);
      expect(json(outcome)).toMatchObject({ right: true });
    }
    const docker = await runProgram(['quiz', 'answer', item.id, 'docker', 'ps', '-a', '--json'], home.path);
    expect(json(docker)).toMatchObject({
      right: false,
      counterpart: { commands: [['kubectl', 'get', 'pods']] },
    });
  });

  it.each<[words: string[], said: string]>([
    [['show', 'pods.gone'], 'there is no question "pods.gone"'],
    [['answer', '../pods', '1'], 'there is no question "../pods"'],
    [['show'], "missing required argument 'id'"],
    [['answer', 'pods.gone'], "missing required argument 'answer'"],
    [['nonsense-topic'], 'there is no topic "nonsense-topic"'],
    [['--count', 'many'], '"many" is no number of questions'],
    [['--count', '0'], '"0" is no number of questions'],
    [['--due', '--new'], '--due and --new ask for opposite things'],
    [['--exam', '--due'], 'an exam asks about everything'],
    [['--json'], 'a session prints no JSON'],
    [['--lits'], "unknown option '--lits'"],
  ])('that is asked for as %j is refused: %s', async (words, said) => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(['quiz', ...words], home.path);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
  });

  it('that is answered with what is no option is not recorded', async () => {
    using home = emptyHome();
    const [item] = await bankOf(home.path, 'pods');
    const { code, stderr } = await runProgram(['quiz', 'answer', item?.id ?? '', '9'], home.path);
    expect(code).toBe(2);
    expect(stderr).toContain('quiz show');
    expect(() => answersOf(home.path)).toThrow('ENOENT');
  });
});

describe('a record that is out of the ordinary', () => {
  const at = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  const answer = (item: string, days: number): GivenAnswer => ({
    item,
    at: at(days),
    given: ['a'],
    right: false,
    revealed: [],
    in: 'quiz',
  });

  it('of answers from the future is said to be, and nothing is lost', async () => {
    using home = emptyHome();
    const [first] = await bankOf(home.path, 'pods');
    keepAnswers(home.path, [answer(first?.id ?? '', 400)]);
    const { code, stdout } = await runProgram(['progress'], home.path);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain('1 answer is dated in the future');
    await runProgram(['quiz', 'answer', 'pods.gone', 'a'], home.path);
    expect(answersOf(home.path)).toHaveLength(1);
  });

  it('of questions that the bank has lost is said to be, and nothing is lost', async () => {
    using home = emptyHome();
    const items = await bankOf(home.path);
    keepAnswers(home.path, [answer('pods.was-here-once', -5), answer('gone.lesson', -4)]);
    const { stdout } = await runProgram(['progress'], home.path);
    expect(stdout.replace(/\s+/g, ' ')).toContain('2 questions that you answered are not in the bank');
    const item = items.find(({ kind }) => kind === 'one');
    const { code } = await runProgram(['quiz', 'answer', item?.id ?? '', 'a'], home.path);
    expect(code).toBe(0);
    expect(answersOf(home.path)).toHaveLength(3);
  });

  it('of fields that this version does not know is kept as it is', async () => {
    using home = emptyHome();
    const items = await bankOf(home.path);
    const item = items.find(({ kind }) => kind === 'one');
    const odd = { ...answer(item?.id ?? '', -5), sure: 'very', mood: 'good' } as unknown as GivenAnswer;
    keepAnswers(home.path, [odd]);
    await runProgram(['quiz', 'answer', item?.id ?? '', 'a'], home.path);
    expect(answersOf(home.path)[0]).toEqual(odd);
  });

  it('that cannot be written is said, and the answer is graded all the same', async () => {
    using home = emptyHome();
    const items = await bankOf(home.path);
    const item = items.find(({ kind }) => kind === 'one');
    const env = { K8S_DOCKER_TUTOR_STATE: join(home.path, 'file', 'below') };
    writeFileSync(join(home.path, 'file'), '');
    const outcome = await runProgram(['quiz', 'answer', item?.id ?? '', 'a', '--json'], home.path, env);
    expect(json(outcome)).toMatchObject({ recorded: false });
    expect(outcome.stderr).toContain('progress cannot be saved');
  });
});
