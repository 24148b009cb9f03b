import { describe, expect, it } from 'vitest';
import { drawError, drawWarning } from '../../src/terminal/complaint-view.ts';
import { describeScreen } from '../../src/terminal/screen.ts';
import { ioOf } from '../fixtures/io.ts';

const env = { LANG: 'C.UTF-8' };
const unicode = describeScreen(ioOf({ env }));
const ascii = describeScreen(ioOf({ env }), { ascii: true });
const plain = describeScreen(ioOf({ env }), { plain: true });

const fault = { line: 'docker run --nme x', at: 11, length: 5 };

describe('an error', () => {
  it.each([
    ['in Unicode', unicode, '✖ no lesson "möbius…"\n→ See the list – all of it.\n'],
    ['in ASCII', ascii, 'x no lesson "möbius..."\n-> See the list - all of it.\n'],
    ['in the linear form', plain, 'Error: no lesson "möbius..."\nHint: See the list - all of it.\n'],
  ])('%s has its own signs, and names as they were given', (_, screen, expected) => {
    expect(drawError({ what: 'no lesson "möbius…"', hint: 'See the list – all of it.' }, screen)).toBe(
      expected,
    );
  });

  it('points to the place', () => {
    expect(drawError({ what: 'unknown flag', hint: 'Leave it out.', fault }, unicode)).toBe(
      '✖ unknown flag\n  docker run --nme x\n             ^^^^^\n→ Leave it out.\n',
    );
  });

  it('says the place where it is heard', () => {
    expect(drawError({ what: 'unknown flag', hint: 'Leave it out.', fault }, plain)).toBe(
      'Error: unknown flag\n  In the line: docker run --nme x\n  At character 12: "--nme"\nHint: Leave it out.\n',
    );
    const atEnd = { line: 'docker run', at: 10, length: 0 };
    expect(drawError({ what: 'a', hint: 'b', fault: atEnd }, plain)).toContain(
      'At character 11: at its end\n',
    );
  });

  it('is one line in a pipe, and on a terminal none is wider than it', () => {
    const what = 'there is no such thing as a lesson of that name, or of a name like it';
    expect(drawError({ what, hint: what }, unicode).split('\n')).toHaveLength(3);
    const drawn = drawError({ what, hint: what }, unicode, 40).trimEnd().split('\n');
    expect(Math.max(...drawn.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(drawn.filter((line) => /^[✖→]/.test(line))).toHaveLength(2);
    expect(drawn.join(' ').replace(/[✖→]/g, '').replace(/\s+/g, ' ').trim()).toBe(`${what} ${what}`);
  });

  it('shows control characters', () => {
    expect(drawError({ what: 'a\x1b[31m', hint: 'b' }, unicode)).toBe('✖ a^[[31m\n→ b\n');
  });
});

describe('a warning', () => {
  it.each([
    [unicode, '! it cannot be saved\n  Make room.\n'],
    [plain, 'Warning: it cannot be saved\n  Make room.\n'],
  ])('is told apart by more than its place', (screen, expected) => {
    expect(drawWarning({ what: 'it cannot be saved', hint: 'Make room.' }, screen)).toBe(expected);
  });

  it('may have no hint', () => {
    expect(drawWarning({ what: 'a', hint: '' }, unicode)).toBe('! a\n');
  });
});
