import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { noProgress } from '../../src/learner/progress.ts';
import { ProgressFile } from '../../src/learner/progress-file.ts';
import { readProgress, writeProgress } from '../../src/learner/progress-text.ts';
import { bundleScript } from '../fixtures/bundle-script.ts';
import { answerOf, progressOf } from '../fixtures/progress.ts';
import { temporaryDirectory } from '../fixtures/temporary-directory.ts';

let scripts: string;
let script: string;
beforeAll(async () => {
  scripts = mkdtempSync(join(tmpdir(), 'k8s-docker-tutor-'));
  script = await bundleScript('answering-run', scripts);
});
afterAll(() => rmSync(scripts, { recursive: true, force: true }));

/** A run of the tutor in a process of its own. */
interface Running {
  readonly process: ChildProcessWithoutNullStreams;
  /** The items whose answers it says are saved, so far. */
  saved(): string[];
  /** What it warned of, so far. */
  warnings(): string;
  /** Its exit code, or the signal that ended it. */
  readonly end: Promise<number | string>;
}

function start(directory: string, name: string, howMany: number): Running {
  const child = spawn(process.execPath, [script, directory, name, String(howMany)]);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    process: child,
    // What stands behind the last line's end may be a piece.
    saved: () => out.split('\n').slice(0, -1),
    warnings: () => err,
    end: once(child, 'close').then(([code, signal]) => code ?? signal),
  };
}

function itemsIn(directory: string): string[] {
  return readProgress(readFileSync(join(directory, 'progress.json'), 'utf8')).answers.map(({ item }) => item);
}

function numbered(name: string, howMany: number): string[] {
  return Array.from({ length: howMany }, (_, number) => `${name}.${number}`);
}

describe('runs at once', () => {
  it('lose no answer of any of them: twenty with ten answers each', { timeout: 60_000 }, async () => {
    const directory = join(temporaryDirectory(), 'state');
    const runs = Array.from({ length: 20 }, (_, run) => start(directory, `run-${run}`, 10));
    expect(await Promise.all(runs.map(({ end }) => end))).toEqual(runs.map(() => 0));
    expect(runs.map((run) => run.warnings()).join('')).toBe('');
    const all = runs.flatMap((_, run) => numbered(`run-${run}`, 10));
    expect(itemsIn(directory).toSorted()).toEqual(all.toSorted());
    expect(readdirSync(directory)).toEqual(['progress.json']);
  });

  it('that find a damaged file set it aside once, and nothing else', { timeout: 60_000 }, async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'progress.json'), '{"version": 1, "lessons": {');
    const runs = Array.from({ length: 12 }, (_, run) => start(directory, `run-${run}`, 3));
    expect(await Promise.all(runs.map(({ end }) => end))).toEqual(runs.map(() => 0));

    const warnings = runs.map((run) => run.warnings()).join('');
    expect(warnings.match(/could not be understood/g)).toHaveLength(1);
    const aside = readdirSync(directory).filter((name) => name !== 'progress.json');
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(directory, aside[0] ?? ''), 'utf8')).toBe('{"version": 1, "lessons": {');
    const all = runs.flatMap((_, run) => numbered(`run-${run}`, 3));
    expect(itemsIn(directory).toSorted()).toEqual(all.toSorted());
  });
});

describe('a run that reads a damaged file', () => {
  it('looks again when the run that is writing a good one lets go of the lock', {
    timeout: 20_000,
  }, async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'progress.json');
    writeFileSync(path, '{');
    writeFileSync(`${path}.good`, writeProgress(progressOf(answerOf('theirs'))));
    // The other run: takes the lock, and half a second later puts a good file there and lets go.
    const other = spawn(process.execPath, [
      '-e',
      `const { renameSync, rmSync, writeFileSync } = require('node:fs');
      const [path, lock] = process.argv.slice(1);
      writeFileSync(lock, process.pid + ' ' + require('node:os').hostname() + ' 1\\n');
      setTimeout(() => { renameSync(path + '.good', path); rmSync(lock); }, 500);
      console.log('locked');`,
      path,
      join(directory, 'progress.lock'),
    ]);
    onTestFinished(() => void other.kill('SIGKILL'));
    await once(other.stdout, 'data');

    const warnings: string[] = [];
    const file = new ProgressFile(
      directory,
      () => new Date(),
      (what) => warnings.push(what),
    );
    expect(file.read().answers).toEqual([answerOf('theirs')]);
    expect(warnings).toEqual([]);
    expect(readdirSync(directory)).toEqual(['progress.json']);
  });
});

describe('a run that is killed', () => {
  it('loses no earlier answer and does not block the next run, at whatever moment', {
    timeout: 120_000,
  }, async () => {
    const directory = temporaryDirectory();
    const saved: string[] = [];
    for (let round = 0; round < 20; round++) {
      const killed = start(directory, `killed-${round}`, Number.POSITIVE_INFINITY);
      await once(killed.process.stdout, 'data');
      await wait(Math.random() * 40);
      killed.process.kill('SIGKILL');
      expect(await killed.end).toBe(process.platform === 'win32' ? 1 : 'SIGKILL');
      expect(killed.warnings()).toBe('');
      saved.push(...killed.saved());

      const begin = performance.now();
      const next = start(directory, `next-${round}`, 1);
      expect(await next.end).toBe(0);
      expect(next.warnings()).toBe('');
      expect(performance.now() - begin).toBeLessThan(8_000);
      saved.push(`next-${round}.0`);
      const there = new Set(itemsIn(directory));
      expect(saved.filter((item) => !there.has(item))).toEqual([]);
    }
    expect(saved.length).toBeGreaterThan(40);
  });

  it('among others does not make them lose an answer', { timeout: 120_000 }, async () => {
    const directory = temporaryDirectory();
    const others = Array.from({ length: 4 }, (_, run) => start(directory, `run-${run}`, 60));
    const saved: string[] = [];
    for (let round = 0; round < 12; round++) {
      const killed = start(directory, `killed-${round}`, Number.POSITIVE_INFINITY);
      await once(killed.process.stdout, 'data');
      await wait(Math.random() * 20);
      killed.process.kill('SIGKILL');
      await killed.end;
      saved.push(...killed.saved());
    }
    expect(await Promise.all(others.map(({ end }) => end))).toEqual(others.map(() => 0));
    expect(others.map((run) => run.warnings()).join('')).toBe('');
    saved.push(...others.flatMap((_, run) => numbered(`run-${run}`, 60)));
    const there = new Set(itemsIn(directory));
    expect(saved.filter((item) => !there.has(item))).toEqual([]);
  });

  it('before it wrote anything leaves nothing that is not progress', async () => {
    const directory = temporaryDirectory();
    const run = start(directory, 'none', 0);
    expect(await run.end).toBe(0);
    const file = new ProgressFile(
      directory,
      () => new Date(),
      () => {},
    );
    expect(file.read()).toEqual(noProgress);
    expect(readdirSync(directory)).toEqual([]);
  });
});
