import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showControls } from '../../src/terminal/control-characters.ts';

const codes = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);
const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');

describe('a control character', () => {
  const carets = [...'@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_'];
  it.each([
    ...codes(0x00, 0x1f).map((code) => [hex(code), code, `^${carets[code]}`] as const),
    ['007F', 0x7f, '^?'] as const,
  ])('U+%s is shown with a caret', (_name, code, expected) => {
    expect(showControls(`a${String.fromCharCode(code)}b`)).toBe(`a${expected}b`);
  });

  it.each(
    [
      ...codes(0x80, 0x9f),
      0x061c,
      0x200e,
      0x200f,
      ...codes(0x202a, 0x202e),
      ...codes(0x2066, 0x2069),
      0x2028,
      0x2029,
    ].map((code) => [hex(code), code] as const),
  )('U+%s is shown by its number', (name, code) => {
    expect(showControls(`a${String.fromCharCode(code)}b`)).toBe(`a<U+${name}>b`);
  });
});

describe('text from outside', () => {
  it.each([
    ['a colour', '\x1b[31mred\x1b[0m', '^[[31mred^[[0m'],
    ['a cursor that moves', '\x1b[2J\x1b[H', '^[[2J^[[H'],
    ['a title for the window', '\x1b]0;owned\x07', '^[]0;owned^G'],
    ['a link', '\x1b]8;;https://e.vil\x1b\\here\x1b]8;;\x1b\\', '^[]8;;https://e.vil^[\\here^[]8;;^[\\'],
    ['a sequence of one byte', '\x9b31mred', '<U+009B>31mred'],
    ['a line that writes over itself', 'safe\rrm -rf', 'safe^Mrm -rf'],
    ['letters taken back', 'ab\b\bxy', 'ab^H^Hxy'],
    ['a second line', 'one\ntwo\tthree', 'one^Jtwo^Ithree'],
    ['an override of direction', 'user\u202ecod.exe', 'user<U+202E>cod.exe'],
  ])('with %s shows it', (_what, text, expected) => {
    expect(showControls(text)).toBe(expected);
  });

  it.each([
    '',
    'docker run -d nginx:1.28',
    'Größe → 8½',
    '日本語',
    '👩‍💻',
    'e\u0301',
    '\u00a0',
    '^[',
    '<U+009B>',
  ])('without any is left as it is: %o', (text) => {
    expect(showControls(text)).toBe(text);
  });

  it('has none left, and is not changed again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = showControls(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
        expect(showControls(shown)).toBe(shown);
      }),
    );
  });
});
