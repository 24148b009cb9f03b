import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { nodeUnderTest } from './node-under-test.ts';
import { type Outcome, runProgram } from './program.ts';
import { emptyHome, key, Terminal } from './terminal.ts';

// What a machine can do to the program, and what it does then: an answer or a clear error, nothing lost, and
// never a stack trace.

/** Commands of every kind, each with its input and a text that it prints. */
const commands: readonly [words: string[], input: string, said: string | RegExp][] = [
  [['--version'], '', /^\d+\.\d+\.\d+$/m],
  [['map', 'docker', 'run', '-d', 'nginx'], '', 'kubectl'],
  [['glossary', 'pod'], '', 'Pod'],
  [['learn', 'pods'], '', 'The Pod is what runs'],
  [['quiz', '--plain', '--seed', '7', '-n', '2'], '1\n\n1\n\n', 'right'],
  [['progress'], '', /lesson/i],
  [['lab', '--list'], '', 'image-not-found'],
  [['sandbox', '-c', 'kubectl get nodes'], '', 'control-plane'],
  [['completion', 'bash'], '', 'complete -F'],
];

/** A stack trace, or that the program takes the blame. */
const ours = /^\s+at .*\(?.*:\d+:\d+\)?$|this is our bug|node:internal/m;

function expectGrace({ code, stdout, stderr }: Outcome): void {
  expect(stdout + stderr).not.toMatch(ours);
  // 127 is a command that the sandbox's shell does not know.
  expect([0, 1, 2, 127, 130]).toContain(code);
}

/** Runs a script of the shell in which `$NODE $PROGRAM` is the program. */
function runShell(script: string, home: string, input = ''): Outcome {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
    env: {
      PATH: process.env.PATH,
      HOME: home,
      LANG: 'C.UTF-8',
      NODE: nodeUnderTest,
      PROGRAM: inject('program'),
    },
    cwd: '/',
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 26,
  });
  return { code: status ?? -1, stdout, stderr };
}

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');

const mounts = spawnSync('unshare', ['-rm', 'true']).status === 0;

describe.skipIf(!mounts)('a disk (skipped where nothing can be mounted for a test)', () => {
  it.each(commands)('that is full does not stop %j', (words, input, said) => {
    using home = emptyHome();
    const outcome = runShell(
      `exec unshare -rm sh -c 'mount -t tmpfs -o size=16k none "$HOME" && { cat /dev/zero > "$HOME/full" 2>/dev/null; "$NODE" "$PROGRAM" ${quoted(words).replaceAll("'", "'\\''")}; }'`,
      home.path,
      input,
    );
    expectGrace(outcome);
    expect(outcome.stdout).toMatch(said);
  });

  it.each(commands)('that is read-only does not stop %j', (words, input, said) => {
    using home = emptyHome();
    const outcome = runShell(
      `exec unshare -rm sh -c 'mount -t tmpfs -o ro none "$HOME" && "$NODE" "$PROGRAM" ${quoted(words).replaceAll("'", "'\\''")}'`,
      home.path,
      input,
    );
    expectGrace(outcome);
    expect(outcome.stdout).toMatch(said);
  });

  it('that is full is said once, and the answer is graded all the same', () => {
    using home = emptyHome();
    const { stderr, stdout } = runShell(
      `exec unshare -rm sh -c 'mount -t tmpfs -o size=16k none "$HOME" && { cat /dev/zero > "$HOME/full" 2>/dev/null; "$NODE" "$PROGRAM" quiz --plain --seed 7 -n 2; }'`,
      home.path,
      '1\n\n1\n\n',
    );
    expect(stderr.match(/^Warning: /gm)).toHaveLength(1);
    expect(stderr).toMatch(/no space left|ENOSPC/i);
    expect(stdout).toMatch(/of 2 right/);
  });
});

