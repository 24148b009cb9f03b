import { describe, expect, it } from 'vitest';
import { grade, solutionOf, UnreadableAnswer } from '../../src/quiz/grade.ts';
import type { Item, ItemKind } from '../../src/quiz/item.ts';
import { itemOf, optionOf } from '../fixtures/item.ts';

const items: Readonly<Record<ItemKind, Item>> = {
  one: itemOf('one', [
    optionOf('a', { misconception: 'pod-is-container' }),
    optionOf('b', { correct: true }),
    optionOf('c', { misconception: 'docker-is-dead' }),
  ]),
  several: itemOf('several', [
    optionOf('a', { correct: true }),
    optionOf('b', { misconception: 'pod-is-container' }),
    optionOf('c', { correct: true }),
    optionOf('d', { misconception: 'pod-is-container' }),
    optionOf('e', { misconception: 'docker-is-dead' }),
  ]),
  'true-false': itemOf('true-false', [
    optionOf('a', { says: true, misconception: 'pod-is-container' }),
    optionOf('b', { says: false, correct: true }),
    optionOf('c', { says: false }),
  ]),
  order: itemOf('order', [
    optionOf('a'),
    optionOf('b', { misconception: 'pod-is-container' }),
    optionOf('c'),
  ]),
  predict: itemOf('predict', [
    optionOf('a', { correct: true }),
    optionOf('b', { misconception: 'docker-is-dead' }),
  ]),
};

describe('a grade', () => {
  it.each<[ItemKind, string, boolean, string[]]>([
    ['one', 'b', true, []],
    ['one', 'a', false, ['pod-is-container']],
    ['one', 'c', false, ['docker-is-dead']],
    ['several', 'a c', true, []],
    ['several', 'c a', true, []],
    ['several', 'a', false, []],
    ['several', 'a c e', false, ['docker-is-dead']],
    ['several', 'a b', false, ['pod-is-container']],
    ['several', 'e b d', false, ['docker-is-dead', 'pod-is-container']],
    ['several', 'a b c d e', false, ['pod-is-container', 'docker-is-dead']],
    ['true-false', 'b', true, []],
    ['true-false', 'a', false, ['pod-is-container']],
    ['true-false', 'c', false, []],
    ['order', 'a b c', true, ['pod-is-container']],
    ['order', 'a c b', false, ['pod-is-container']],
    ['order', 'c b a', false, ['pod-is-container']],
    ['predict', 'a', true, []],
    ['predict', 'b', false, ['docker-is-dead']],
  ])(
    'of a question of kind %s answered with %s is right: %s, and reveals %o',
    (kind, given, right, revealed) => {
      const ids = given.split(' ');
      const result = grade(items[kind], ids);
      expect(result.right).toBe(right);
      expect(result.revealed).toEqual(revealed);
      expect(result.chosen.map(({ id }) => id)).toEqual(ids);
      expect(result.solution).toEqual(solutionOf(items[kind]));
    },
  );
});

describe('the solution', () => {
  it.each<[ItemKind, string[]]>([
    ['one', ['b']],
    ['several', ['a', 'c']],
    ['true-false', ['b']],
    ['order', ['a', 'b', 'c']],
    ['predict', ['a']],
  ])('of a question of kind %s is %o', (kind, ids) => {
    expect(solutionOf(items[kind]).map(({ id }) => id)).toEqual(ids);
  });

  it.each(Object.entries(items))('of a question of kind %s, when it is given, is right', (_kind, item) => {
    const ids = solutionOf(item).map(({ id }) => id);
    expect(grade(item, ids).right).toBe(true);
  });

  it('of an order can be changed without changing the order', () => {
    solutionOf(items.order).reverse();
    expect(solutionOf(items.order).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

describe('an answer that is none', () => {
  it.each<[ItemKind, string[], string]>([
    ['one', [], 'nothing is chosen'],
    ['several', [], 'nothing is chosen'],
    ['true-false', [], 'nothing is chosen'],
    ['order', [], 'nothing is chosen'],
    ['predict', [], 'nothing is chosen'],
    ['one', ['d'], "there is no option 'd'"],
    ['one', ['A'], "there is no option 'A'"],
    ['one', [''], "there is no option ''"],
    ['several', ['a', 'x'], "there is no option 'x'"],
    ['one', ['b', 'a'], 'only one can be chosen'],
    ['true-false', ['b', 'c'], 'only one can be chosen'],
    ['predict', ['a', 'b'], 'only one can be chosen'],
    ['one', ['b', 'b'], 'an option is named twice'],
    ['several', ['a', 'c', 'a'], 'an option is named twice'],
    ['order', ['a', 'b', 'b'], 'an option is named twice'],
    ['order', ['a', 'b'], 'an order needs all 3 of them'],
    ['order', ['a', 'b', 'c', 'd'], "there is no option 'd'"],
  ])('to a question of kind %s, %o, is refused: %s', (kind, given, why) => {
    expect(() => grade(items[kind], given)).toThrow(UnreadableAnswer);
    expect(() => grade(items[kind], given)).toThrow(why);
  });
});
