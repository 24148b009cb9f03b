import { describe, expect, it } from 'vitest';
import { elasticTabs } from '../../../src/sandbox/go/elastic-tabs.ts';

describe('columns between tabs', () => {
  it.each([
    ['a\tb\nccc\td\n', 'a    b\nccc  d\n', 'are as wide as the widest cell and two blanks'],
    ['a\tb\nno cells\nccc\td\n', 'a  b\nno cells\nccc  d\n', 'end at a line without cells'],
    ['a\tb\tc\nlong\td\n', 'a     b  c\nlong  d\n', 'of a shorter line end there'],
    ['\tx\n\ty\n', '  x\n  y\n', 'may be empty'],
    ['é\tb\nab\tc\n', 'é   b\nab  c\n', 'count signs, not bytes'],
    ['a\t\nbbb\t\n', 'a    \nbbb  \n', 'are filled up before an empty last cell'],
    ['', '', 'of nothing are nothing'],
  ])('%j becomes %j: they %s', (text, set) => {
    expect(elasticTabs(text)).toBe(set);
  });
});
