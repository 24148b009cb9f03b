import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../../../src/sandbox/kubectl/looking/diff-text.ts';

const ten = Array.from({ length: 10 }, (_, place) => `${place}`);
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

describe('a diff is what diff -u prints', () => {
  it.each([
    ['of the same text', text(ten), text(ten), ''],
    ['of nothing and two lines', '', 'a\nb\n', '@@ -0,0 +1,2 @@\n+a\n+b\n'],
    ['of one line and nothing', 'a\n', '', '@@ -1 +0,0 @@\n-a\n'],
    [
      'with three lines around a change',
      text(ten),
      text(ten.with(5, 'x')),
      '@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n',
    ],
    [
      'with two places far apart',
      text(ten),
      text(ten.with(0, 'x').with(9, 'y')),
      '@@ -1,4 +1,4 @@\n-0\n+x\n 1\n 2\n 3\n@@ -7,4 +7,4 @@\n 6\n 7\n 8\n-9\n+y\n',
    ],
    [
      'with two places that touch',
      text(ten),
      text(ten.with(1, 'x').with(8, 'y')),
      '@@ -1,10 +1,10 @@\n 0\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n 9\n',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(unifiedDiff(before, after)).toBe(expected);
  });

  it('and makes the second text of the first one, whatever they are', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        expect(applied(before, unifiedDiff(text(before), text(after)))).toEqual(after);
      }),
    );
  });
});

/** What a diff makes of lines; it also looks that the lines it names are there. */
function applied(before: readonly string[], diff: string): string[] {
  const found: string[] = [];
  let place = 0;
  for (const line of diff.split('\n').slice(0, -1)) {
    const head = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (head) {
      const start = Number(head[1]) - (head[2] === '0' ? 0 : 1);
      found.push(...before.slice(place, start));
      place = start;
      continue;
    }
    if (!line.startsWith('+')) {
      expect(before[place]).toBe(line.slice(1));
      place += 1;
    }
    if (!line.startsWith('-')) found.push(line.slice(1));
  }
  return [...found, ...before.slice(place)];
}
