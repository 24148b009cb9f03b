import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText, parseDurationText, wholeSeconds } from '../../src/kubernetes/duration.ts';

describe('a duration', () => {
  it.each<[number, string]>([
    [0, '0s'],
    [250, '250ms'],
    [1000, '1s'],
    [1500, '1s500ms'],
    [90_000, '1m30s'],
    [3_600_000, '1h'],
    [3_661_000, '1h1m1s'],
    [86_400_000, '24h'],
    [-1500, '-1s500ms'],
    [59_999.9, '1m'],
  ])('of %d milliseconds is written as %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });

  it.each<[string, number]>([
    ['0', 0],
    ['30s', 30_000],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    ['5.s', 5000],
    ['250ms', 250],
    ['1us', 0.001],
    ['1µs', 0.001],
    ['-1s', -1000],
    ['+1s', 1000],
    ['1s1s', 2000],
  ])('%s is %d milliseconds', (text, milliseconds) => {
    expect(parseDurationText(text)).toBeCloseTo(milliseconds, 6);
  });

  it.each([
    '',
    's',
    '5',
    '5d',
    '1w',
    '.s',
    '1e3s',
    ' 1s',
    '1s ',
    '1 s',
    '--1s',
    '1h-1m',
    '9999999999h',
    '1S',
    '1s\n',
  ])('is not %o', (text) => {
    expect(parseDurationText(text)).toBeUndefined();
  });

  it('is read in time, however long it is', () => {
    const started = performance.now();
    for (const text of ['1'.repeat(100_000), '1.'.repeat(50_000), '1h'.repeat(50_000)])
      parseDurationText(text);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('that is written can be read again', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (milliseconds) => {
        expect(parseDurationText(durationText(milliseconds))).toBe(milliseconds);
      }),
    );
  });
});

describe('whole seconds', () => {
  it.each<[number, number | undefined, number, boolean]>([
    [30_000, undefined, 30, false],
    [1500, undefined, 2, true],
    [100, undefined, 1, true],
    [0, undefined, 1, true],
    [0, 0, 0, false],
    [5000, 0, 5, false],
  ])('of %d milliseconds, at least %s, are %d, changed: %s', (milliseconds, least, seconds, changed) => {
    expect(wholeSeconds(milliseconds, least)).toEqual({ seconds, changed });
  });
});
