import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { nodeUnderTest } from './node-under-test.ts';
import { runProgram } from './program.ts';
import { emptyHome } from './terminal.ts';

describe('without a terminal', () => {
  it.each([
    [['learn'], 'the list of lessons'],
    [['learn', 'pods'], 'a lesson'],
    [['learn', '--next'], 'the next lesson'],
    [['glossary'], 'the glossary'],
    [['progress'], 'progress'],
    [['doctor'], 'what is installed'],
    [[], 'the help'],
  ])('%j prints %s and waits for no key', async (args) => {
    using home = emptyHome();
    const { code, stdout } = await runProgram(args, home.path);
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(200);
    expect(stdout).not.toMatch(/\x1b/);
  });

  it.each([
    [['learn', '--list', '--json'], 'lessons'],
    [['learn', 'pods', '--json'], 'lesson'],
    [['glossary', '--json'], 'terms'],
    [['glossary', 'pod', '--json'], 'term'],
    [['progress', '--json'], 'misconceptions'],
    [['doctor', '--json'], 'parts'],
  ])('%j prints one versioned object', async (args, field) => {
    using home = emptyHome();
    const { code, stdout } = await runProgram(args, home.path, { FORCE_COLOR: '3' });
    const value = JSON.parse(stdout) as Record<string, unknown>;
    expect(code).toBe(0);
    expect(value.version).toBe(1);
    expect(value).toHaveProperty(field);
    expect(stdout).not.toMatch(/\x1b/);
  });

  it.each([
    [['choose'], 2, '--hosts one|few|many'],
    [['choose', '--hosts', 'seven'], 2, 'It is one of: one, few, many.'],
    [['progress', '--reset'], 2, '--yes'],
    [['learn', 'pdos'], 2, 'Did you mean pods'],
    [['glossary', 'deploymnt'], 2, 'Did you mean deployment'],
    [['lern'], 2, 'Did you mean learn'],
    [['learn', '--lst'], 2, '--list'],
    [['learn', 'pods', 'and', 'more'], 2, 'k8s-docker-tutor learn --help'],
    [['progress', '--import', 'nowhere.json'], 1, 'Check the name'],
    [['learn', 'a\x1b[31mred'], 2, '--list shows them all'],
  ])('%j ends with %d and the way out', async (args, wanted, way) => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(args, home.path);
    expect(code).toBe(wanted);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^✖ .+\n→ .+\n$/s);
    expect(stderr).toContain(way);
    expect(stderr).not.toMatch(/\x1b|at .*\.js:/);
  });

  it('takes a closed pipe for no error', async () => {
    using home = emptyHome();
    const child = spawn(nodeUnderTest, [inject('program'), 'glossary'], {
      env: { PATH: process.env.PATH ?? '', HOME: home.path },
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += String(data);
    });
    const code = await new Promise((resolve) => {
      child.on('close', resolve);
    });
    expect(code).toBe(0);
    expect(stderr).toBe('');
  });

  it('asks the questions of choose as options and recommends', async () => {
    using home = emptyHome();
    const answers =
      '--hosts few --survive machine --services several --operator team --deploys without-a-gap --scaling by-load --state one-database --place cloud --team compose';
    const { code, stdout } = await runProgram(['choose', '--json', ...answers.split(' ')], home.path);
    expect(code).toBe(0);
    const { recommendations } = JSON.parse(stdout) as { recommendations: { id: string }[] };
    expect(recommendations[0]?.id).toBe('kubernetes-managed');
  });

  it('exports to a file once, and imports what another machine exported', async () => {
    using here = emptyHome();
    using there = emptyHome();
    const theirs = {
      version: 1,
      lessons: { pods: { step: 'x.1', at: '2026-01-01T00:00:00.000Z', done: '2026-01-01T00:00:00.000Z' } },
      answers: [{ item: 'pods.a', at: '2026-01-01T00:00:00.000Z', given: ['a'], right: true, revealed: [] }],
    };
    writeFileSync(join(there.path, 'theirs.json'), JSON.stringify(theirs));
    expect((await runProgram(['progress', '--import', 'theirs.json'], there.path)).stdout).toContain(
      '1 new answer',
    );
    expect((await runProgram(['progress', '--export', 'mine.json'], there.path)).code).toBe(0);
    const again = await runProgram(['progress', '--export', 'mine.json'], there.path);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--force');

    const exported = readFileSync(join(there.path, 'mine.json'), 'utf8');
    await runProgram(['progress', '--import', '-'], here.path, {}, exported);
    const { stdout } = await runProgram(['progress', '--export'], here.path);
    expect(JSON.parse(stdout)).toEqual(theirs);
    expect((await runProgram(['progress', '--import', '-'], here.path, {}, exported)).stdout).toContain(
      '0 new answers',
    );
  });

  it('does not claim to have imported what it could not save', async () => {
    using home = emptyHome();
    writeFileSync(join(home.path, 'file'), '');
    const { code, stdout, stderr } = await runProgram(
      ['progress', '--import', '-'],
      home.path,
      { K8S_DOCKER_TUTOR_STATE: join(home.path, 'file') },
      '{"version":1,"lessons":{},"answers":[]}',
    );
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^! progress cannot be read.+✖ what was read could not be saved/s);
  });

  it('leaves the progress file of a newer version alone', async () => {
    using home = emptyHome();
    const file = join(home.path, 'progress.json');
    writeFileSync(file, '{"version":7,"future":true}');
    const { stderr } = await runProgram(
      ['progress', '--import', '-'],
      home.path,
      { K8S_DOCKER_TUTOR_STATE: home.path },
      '{"version":1,"lessons":{},"answers":[]}',
    );
    expect(stderr).toContain('newer');
    expect(readFileSync(file, 'utf8')).toBe('{"version":7,"future":true}');
  });
});
