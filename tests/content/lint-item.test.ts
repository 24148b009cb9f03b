import { describe, expect, it } from 'vitest';
import { lintItem } from '../../src/content/lint-item.ts';
import type { Item } from '../../src/quiz/item.ts';
import { itemOf, optionOf } from '../fixtures/item.ts';

const five = ['a', 'b', 'c', 'd', 'e'].map((id) => optionOf(id));

describe('a question', () => {
  it.each<[string, Item, string]>([
    [
      'has more options than its kind has room for',
      itemOf('one', [...five, optionOf('f', { correct: true })]),
      'a `one` has room for 5 options',
    ],
    [
      'asks for a mistake in nothing',
      itemOf('mistake', [optionOf('a', { correct: true })]),
      'a `mistake` has a `listing` to find it in',
    ],
    [
      'explains a wrong pair twice',
      itemOf('match', [
        optionOf('a', {
          match: 'one',
          mixed: [
            { match: 'two', explanation: 'Not that' },
            { match: 'two', explanation: 'Nor that' },
          ],
        }),
        optionOf('b', { match: 'two' }),
        optionOf('c', { match: 'three' }),
      ]),
      '`mixed` of option a names a partner twice',
    ],
  ])('is refused when it %s', (_, item, complaint) => {
    expect(lintItem(item)).toContain(complaint);
  });
});
