import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPointer } from '../../src/terminal/pointer.ts';
import { widthOf } from '../../src/terminal/width.ts';

/** The two lines that are drawn, and what of the first stands above the carets. */
function point(line: string, at: number, length: number): { drawn: string; carets: string; above: string } {
  const [drawn = '', carets = '', end] = drawPointer({ line, at, length }).split('\n');
  expect(end).toBe('');
  const start = carets.indexOf('^');
  return { drawn, carets, above: drawn.slice(start, carets.length) };
}

describe('the place of a fault', () => {
  it.each<[string, number, number, string]>([
    ['docker run -z nginx', 11, 2, '-z'],
    ['docker run nginx', 0, 6, 'docker'],
    ['docker psa', 7, 3, 'psa'],
    [`${'x '.repeat(100)}-z ${'y '.repeat(100)}`, 200, 2, '-z'],
  ])('has carets below it: %s', (line, at, length, fault) => {
    expect(point(line, at, length).above).toBe(fault);
  });

  it('at the end of the line has one caret behind it', () => {
    expect(drawPointer({ line: 'docker run', at: 10, length: 0 })).toBe('  docker run\n            ^\n');
  });

  it('says where a long line is cut', () => {
    const { drawn } = point(`${'a'.repeat(100)} -z ${'b'.repeat(100)}`, 101, 2);
    expect(drawn).toMatch(/^ {2}\.\.\. a+ -z b+ \.\.\.$/);
  });

  it('shows control characters, and counts what it shows', () => {
    const { drawn, carets } = point('docker \x1b[31m\x00 -z', 14, 2);
    expect(drawn).toBe('  docker ^[[31m^@ -z');
    expect(carets).toBe(`${' '.repeat(18)}^^`);
  });

  it('stands below characters that are two columns wide', () => {
    expect(point('漢字 -z', 3, 2).carets).toBe(`${' '.repeat(7)}^^`);
  });

  it('of an empty line is its start', () => {
    expect(drawPointer({ line: '', at: 0, length: 0 })).toBe('  \n  ^\n');
  });

  it('is drawn in 80 columns, for any line, in two lines that hold nothing a terminal obeys', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.nat(400),
        fc.nat(400),
        (line, at, length) => {
          const [drawn = '', carets = '', ...rest] = drawPointer({ line, at, length }).split('\n');
          expect(rest).toEqual(['']);
          expect(drawn).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u);
          expect(carets).toMatch(/^ *\^+$/);
          if (/^[\x20-\x7e]*$/.test(line)) expect(widthOf(drawn)).toBeLessThanOrEqual(80);
        },
      ),
    );
  });
});
