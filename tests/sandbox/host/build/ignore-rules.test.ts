import { describe, expect, it } from 'vitest';
import { IgnoreRules, ignorePatterns } from '../../../../src/sandbox/host/build/context/ignore-rules.ts';

describe('.dockerignore', () => {
  it.each([
    ['*.log', 'a.log', true],
    ['*.log', 'dir/a.log', false],
    ['**/*.log', 'dir/deep/a.log', true],
    ['**/*.log', 'a.log', true],
    ['node_modules', 'node_modules/express/index.js', true],
    ['/node_modules/', 'node_modules/express', true],
    ['./dir', 'dir/file', true],
    ['dir/*', 'dir/file', true],
    ['dir/*', 'dir', false],
    ['d?r', 'dir', true],
    ['[a-c].txt', 'b.txt', true],
    ['*\n!keep.txt', 'keep.txt', false],
    ['*\n!keep.txt', 'other.txt', true],
    ['*\n!dir/keep.txt', 'dir/keep.txt', false],
    ['!a\n*', 'a', true],
    ['# *.txt\n', 'a.txt', false],
    ['a+b', 'a+b', true],
    ['**', 'any/thing', true],
    ['\\*', '*', true],
  ])('%j about %s', (text, path, isIgnored) => {
    expect(new IgnoreRules(ignorePatterns(text)).ignores(path)).toBe(isIgnored);
  });

  it('is refused where a pattern is none', () => {
    expect(() => new IgnoreRules(ignorePatterns('['))).toThrow('syntax error in pattern');
  });
});
