import { describe, expect, it } from 'vitest';
import { indented, wordWrap } from '../../../../src/sandbox/kubectl/explain/word-wrap.ts';

describe('lines of a text', () => {
  it.each([
    ['one two three', 7, 'one two\nthree', 'are broken at blanks'],
    ['abcdefghij xy', 4, 'abcdefghij\nxy', 'hold a word that is too long whole'],
    ['a\nb', 10, 'a\nb', 'that are there stay'],
    ['a  b', 10, 'a  b', 'keep their blanks'],
    ['one two \n', 7, 'one two\n', 'lose blanks that do not fit'],
    ['', 5, '', 'of nothing are none'],
    ['a\u00a0b c', 3, 'a\u00a0b\nc', 'are not broken at a blank that holds together'],
  ])('%j in %d columns is %j: they %s', (text, width, wrapped) => {
    expect(wordWrap(text, width)).toBe(wrapped);
  });

  it('are indented, the empty ones too', () => {
    expect(indented('a\n\nb', 2)).toBe('  a\n  \n  b');
  });
});
