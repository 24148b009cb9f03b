import { describe, expect, it } from 'vitest';
import { drawAnswering, fitting, listed } from '../../../src/terminal/conversation/prompts/fitting.ts';
import { type Style, styleFor } from '../../../src/terminal/style.ts';
import { itemOf } from '../../fixtures/item.ts';

const styleOf = (rows: number): Style =>
  styleFor({ columns: 60, rows, colour: 0, unicode: true, plain: false, interactive: true });

/** Ten entries, `one` to `ten`, of which one may be chosen. */
function ten(chosen?: string) {
  const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
  return names.flatMap((name) => listed([name], name === chosen, styleOf(24)));
}

describe('a list in a low terminal', () => {
  it.each<[string, string | undefined, number, string]>([
    ['all of it where it fits', 'two', 10, 'one two three four five six seven eight nine ten'],
    ['its beginning, before anything is chosen', undefined, 5, 'one two three four … 6 more'],
    ['its beginning while the chosen one is there', 'two', 5, 'one two three four … 6 more'],
    ['what is around the chosen one', 'five', 5, '… 3 more four five six … 4 more'],
    ['its end', 'nine', 5, '… 6 more seven eight nine ten'],
    ['three lines at the least', 'five', 0, '… 4 more five … 5 more'],
  ])('shows %s', (_, chosen, room, shown) => {
    const lines = fitting(ten(chosen), room, styleOf(24));
    expect(lines.map((line) => line.trim()).join(' ')).toBe(shown);
  });

  it('keeps an entry of several lines in sight', () => {
    const lines = [...ten(), ...listed(['a', 'b', 'c'], true, styleOf(24)), ...ten()];
    expect(fitting(lines, 5, styleOf(24)).map((line) => line.trim())).toEqual([
      '… 10 more',
      'a',
      'b',
      'c',
      '… 10 more',
    ]);
  });
});

describe('a question in a low terminal', () => {
  const item = itemOf('one', [], {
    prompt: 'Which number is it?',
    listing: { language: 'text', text: '1\n2\n3\n4' },
  });
  const draw = (rows: number): string[] =>
    drawAnswering(item, ten('nine'), 'Keys.', styleOf(rows))
      // The cursor is hidden at the end.
      .replace(/\u001b\[\?25l$/, '')
      .split('\n');

  // The question, a blank, four lines of the listing between blanks, ten entries, a blank, the help.
  it('is said once where it can be seen', () => {
    expect(draw(19)[0]).toBe('  one');
    expect(draw(19)).toHaveLength(12);
  });

  it('is said again above the entries where it has scrolled away', () => {
    expect(draw(18).slice(0, 3)).toEqual(['  Which number is it?', '', '  one']);
  });

  it.each([8, 10, 13, 18])('never draws more than fits into %i rows', (rows) => {
    const lines = draw(rows);
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(lines).toContain('  nine');
    expect(lines.at(-1)).toBe('  Keys.');
  });
});