describe('a home', () => {
  const homes: readonly [what: string, env: Record<string, string>][] = [
    ['that is not there', { HOME: '/proc/nowhere/at/all' }],
    ['without a name', { HOME: '', XDG_STATE_HOME: '/proc/nowhere' }],
    ['that is a file', { HOME: nodeUnderTest }],
  ];
  it.each(
    homes.flatMap(([what, env]) => commands.map((command) => [what, command[0], env, command] as const)),
  )('%s does not stop %j', async (_, __, env, [words, input, said]) => {
    using home = emptyHome();
    const outcome = await runProgram(words, home.path, env, input);
    expectGrace(outcome);
    expect(outcome.stdout).toMatch(said);
  });

  it.each(commands)('whose state directory is a file does not stop %j', async (words, input, said) => {
    using home = emptyHome();
    mkdirSync(join(home.path, 'state'));
    writeFileSync(join(home.path, 'state', 'k8s-docker-tutor'), 'mine\n');
    const env = { XDG_STATE_HOME: join(home.path, 'state') };
    const outcome = await runProgram(words, home.path, env, input);
    expectGrace(outcome);
    expect(outcome.stdout).toMatch(said);
    expect(readFileSync(join(home.path, 'state', 'k8s-docker-tutor'), 'utf8')).toBe('mine\n');
  });
});

