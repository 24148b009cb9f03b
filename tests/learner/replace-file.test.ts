import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isHeldOpen, replaceFile } from '../../src/learner/replace-file.ts';
import { temporaryDirectory } from '../fixtures/temporary-directory.ts';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** A rename that fails so often before it works, and how often it was tried. */
function failing(times: number, code: string): { rename: () => void; tried: () => number } {
  let tried = 0;
  return {
    rename: () => {
      tried += 1;
      if (tried <= times) throw failure(code);
    },
    tried: () => tried,
  };
}

describe('a file that is put in the place of another', () => {
  it('takes its name', () => {
    const [draft, path] = ['draft', 'file'].map((name) => join(temporaryDirectory(), name)) as [
      string,
      string,
    ];
    writeFileSync(draft, 'new');
    writeFileSync(path, 'old');
    replaceFile(draft, path);
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(existsSync(draft)).toBe(false);
  });

  it.each(['EPERM', 'EACCES', 'EBUSY'])(
    'is tried again on Windows as long as it is open elsewhere: %s',
    (code) => {
      const { rename, tried } = failing(3, code);
      replaceFile('a', 'b', { platform: 'win32', rename });
      expect(tried()).toBe(4);
    },
  );

  it('is given up on Windows when nobody lets go of it', () => {
    const { rename, tried } = failing(Number.POSITIVE_INFINITY, 'EBUSY');
    expect(() => replaceFile('a', 'b', { platform: 'win32', rename })).toThrow('EBUSY');
    expect(tried()).toBeGreaterThan(10);
  });

  it.each<[NodeJS.Platform, string]>([
    ['linux', 'EPERM'],
    ['darwin', 'EBUSY'],
    ['win32', 'ENOSPC'],
    ['win32', 'ENOENT'],
  ])('is tried once on %s where it fails with %s', (platform, code) => {
    const { rename, tried } = failing(1, code);
    expect(() => replaceFile('a', 'b', { platform, rename })).toThrow(code);
    expect(tried()).toBe(1);
  });

  it('is not held open by what has no code', () => {
    expect(isHeldOpen(new Error('a bug'), 'win32')).toBe(false);
  });
});
