import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LockTaken, whileLocked } from '../../src/learner/lock.ts';
import { temporaryDirectory } from '../fixtures/temporary-directory.ts';

const { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync } = fs;
const real = await vi.importActual<typeof fs>('node:fs');

// As they are, but for the moments where a test has something happen in between.
vi.mock('node:fs', async (importActual) => {
  const actual = await importActual<typeof fs>();
  return { ...actual, renameSync: vi.fn(actual.renameSync), writeFileSync: vi.fn(actual.writeFileSync) };
});

/** The process that started this one: it lives at least as long. */
const live = process.ppid;
const dead = spawnSync(process.execPath, ['-e', '']).pid;

/** A path for a lock in a directory of its own; with a text, the lock that is there already. */
function lockPath(text?: string, ageInSeconds = 0): string {
  const path = join(temporaryDirectory(), 'progress.lock');
  if (text === undefined) return path;
  real.writeFileSync(path, text);
  const then = Date.now() / 1000 - ageInSeconds;
  utimesSync(path, then, then);
  return path;
}

/** Makes every look at the clock take a second, so that patience is over after a few. */
function hurry(): void {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1_000));
  onTestFinished(() => clock.mockRestore());
}

/** Has something happen in place of the next renaming. */
function insteadOfRenaming(act: (...names: Parameters<typeof fs.renameSync>) => void): void {
  vi.mocked(fs.renameSync).mockImplementationOnce(act);
  onTestFinished(() => void vi.mocked(fs.renameSync).mockImplementation(real.renameSync));
}

describe('what is done while locked', () => {
  it('gives what it gives, with a lock of this process and host meanwhile and none after', () => {
    const path = lockPath();
    const text = whileLocked(path, () => readFileSync(path, 'utf8'));
    expect(text).toMatch(new RegExp(`^${process.pid} ${hostname()} \\d+\\n$`));
    expect(existsSync(path)).toBe(false);
  });

  it('throws what it throws, and the lock is gone all the same', () => {
    const path = lockPath();
    const failure = new Error('no');
    expect(() =>
      whileLocked(path, () => {
        throw failure;
      }),
    ).toThrow(failure);
    expect(existsSync(path)).toBe(false);
  });

  it('leaves a lock that another run has made in the meantime', () => {
    const path = lockPath();
    whileLocked(path, () => real.writeFileSync(path, `${live} ${hostname()} 1\n`));
    expect(readFileSync(path, 'utf8')).toBe(`${live} ${hostname()} 1\n`);
  });

  it('is not done where there is no directory for a lock', () => {
    const act = vi.fn();
    expect(() => whileLocked(join(lockPath(), 'nowhere'), act)).toThrow('ENOENT');
    expect(act).not.toHaveBeenCalled();
  });

  it('is not done when the lock cannot be written, which leaves none behind', () => {
    const path = lockPath();
    const act = vi.fn();
    vi.mocked(fs.writeFileSync).mockImplementationOnce(() => {
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    });
    expect(() => whileLocked(path, act)).toThrow('ENOSPC');
    expect(act).not.toHaveBeenCalled();
    expect(existsSync(path)).toBe(false);
  });
});