describe('streams', () => {
  it.each(commands)('whose input is closed: %j', (words) => {
    using home = emptyHome();
    expectGrace(runShell(`exec "$NODE" "$PROGRAM" ${quoted(words)} <&-`, home.path));
  });

  it.each(commands)('whose output is closed: %j', (words, input) => {
    using home = emptyHome();
    expectGrace(runShell(`exec "$NODE" "$PROGRAM" ${quoted(words)} >&-`, home.path, input));
  });

  it.each(commands)('whose reader has gone: %j', (words, input) => {
    using home = emptyHome();
    const { stderr } = runShell(`"$NODE" "$PROGRAM" ${quoted(words)} | true`, home.path, input);
    expect(stderr).not.toMatch(ours);
  });

  it.skipIf(process.platform !== 'linux').each(commands)('whose output is full: %j', (words, input) => {
    using home = emptyHome();
    const { stderr } = runShell(`"$NODE" "$PROGRAM" ${quoted(words)} > /dev/full`, home.path, input);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('surroundings', () => {
  const odd: readonly [what: string, env: Record<string, string>][] = [
    ['LANG=C', { LANG: 'C', LC_ALL: 'C' }],
    ['no LANG', { LANG: '' }],
    ['a time zone that is not there', { TZ: 'Nowhere/At_All' }],
    ['a time zone a day ahead', { TZ: 'Pacific/Kiritimati' }],
    ['no TERM', { TERM: '' }],
    ['a dumb terminal', { TERM: 'dumb' }],
    ['COLUMNS=0', { COLUMNS: '0' }],
  ];
  it.each(odd.flatMap(([what, env]) => commands.map((command) => [what, command[0], env, command] as const)))(
    'with %s: %j',
    async (_, __, env, [words, input, said]) => {
      using home = emptyHome();
      const outcome = await runProgram(words, home.path, env, input);
      expectGrace(outcome);
      expect(outcome.stdout).toMatch(said);
    },
  );

  it.each(commands)('LANG=C gets ASCII with --plain: %j', async (words, input) => {
    using home = emptyHome();
    if (words[0] === '--version' || words[0] === 'completion' || words[0] === 'sandbox') return;
    const [name = '', ...rest] = words;
    const { stdout } = await runProgram([name, '--plain', ...rest], home.path, { LANG: 'C' }, input);
    expect(stdout).toMatch(/^[\x0a\x20-\x7e]*$/);
  });
});

describe('words', () => {
  const hostile = '\x1b[31mred\x1b]0;title\x07\u202e\x9b2J';
  it.each([
    ['map', hostile],
    ['map', 'docker', 'run', hostile],
    ['map', 'docker', 'run', '--name', hostile, 'nginx'],
    ['map', '-o', 'yaml', 'docker', 'run', '--name', hostile, 'nginx'],
    ['map', 'kubectl', 'get', hostile],
    ['map', `${hostile}.yaml`],
    ['learn', hostile],
    ['lab', hostile],
    ['lab', hostile, '--script'],
    ['quiz', hostile],
    ['quiz', 'show', hostile],
    ['quiz', 'answer', hostile, '1'],
    ['quiz', '--seed', hostile, '--plain'],
    ['glossary', hostile],
    ['choose', '--hosts', hostile],
    ['progress', '--import', hostile],
    ['sandbox', '-c', `kubectl get pods ${hostile}`],
    ['sandbox', '-c', hostile],
    ['sandbox', '--world', hostile, '-c', 'kubectl get pods'],
    ['completion', hostile],
    ['completion', 'bash', '--words', '--', hostile],
    [hostile],
    ['--', hostile],
    [`--${hostile}`],
  ])('with control characters are shown and not obeyed: %j', async (...words) => {
    using home = emptyHome();
    const outcome = await runProgram(words, home.path);
    expectGrace(outcome);
    expect(outcome.stdout + outcome.stderr).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
  });

  it.each(
    commands.flatMap(([words]) =>
      ['x', '-', '"', '\\', '{', 'ü', '🐳'].map((each) => [each, words[0] ?? '', words] as const),
    ),
  )('of a hundred thousand "%s" end %s', async (each, _, words) => {
    using home = emptyHome();
    const [name = '', ...rest] = words;
    expectGrace(
      await runProgram(
        [name, ...rest.slice(0, 1), each.repeat(100_000 / Buffer.byteLength(each))],
        home.path,
      ),
    );
  });

  it('of a megabyte together end', async () => {
    using home = emptyHome();
    const many = Array.from({ length: 10 }, () => 'x'.repeat(100_000));
    for (const [[name = '']] of commands) expectGrace(await runProgram([name, ...many], home.path));
  });
});

describe('files', () => {
  const contents: readonly [what: string, content: string | Buffer][] = [
    ['nothing', ''],
    ['NUL', 'services:\n  web:\n    image: "a\0b"\n'],
    ['escapes', 'services:\n  "\x1b[31mred":\n    image: \x1b]0;title\x07\n'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0x80])],
    ['a million lines', 'x\n'.repeat(1_000_000)],
    ['one long line', 'x'.repeat(2_000_000)],
    ['deep nesting', '['.repeat(100_000)],
  ];
  it.each(
    contents.flatMap(([what, content]) =>
      [
        ['map', 'file.yaml'],
        ['map', 'Dockerfile'],
        ['progress', '--import', 'file'],
        ['sandbox', '--world', 'file', '-c', 'kubectl get pods'],
      ].map((words) => [what, words, content] as const),
    ),
  )('of %s are read or refused: %j', async (_, words, content) => {
    using home = emptyHome();
    for (const name of ['file', 'file.yaml', 'Dockerfile']) writeFileSync(join(home.path, name), content);
    const outcome = await runProgram(words, home.path);
    expectGrace(outcome);
    expect(outcome.stdout + outcome.stderr).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
    expect((outcome.stdout + outcome.stderr).length).toBeLessThan(2_000_000);
  });

  it.each(contents)('of %s are piped in, and refused or run', async (_, content) => {
    using home = emptyHome();
    for (const words of [
      ['map', '-'],
      ['lab', 'image-not-found', '--script'],
      ['quiz', '--plain'],
    ]) {
      const text = typeof content === 'string' ? content.slice(0, 200_000) : content.toString('latin1');
      const outcome = await runProgram(words, home.path, {}, text);
      expectGrace(outcome);
    }
  });
});

describe('kill -9', () => {
  it('at any moment of a quiz loses no answer that was taken', { timeout: 240_000 }, async () => {
    using home = emptyHome();
    let kept = 0;
    let killed = 0;
    const visit = async (round: number): Promise<void> => {
      const state = join(home.path, `state-${round % 4}`);
      const child = spawn(nodeUnderTest, [inject('program'), 'quiz', '--plain', '--seed', `${round}`], {
        env: {
          PATH: process.env.PATH ?? '',
          HOME: home.path,
          LANG: 'C.UTF-8',
          K8S_DOCKER_TUTOR_STATE: state,
        },
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const before = answersIn(state);
      let said = '';
      child.stdout?.on('data', (chunk) => {
        said += chunk;
      });
      child.stdin?.on('error', () => {});
      child.stdin?.write('1\n\n'.repeat(10));
      // Some are still starting; the others have begun to answer, however slow the machine is.
      if (round % 4 > 0) await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
      await new Promise((resolve) => setTimeout(resolve, (round * 37) % 160));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.on('close', resolve));
      // An answer is saved before the program says what it was worth.
      const taken = said.match(/^\s*(Right\.|.*Not .*\.|.*Almost.*)$/gm)?.length ?? 0;
      const after = answersIn(state);
      expect(after).toBeGreaterThanOrEqual(before + Math.max(0, taken - 1));
      kept += after - before;
      killed += 1;
    };
    for (let round = 0; round < 200; round += 4) {
      await Promise.all([0, 1, 2, 3].map((each) => visit(round + each)));
    }
    expect(killed).toBe(200);
    expect(kept).toBeGreaterThan(20);
  });
});

/** How many answers are on the disk; the file has to be whole. */
function answersIn(state: string): number {
  let text: string;
  try {
    text = readFileSync(join(state, 'progress.json'), 'utf8');
  } catch {
    return 0;
  }
  return (JSON.parse(text) as { answers: unknown[] }).answers.length;
}

describe('many runs at once', () => {
  it('of the sandbox keep every world whole', async () => {
    using home = emptyHome();
    const names = Array.from({ length: 20 }, (_, each) => `map-${each}`);
    const outcomes = await Promise.all(
      names.map((name) => runProgram(['sandbox', '-c', `kubectl create configmap ${name}`], home.path)),
    );
    for (const outcome of outcomes) expectGrace(outcome);
    // One that had waited in vain says where its world is.
    const made = outcomes.filter(({ code, stderr }) => code === 0 && !stderr.includes('is kept as')).length;
    const { stdout } = await runProgram(['sandbox', '-c', 'kubectl get configmaps -o name'], home.path);
    const there = names.filter((name) => stdout.includes(`configmap/${name}\n`));
    expect(there.length).toBe(made);
    expect(made).toBeGreaterThan(0);
  });
});

/** Prompts of every kind, with what is typed to get there and what is seen then. */
const prompts: readonly [what: string, words: string[], typed: string[], seen: string | RegExp][] = [
  ['the menu', [], [], 'Enter opens'],
  ['a pause in a lesson', ['learn', 'pods'], [], 'Enter begins'],
  ['a question', ['quiz', '--seed', 'b'], [], '? shows the keys'],
  ['the search of map', ['map'], [], 'Esc leaves'],
  ['a question of choose', ['choose'], [], /1/],
  ['the list of labs', ['lab'], [], 'Enter opens'],
  ['the list of lessons', ['learn'], [], 'Enter'],
];

describe('Ctrl-C', () => {
  it.each(prompts)('at %s leaves with 130', async (_, words, typed, seen) => {
    using home = emptyHome();
    const terminal = new Terminal(words, { home: home.path });
    await terminal.sees(seen);
    await terminal.type(...typed, key.ctrlC);
    expect(await terminal.exited).toBe(130);
    expect(terminal.raw).not.toMatch(ours);
    // The cursor is shown again.
    expect(terminal.raw.lastIndexOf('\x1b[?25h')).toBeGreaterThanOrEqual(
      terminal.raw.lastIndexOf('\x1b[?25l'),
    );
  });
});

describe('Ctrl-Z', () => {
  const found = spawnSync('bash', ['--version']).status === 0;
  it.skipIf(!found).each([
    [['learn', 'pods'], 'Enter begins', key.enter, 'docker run'],
    [['quiz', '--seed', 'b'], '? shows the keys', '1', /How sure|Not|right/i],
    [['sandbox'], 'sandbox (default)', 'echo back again\r', /^back again$/m],
    [['map'], 'Esc leaves', 'logs', 'docker compose logs'],
  ])('and fg go on in %j (skipped without bash)', async (words, seen, typed, then) => {
    using home = emptyHome();
    const terminal = new Terminal(['--norc', '--noprofile', '-i'], {
      home: home.path,
      instead: 'bash',
      env: { PS1: 'ready> ' },
    });
    await terminal.sees('ready>');
    await terminal.type(`'${nodeUnderTest}' '${inject('program')}' ${quoted(words)}\r`);
    await terminal.sees(seen);
    await terminal.type('\x1a');
    await terminal.sees('Stopped');
    await terminal.type('fg\r');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await terminal.type(typed);
    await terminal.sees(then);
    terminal.kill('SIGKILL');
  });
});

describe('a terminal of 20 columns', () => {
  it.each(prompts)('shows %s', async (_, words, __, seen) => {
    using home = emptyHome();
    const terminal = new Terminal(words, { home: home.path });
    await terminal.sees(seen);
    terminal.resize(20, 10);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await terminal.type(key.down, key.up, key.ctrlC);
    expect([0, 130]).toContain(await terminal.exited);
    expect(terminal.raw).not.toMatch(ours);
  });
});
