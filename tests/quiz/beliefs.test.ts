import { describe, expect, it } from 'vitest';
import { type Belief, beliefs } from '../../src/quiz/beliefs.ts';
import type { GivenAnswer } from '../../src/quiz/given-answer.ts';
import { answerOf } from '../fixtures/progress.ts';

const traps = new Map([
  ['trap', ['x']],
  ['other-trap', ['x', 'y']],
  ['no-trap', []],
]);

/** `+item` is a right answer, `-item` a wrong one, `-item!x!y` one that reveals x and y. */
function answersOf(history: string): GivenAnswer[] {
  return history
    .split(' ')
    .filter(Boolean)
    .map((word, number) => {
      const [item = '', ...revealed] = word.slice(1).split('!');
      return answerOf(item, number, { right: word.startsWith('+'), revealed });
    });
}

describe('what a learner believes', () => {
  it.each<[string, Belief]>([
    ['', 'untested'],
    ['+no-trap', 'untested'],
    ['-no-trap', 'untested'],
    ['+unknown-item', 'untested'],
    ['-trap', 'untested'],
    ['+trap', 'sound'],
    ['-trap +trap', 'sound'],
    ['+trap -trap', 'sound'],
    ['+other-trap', 'sound'],
    ['-other-trap!y', 'untested'],
    ['-trap!x', 'held'],
    ['+trap -trap!x', 'held'],
    ['-trap!x -trap', 'held'],
    ['-trap!x +no-trap', 'held'],
    ['-trap!x +unknown-item', 'held'],
    ['-trap!x +trap', 'cleared'],
    ['-trap!x +other-trap', 'cleared'],
    ['-trap!x +trap +trap', 'cleared'],
    ['-trap!x +trap -trap', 'cleared'],
    ['-trap!x +trap -trap!x', 'held'],
    ['-trap!x +trap -trap!x +trap', 'cleared'],
    ['-unknown-item!x', 'held'],
  ])('after %o is x: %s', (history, expected) => {
    expect(beliefs(['x', 'y'], answersOf(history), traps).get('x')).toBe(expected);
  });

  it('is told of each misconception, in their order, and of no other', () => {
    const standing = beliefs(['z', 'y', 'x'], answersOf('-other-trap!x!gone +other-trap'), traps);
    expect([...standing]).toEqual([
      ['z', 'untested'],
      ['y', 'sound'],
      ['x', 'cleared'],
    ]);
  });
});