describe('a lock that was left behind', () => {
  it.each<[string, string, number]>([
    ['by a process that is dead', `${dead} ${hostname()} 1\n`, 0],
    ['by a process that had the number of this one', `${process.pid} ${hostname()} 1\n`, 0],
    ['by a process that lives, eleven seconds ago', `${live} ${hostname()} 1\n`, 11],
    ['by a process that lives, eleven seconds from now', `${live} ${hostname()} 1\n`, -11],
    ['on another host, eleven seconds ago', `${live} elsewhere 1\n`, 11],
    ['before its holder wrote its name, two seconds ago', '', 2],
    ['with something else in it, eleven seconds ago', 'something else', 11],
  ])('%s, is taken over at once', (_by, text, age) => {
    const path = lockPath(text, age);
    const begin = performance.now();
    expect(whileLocked(path, () => readFileSync(path, 'utf8'))).toContain(`${process.pid} `);
    expect(performance.now() - begin).toBeLessThan(1_500);
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('just now, before its holder wrote its name, is taken over when it stays so for a second', () => {
    const path = lockPath('');
    const begin = Date.now();
    expect(whileLocked(path, () => 'done')).toBe('done');
    expect(Date.now() - begin).toBeGreaterThan(900);
  });

  it('and was taken over by another run a moment ago, is put back as it was', () => {
    const path = lockPath(`${dead} ${hostname()} 1\n`);
    const theirs = `${live} ${hostname()} 7\n`;
    hurry();
    insteadOfRenaming((from, to) => {
      real.writeFileSync(path, theirs);
      real.renameSync(from, to);
    });
    expect(() => whileLocked(path, () => 'done')).toThrow(LockTaken);
    expect(readFileSync(path, 'utf8')).toBe(theirs);
    expect(readdirSync(join(path, '..'))).toEqual(['progress.lock']);
  });

  it('and was removed by another run a moment ago, is no obstacle', () => {
    const path = lockPath(`${dead} ${hostname()} 1\n`);
    insteadOfRenaming((from, to) => {
      real.rmSync(path);
      real.renameSync(from, to);
    });
    expect(whileLocked(path, () => 'done')).toBe('done');
  });

  it('and cannot be moved, is not waited for without end', () => {
    const path = lockPath(`${dead} ${hostname()} 1\n`);
    hurry();
    const refuse = (): never => {
      throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    };
    vi.mocked(fs.renameSync).mockImplementation(refuse);
    onTestFinished(() => void vi.mocked(fs.renameSync).mockImplementation(real.renameSync));
    expect(() => whileLocked(path, () => 'done')).toThrow(LockTaken);
  });
});

describe('a lock that is held', () => {
  it.each<[string, string, number]>([
    ['by a process that lives', `${live} ${hostname()} 1\n`, 0],
    ['by a process that lives, for nine seconds', `${live} ${hostname()} 1\n`, 9],
    ['on another host, by a number that is dead here', `${dead} elsewhere 1\n`, 0],
    ['by one that has not written its name yet', '', 0],
    ['by one that wrote no number', `none ${hostname()} 1\n`, 0],
    ['by the number of all processes', `0 ${hostname()} 1\n`, 0],
    ['by a number below all processes', `-1 ${hostname()} 1\n`, 0],
  ])('%s, is left alone', (_by, text, age) => {
    const path = lockPath(text, age);
    const act = vi.fn();
    hurry();
    expect(() => whileLocked(path, act)).toThrow(LockTaken);
    expect(act).not.toHaveBeenCalled();
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('is waited for, three seconds and not much longer, and is named then', () => {
    const path = lockPath(`${live} ${hostname()} 1\n`);
    const begin = performance.now();
    expect(() => whileLocked(path, () => 'done')).toThrow(`another run holds ${path}`);
    const waited = performance.now() - begin;
    expect(waited).toBeGreaterThanOrEqual(3_000);
    expect(waited).toBeLessThan(8_000);
  });

  it('by one of whom more patience is asked is left to it for longer', () => {
    const text = `${live} ${hostname()} 1\n`;
    const path = lockPath(text, 30);
    hurry();
    expect(() => whileLocked(path, () => 'done', 20_000)).toThrow(LockTaken);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(whileLocked(path, () => 'done')).toBe('done');
  });

  it('is waited for as long as it goes from hand to hand', () => {
    const path = lockPath();
    let looks = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      looks++;
      if (looks < 12) real.writeFileSync(path, `${live} ${hostname()} ${looks}\n`);
      else real.rmSync(path, { force: true });
      return looks * 1_000;
    });
    onTestFinished(() => clock.mockRestore());
    expect(whileLocked(path, () => 'done')).toBe('done');
  });

  it('by a process of somebody else, which may not be asked whether it lives, is left alone', () => {
    const path = lockPath(`${dead} ${hostname()} 1\n`);
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    });
    onTestFinished(() => kill.mockRestore());
    hurry();
    expect(() => whileLocked(path, () => 'done')).toThrow(LockTaken);
    expect(kill).toHaveBeenCalledWith(dead, 0);
  });

  it('in a way that cannot be read, is not waited for without end', () => {
    const path = lockPath();
    mkdirSync(path);
    hurry();
    expect(() => whileLocked(path, () => 'done')).toThrow(LockTaken);
    expect(existsSync(path)).toBe(true);
  });
});
