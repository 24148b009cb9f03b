import { describe, expect, it } from 'vitest';
import { readAnswer, rightAnswer } from '../../src/quiz/answer-words.ts';
import { grade, UnreadableAnswer } from '../../src/quiz/grade.ts';
import type { Item, ItemKind } from '../../src/quiz/item.ts';
import { presented, presentedPartners } from '../../src/quiz/presentation.ts';
import { itemOf, optionOf } from '../fixtures/item.ts';

const plain = [optionOf('a'), optionOf('b', { correct: true }), optionOf('c')];
const items: Readonly<Record<ItemKind, Item>> = {
  one: itemOf('one', plain),
  predict: itemOf('predict', plain),
  'true-false': itemOf('true-false', plain),
  several: itemOf('several', [
    optionOf('a', { correct: true }),
    optionOf('b'),
    optionOf('c', { correct: true }),
  ]),
  order: itemOf('order', [optionOf('a'), optionOf('b'), optionOf('c')]),
  match: itemOf('match', [
    optionOf('a', { match: 'one' }),
    optionOf('b', { match: 'two' }),
    optionOf('c', { match: 'three' }),
  ]),
  command: itemOf('command', [optionOf('a', { text: 'kubectl get pods', correct: true }), optionOf('b')]),
  mistake: itemOf('mistake', [optionOf('a', { at: 'kind', correct: true }), optionOf('b', { at: 'web' })], {
    listing: { language: 'yaml', text: 'kind: Pod\nname: web' },
  }),
};

describe('words are read as an answer:', () => {
  it.each<[ItemKind, string[], string[]]>([
    ['one', ['2'], ['b']],
    ['one', ['b'], ['b']],
    ['one', ['B'], ['b']],
    ['one', ['2.'], ['b']],
    ['several', ['1', '3'], ['a', 'c']],
    ['several', ['1,3'], ['a', 'c']],
    ['several', ['a, c'], ['a', 'c']],
    ['several', ['3;1'], ['c', 'a']],
    ['order', ['c,a,b'], ['c', 'a', 'b']],
    ['match', ['a=a,b=b,c=c'], ['a=a', 'b=b', 'c=c']],
    ['match', ['c=c', 'a=b', 'b=a'], ['c=c', 'a=b', 'b=a']],
    ['match', ['A:a B:b C:c'], ['a=a', 'b=b', 'c=c']],
    ['mistake', ['2'], ['2']],
    ['mistake', ['line:2'], ['2']],
    ['mistake', ['a'], ['a']],
    ['command', ['kubectl get pods -n shop'], ['kubectl get pods -n shop']],
    ['command', ['kubectl', 'get', 'pods'], ['kubectl get pods']],
    ['command', ['kubectl', 'exec', 'web', '--', 'echo', 'a b'], ["kubectl exec web -- echo 'a b'"]],
    ['command', [], ['']],
  ])('of %s, %o is %o', (kind, words, given) => {
    expect(readAnswer(items[kind], words)).toEqual(given);
  });

  it('numbers are those that are shown', () => {
    const shown = presented(items.order).map(({ id }) => id);
    expect(readAnswer(items.order, ['1', '2', '3'])).toEqual(shown);
    const partners = presentedPartners(items.match).map(({ id }) => id);
    expect(readAnswer(items.match, ['a=1,b=2,c=3'])).toEqual(
      partners.map((id, place) => `${'abc'[place]}=${id}`),
    );
    expect(readAnswer(items.match, ['1 2 3'])).toEqual(readAnswer(items.match, ['a=1,b=2,c=3']));
  });

  it('a command keeps the quotes that a shell took away', () => {
    const words = ['kubectl', 'get', 'pods', '-l', 'app in (web, api)'];
    expect(readAnswer(items.command, words)).toEqual(["kubectl get pods -l 'app in (web, api)'"]);
    expect(readAnswer(items.command, ['kubectl get pods -l "app=web"'])).toEqual([
      'kubectl get pods -l "app=web"',
    ]);
  });

  it.each<[ItemKind, string[], string]>([
    ['one', ['4'], "'4' is no option; there are 1 to 3, or a to c"],
    ['one', ['0'], "'0' is no option; there are 1 to 3, or a to c"],
    ['one', ['yes'], "'yes' is no option; there are 1 to 3, or a to c"],
    ['several', ['1', 'd'], "'d' is no option; there are 1 to 3, or a to c"],
    ['match', ['a=b=c'], "'a=b=c' is no pair such as a=2"],
    ['match', ['a='], "'a=' is no pair such as a=2"],
    ['match', ['a=4'], "'4' is no option; there are 1 to 3, or a to c"],
    ['match', ['z=1'], "'z' is no option; there are 1 to 3, or a to c"],
  ])('of %s, %o is refused: %s', (kind, words, why) => {
    expect(() => readAnswer(items[kind], words)).toThrow(UnreadableAnswer);
    expect(() => readAnswer(items[kind], words)).toThrow(why);
  });
});

describe('the right answer', () => {
  it.each(Object.entries(items))('to a question of kind %s is read and graded right', (_kind, item) => {
    const right = [rightAnswer(item)].flat().map(String);
    expect(grade(item, readAnswer(item, right)).right).toBe(true);
    expect(grade(item, readAnswer(item, [right.join(',')])).right).toBe(true);
  });
});
