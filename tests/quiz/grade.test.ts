import { describe, expect, it } from 'vitest';
import { rightAnswer } from '../../src/quiz/answer-words.ts';
import { grade, UnreadableAnswer } from '../../src/quiz/grade.ts';
import type { Item, ItemKind } from '../../src/quiz/item.ts';
import { solutionOf } from '../../src/quiz/solution.ts';
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
  match: itemOf('match', [
    optionOf('a', {
      match: 'one',
      mixed: [{ match: 'two', misconception: 'pod-is-container', explanation: 'Not that' }],
    }),
    optionOf('b', { match: 'two' }),
    optionOf('c', { match: 'three', mixed: [{ match: 'two', explanation: 'Nor that' }] }),
  ]),
  command: itemOf('command', [
    optionOf('a', { text: 'kubectl get pods -n shop', correct: true }),
    optionOf('b', { text: 'kubectl get pods', misconception: 'networks-isolate' }),
    optionOf('c', { text: 'kubectl ps -n shop', misconception: 'docker-is-dead' }),
    optionOf('d', { text: 'docker ps', misconception: 'pod-is-container' }),
  ]),
  mistake: itemOf(
    'mistake',
    [
      optionOf('a', { at: 'v1', misconception: 'docker-is-dead' }),
      optionOf('b', { at: 'kind', correct: true }),
      optionOf('c', { at: 'name: web' }),
    ],
    { listing: { language: 'yaml', text: 'apiVersion: v1\nkind: Container\nmetadata:\n  name: web' } },
  ),
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
    ['order', 'a b c', true, []],
    ['order', 'a c b', false, ['pod-is-container']],
    ['order', 'c b a', false, []],
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
    ['match', ['a', 'b', 'c']],
    ['command', ['a']],
    ['mistake', ['b']],
  ])('of a question of kind %s is %o', (kind, ids) => {
    expect(solutionOf(items[kind]).map(({ id }) => id)).toEqual(ids);
  });

  it.each(Object.entries(items))('of a question of kind %s, when it is given, is right', (_kind, item) => {
    expect(grade(item, rightGiven(item))).toMatchObject({ right: true, revealed: [] });
  });

  it('of an order can be changed without changing the order', () => {
    solutionOf(items.order).reverse();
    expect(solutionOf(items.order).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

describe('pairs', () => {
  it.each<[string, boolean, string[], string[]]>([
    ['a=a b=b c=c', true, [], []],
    ['c=c a=a b=b', true, [], []],
    ['a=b b=a c=c', false, ['pod-is-container'], ['Not that']],
    ['a=c b=b c=a', false, [], []],
    ['a=b b=c c=a', false, ['pod-is-container'], ['Not that']],
    ['a=a b=c c=b', false, [], ['Nor that']],
  ])('%s are right: %s, reveal %o, and it is said %o', (given, right, revealed, said) => {
    const graded = grade(items.match, given.split(' '));
    expect(graded).toMatchObject({ right, revealed });
    expect(graded.pairs?.map(({ left }) => left.id)).toEqual(['a', 'b', 'c']);
    expect(graded.pairs?.flatMap(({ mixed }) => mixed?.explanation ?? [])).toEqual(said);
  });
});

describe('the line of a mistake', () => {
  it.each<[string, boolean, number, string[], string[]]>([
    ['2', true, 2, ['b'], []],
    ['b', true, 2, ['b'], []],
    ['1', false, 1, ['a'], ['docker-is-dead']],
    ['a', false, 1, ['a'], ['docker-is-dead']],
    ['4', false, 4, ['c'], []],
    ['3', false, 3, [], []],
  ])(
    '%s is right: %s, is line %i with the options %o, and reveals %o',
    (given, right, line, ids, revealed) => {
      const graded = grade(items.mistake, [given]);
      expect(graded).toMatchObject({ right, line, revealed });
      expect(graded.chosen.map(({ id }) => id)).toEqual(ids);
    },
  );
});

it('a line of a mistake may have a number of two digits', () => {
  const text = Array.from({ length: 12 }, (_, place) => `line-${place + 1}.`).join('\n');
  const item = itemOf(
    'mistake',
    [optionOf('a', { at: 'line-2.' }), optionOf('b', { at: 'line-12.', correct: true })],
    { listing: { language: 'text', text } },
  );
  expect(grade(item, ['12'])).toMatchObject({ right: true, line: 12 });
});

it('a right option reveals nothing, whatever belief it names', () => {
  const item = itemOf('one', [
    optionOf('a', { correct: true, misconception: 'pod-is-container' }),
    optionOf('b'),
  ]);
  expect(grade(item, ['a'])).toMatchObject({ right: true, revealed: [] });
});

it('a typed command may come in words', () => {
  expect(grade(items.command, ['kubectl', 'get', 'pods', '-n', 'shop']).right).toBe(true);
});

describe('a typed command', () => {
  it.each<[string, boolean, string, string[], string[]]>([
    ['kubectl get pods -n shop', true, 'right', ['a'], []],
    ['k -n shop get po', true, 'right', ['a'], []],
    ['kubectl get pods', false, 'near-miss', ['b'], ['networks-isolate']],
    ['kubectl  ps  -n shop', false, 'near-miss', ['c'], ['docker-is-dead']],
    ['docker container ls', false, 'near-miss', ['d'], ['pod-is-container']],
    ['$ k ps -n "shop"', false, 'near-miss', ['c'], ['docker-is-dead']],
    ['kubectl ps -n other', false, 'refused', [], []],
    ['docker logs web', false, 'differs', [], []],
    ['kubectl get svc -n shop', false, 'differs', [], []],
    ['kubectl get pods --namspace shop', false, 'refused', [], []],
    ['ls', false, 'refused', [], []],
  ])('%s is right: %s, as a %s of the options %o, and reveals %o', (line, right, kind, ids, revealed) => {
    const graded = grade(items.command, [line]);
    expect(graded).toMatchObject({ right, revealed, typed: { kind, line } });
    expect(graded.chosen.map(({ id }) => id)).toEqual(ids);
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
    ['match', [], 'nothing is chosen'],
    ['match', ['a=a', 'b=b'], 'all 3 need a partner'],
    ['match', ['a=a', 'b=a', 'c=c'], 'two are given the same partner'],
    ['match', ['a=a', 'a=b', 'c=c'], "'a' is given two partners"],
    ['match', ['a=a', 'b=b', 'c=d'], "there is no option 'd'"],
    ['match', ['a', 'b', 'c'], "'a' is no pair such as a=b"],
    ['match', ['a=b=c'], "'a=b=c' is no pair such as a=b"],
    ['mistake', [], 'nothing is chosen'],
    ['mistake', ['0'], 'there is no line 0; the listing has 4'],
    ['mistake', ['5'], 'there is no line 5; the listing has 4'],
    ['mistake', ['1', '2'], 'only one line can be chosen'],
    ['mistake', ['d'], "there is no option 'd'"],
    ['mistake', ['1x'], "there is no option '1x'"],
    ['mistake', ['x1'], "there is no option 'x1'"],
    ['command', [], 'nothing is chosen'],
    ['command', ['  '], 'nothing is typed'],
  ])('to a question of kind %s, %o, is refused: %s', (kind, given, why) => {
    expect(() => grade(items[kind], given)).toThrow(UnreadableAnswer);
    expect(() => grade(items[kind], given)).toThrow(why);
  });
});

function rightGiven(item: Item): string[] {
  return [rightAnswer(item)].flat().map(String);
}
