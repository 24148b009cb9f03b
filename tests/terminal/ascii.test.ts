import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiDrawing, asciiWriting } from '../../src/terminal/ascii.ts';

const everything = fc.string({ unit: 'binary' });
const isAscii = /^[\x00-\x7f]*$/;

describe('a drawing in ASCII', () => {
  it.each([
    ['┌──────┐', '+------+'],
    ['│ Pod  │', '| Pod  |'],
    ['├──┬───┤', '+--+---+'],
    ['└──┴─┼─┘', '+--+-+-+'],
    ['──▶ ◀── ▲ ▼', '--> <-- ^ v'],
    ['→ ← ↑ ↓', '> < ^ v'],
    ['╌╌ ╎ ═ ║ ━ ┃', '-- : = | = |'],
    ['● ○ · … ✓ ✗', '* o . ~ v x'],
    ['Container web is paused, …', 'Container web is paused, ...'],
    ['…', '...'],
    ['plain |-+', 'plain |-+'],
    ['é日', '??'],
    ['', ''],
  ])('of %o is %o', (line, expected) => {
    expect(asciiDrawing(line)).toBe(expected);
  });

  it('is ASCII and has every character in the column it had', () => {
    fc.assert(
      fc.property(everything, (line) => {
        const drawn = asciiDrawing(line);
        expect(drawn).toMatch(isAscii);
        expect(drawn).toHaveLength([...line].length + (line.endsWith('…') ? 2 : 0));
        [...line].forEach((char, at) => {
          if (isAscii.test(char)) expect(drawn[at]).toBe(char);
        });
      }),
    );
  });
});

describe('prose in ASCII', () => {
  it.each([
    ['wait …', 'wait ...'],
    ['2024–2026 — done', '2024-2026 - done'],
    ['docker → kubectl ⇒ ←', 'docker -> kubectl => <-'],
    ['“it’s” ‘so’', "\"it's\" 'so'"],
    ['2 × 3 ≈ 6 ≠ 7, 1 ≤ 2 ≥ 1', '2 x 3 ~ 6 != 7, 1 <= 2 >= 1'],
    ['• one · two', '* one - two'],
    ['✓ ✗ ✖', '+ x x'],
    ['½ of 10⁹ µs, 10⁶, 5°', '1/2 of 10^9 us, 10^6, 5 degrees'],
    ['a\u00a0b', 'a b'],
    ['── │', '-- |'],
    ['für, naïve, Ångström, ¼', 'fur, naive, Angstrom, ?'],
    ['cafe\u0301', 'cafe'],
    ['日本', '??'],
    ['plain `code` **strong**', 'plain `code` **strong**'],
    ['', ''],
  ])('of %o is %o', (text, expected) => {
    expect(asciiWriting(text)).toBe(expected);
  });

  it('is ASCII, and what was ASCII stays as it is', () => {
    fc.assert(
      fc.property(everything, (text) => {
        expect(asciiWriting(text)).toMatch(isAscii);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(asciiWriting(text)).toBe(text);
      }),
    );
  });
});

describe('what the lessons use', () => {
  const files = readdirSync('lessons', { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  it.each([
    ['drawing', asciiDrawing, '.txt'],
    ['prose', asciiWriting, '.md'],
    ['prose', asciiWriting, '.yaml'],
  ] as const)('has an ASCII twin for every character of a %s', (_what, convert, ending) => {
    const texts = files
      .filter(({ name }) => name.endsWith(ending))
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
    expect(texts.length).toBeGreaterThan(0);
    const chars = new Set(texts.flatMap((text) => [...text].filter((char) => !isAscii.test(char))));
    expect([...chars].filter((char) => convert(char) === '?')).toEqual([]);
  });
});
