import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Screen } from '../../src/terminal/screen.ts';
import { styleFor } from '../../src/terminal/style.ts';
import { drawTable } from '../../src/terminal/table.ts';
import { widthOf } from '../../src/terminal/width.ts';

function draw(
  rows: readonly (readonly string[])[],
  screen: Partial<Screen> = {},
  head: readonly string[] = ['Flag', 'Kubernetes', 'Why'],
  shares: readonly number[] = [0.24, 0.26, 0.5],
): string[] {
  const style = styleFor({
    columns: 80,
    rows: 24,
    colour: 0,
    unicode: true,
    plain: false,
    interactive: false,
    ...screen,
  });
  return drawTable(head, rows, shares, style);
}

/** The text of a column, its lines joined by a stroke. */
const column = (lines: readonly string[], at: number): string =>
  lines
    .filter((line) => line.includes('│'))
    .map((line) => (line.split('│')[at + 1] ?? '').trim())
    .filter(Boolean)
    .join('|');

const long = 'It says a good deal about what becomes of it, and why, in more words than fit into the line.';

describe('a table', () => {
  it('is as wide as its cells where they fit', () => {
    expect(draw([['--tty', '-t', 'The same.']])).toEqual([
      '  ┌───────┬────────────┬───────────┐',
      '  │ Flag  │ Kubernetes │ Why       │',
      '  ├───────┼────────────┼───────────┤',
      '  │ --tty │ -t         │ The same. │',
      '  └───────┴────────────┴───────────┘',
    ]);
  });

  it.each([60, 66, 80, 120])('is never wider than %i columns', (columns) => {
    const lines = draw(
      [['--volume data:/var/lib/postgresql/data', 'PersistentVolumeClaim, securityContext.runAsUser', long]],
      { columns },
    );
    expect(Math.max(...lines.map((line) => widthOf(line)))).toBeLessThanOrEqual(Math.min(columns, 80));
    expect(new Set(lines.map((line) => widthOf(line))).size).toBe(1);
  });

  it.each([
    ['behind a point', 'securityContext.runAsUser', 'securityContext.|runAsUser'],
    ['behind a slash', '/var/lib/postgresql/data', '/var/lib/|postgresql/data'],
    ['before a capital, where nothing else helps', 'PersistentVolumeClaim', 'PersistentVolume|Claim'],
    ['behind a dash, where nothing else helps', '--health-start-interval', '--health-start-|interval'],
    ['behind an equals sign', '--field-selector=status', '--field-selector=|status'],
    ['anywhere, where nothing at all helps', 'x'.repeat(30), `${'x'.repeat(18)}|${'x'.repeat(12)}`],
  ])('breaks a word that is too wide %s', (_, word, lines) => {
    expect(column(draw([[word, long]], {}, ['Flag', 'Why'], [0.265, 0.735]), 0)).toBe(`Flag|${lines}`);
  });

  it('gives a column the room of its longest word, from one that has room to spare', () => {
    const lines = draw([['--interactive', 'none', long]], { columns: 60 });
    expect(column(lines, 0)).toBe('Flag|--interactive');
  });

  it('breaks its head too', () => {
    const lines = draw(
      [['a', 'b', long]],
      { columns: 60 },
      ['One', 'Two', 'How alike they are, and what there is to mind about it'],
      [0.3, 0.4, 0.3],
    );
    expect(lines.join('\n')).not.toContain('…');
    expect(column(lines, 2)).toContain('How alike they are');
  });

  it('of no rows is its head', () => {
    expect(draw([])).toHaveLength(3);
  });

  it('stacks its cells under 60 columns, and in the linear form', () => {
    const row = [['--tty', '', 'The same.']];
    const stacked = ['  Flag: --tty', '  Why: The same.'];
    expect(draw(row, { columns: 59 })).toEqual(stacked);
    expect(draw(row, { plain: true, unicode: false })).toEqual(stacked);
    expect(draw([...row, ...row], { plain: true })).toEqual([...stacked, '', ...stacked]);
  });

  it('has an ASCII frame where there is nothing else', () => {
    expect(draw([['a', 'b', 'c']], { unicode: false }).join('\n')).toMatch(/^[\x0a\x20-\x7e]*$/);
  });

  it('of any cells keeps its frame and loses no letter', () => {
    const cell = fc.string({ unit: fc.constantFrom(...'abcdefgh ABC.-=/:,012 '), maxLength: 120 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 60, max: 100 }),
        (rows, columns) => {
          const lines = draw(rows, { columns });
          expect(new Set(lines.map((line) => widthOf(line))).size).toBe(1);
          expect(widthOf(lines[0] ?? '')).toBeLessThanOrEqual(columns);
          for (const at of [0, 1, 2]) {
            const given = rows
              .map((row) => row[at])
              .join('')
              .replace(/\s/g, '');
            expect(
              column(lines, at).replace(/[|\s]/g, '').slice(['Flag', 'Kubernetes', 'Why'][at]?.length),
            ).toBe(given);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
