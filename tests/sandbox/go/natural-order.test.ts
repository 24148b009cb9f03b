import { describe, expect, it } from 'vitest';
import { naturalOrder } from '../../../src/sandbox/go/natural-order.ts';

describe('names in the order of people', () => {
  it.each([
    [
      ['web10', 'web2', 'web1'],
      ['web1', 'web2', 'web10'],
    ],
    [
      ['b', 'a', 'B', 'A'],
      ['A', 'B', 'a', 'b'],
    ],
    [
      ['1a', 'a1', 'a', '10'],
      ['1a', '10', 'a', 'a1'],
    ],
    [
      ['x01', 'x1', 'x001'],
      ['x1', 'x01', 'x001'],
    ],
    [
      ['v1.10', 'v1.9', 'v1.9.1'],
      ['v1.9', 'v1.9.1', 'v1.10'],
    ],
    [
      ['', 'a'],
      ['', 'a'],
    ],
  ])('%j', (given, sorted) => {
    expect([...given].sort(naturalOrder)).toEqual(sorted);
    expect([...given].reverse().sort(naturalOrder)).toEqual(sorted);
  });

  it('does not lose count of long numbers', () => {
    expect(naturalOrder(`a${'9'.repeat(40)}`, `a1${'0'.repeat(40)}`)).toBeLessThan(0);
  });
});
