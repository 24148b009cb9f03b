import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDirectory } from '../../src/learner/make-directory.ts';
import { temporaryDirectory } from '../fixtures/temporary-directory.ts';

describe('a directory', () => {
  it('is made with those above it, and once more', () => {
    const folder = temporaryDirectory();
    const path = join(folder, 'a', 'b', 'c');
    makeDirectory(path);
    makeDirectory(path);
    expect(existsSync(path)).toBe(true);
  });

  it('that another run makes at the same time is fine', () => {
    const folder = temporaryDirectory();
    mkdirSync(join(folder, 'a'));
    makeDirectory(join(folder, 'a', 'b'));
    expect(existsSync(join(folder, 'a', 'b'))).toBe(true);
  });

  it('below a file is refused', () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'file'), '');
    expect(() => makeDirectory(join(folder, 'file', 'a', 'b'))).toThrow(/ENOTDIR/);
  });

  it.skipIf(!existsSync('/proc/self'))('where nothing can be made is refused, and that ends', () => {
    expect(() => makeDirectory('/proc/nowhere/a')).toThrow(/ENOENT/);
  });
});
