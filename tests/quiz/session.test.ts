import { describe, expect, it } from 'vitest';
import type { BankEntry } from '../../src/quiz/bank.ts';
import type { Belief } from '../../src/quiz/beliefs.ts';
import type { Sureness } from '../../src/quiz/given-answer.ts';
import type { Grade } from '../../src/quiz/grade.ts';
import { beginSession, nextTurn, type QuizSession, takeTurn } from '../../src/quiz/session.ts';
import { isPassed, scoreByUnit, summarise } from '../../src/quiz/summary.ts';
import { entryOf } from '../fixtures/bank.ts';

const gradeOf = (right: boolean, revealed: string[] = []): Grade => ({
  right,
  chosen: [],
  solution: [],
  revealed,
});

/** Answers questions in turn; `+`, `-`, and `!` for one that is wrong and sure. */
function played(entries: readonly BankEntry[], answers: string, mayRepeat = true): QuizSession {
  return [...answers].reduce((session, sign) => {
    const sure: { sure?: Sureness } = sign === '!' ? { sure: 3 } : {};
    return takeTurn(session, { grade: gradeOf(sign === '+'), given: ['a'], ...sure }, mayRepeat);
  }, beginSession(entries));
}

const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
const some = letters.map((letter) => entryOf(`lesson-${letter}.q`));
const aheadOf = (session: QuizSession): string =>
  session.ahead.map(({ id }) => id.replace(/^lesson-|\.q$/g, '')).join('');

describe('a session', () => {
  it.each<[answers: string, ahead: string]>([
    ['', 'abcdef'],
    ['+', 'bcdef'],
    ['-', 'bcdef'],
    ['!', 'bcdaef'],
    ['!+++', 'aef'],
    ['!+++!', 'ef'],
    ['+++!', 'efd'],
    ['+++++!', ''],
    ['!!', 'cdabef'],
  ])('after %o asks %o', (answers, ahead) => {
    expect(aheadOf(played(some, answers))).toBe(ahead);
  });

  it('repeats nothing in an exam', () => {
    expect(aheadOf(played(some, '!', false))).toBe('bcdef');
  });

  it('says what is asked again', () => {
    expect(nextTurn(played(some, '!++'))).toMatchObject({ isAgain: false });
    expect(nextTurn(played(some, '!+++'))).toMatchObject({ isAgain: true });
    expect(nextTurn(played(some, '++++++'))).toBeUndefined();
  });

  it('does not repeat beside what would be given away', () => {
    const entries = ['a', 'b', 'c', 'd', 'e'].map((letter, place) =>
      entryOf(`lesson-${letter}.q`, place === 0 || place === 3 ? { misconceptions: ['x'] } : {}),
    );
    expect(aheadOf(played(entries, '!'))).toBe('bcdea');
  });

  it('leaves to the next session what fits nowhere', () => {
    const entries = letters.map((letter) => entryOf(`lesson-${letter}.q`, { misconceptions: ['x'] }));
    expect(aheadOf(played(entries, '!'))).toBe('bcdef');
  });

  it('takes no turn when it is over', () => {
    const over = played(some, '++++++');
    expect(takeTurn(over, { grade: gradeOf(true), given: [] }, true)).toBe(over);
  });
});

describe('the summary of a session', () => {
  const standing = (beliefs: Record<string, Belief>): Map<string, Belief> => new Map(Object.entries(beliefs));

  it('counts the first answer to each question', () => {
    const { turns } = played(some, '!++++++');
    expect(turns).toHaveLength(7);
    expect(summarise(turns, new Map(), new Map())).toMatchObject({ asked: 6, right: 5 });
  });

  it('counts by lesson', () => {
    const entries = [entryOf('pods.1'), entryOf('pods.2'), entryOf('jobs.1')];
    const { byLesson } = summarise(played(entries, '+-+').turns, new Map(), new Map());
    expect([...byLesson]).toEqual([
      ['pods', { asked: 2, right: 1 }],
      ['jobs', { asked: 1, right: 1 }],
    ]);
    const units = [
      { title: 'One', lessons: ['pods', 'jobs'] },
      { title: 'Two', lessons: ['storage'] },
    ];
    expect(scoreByUnit(byLesson, units)).toEqual([{ title: 'One', score: { asked: 3, right: 2 } }]);
  });

  it('names what was found and what was cleared', () => {
    const session = takeTurn(
      beginSession(some),
      { grade: gradeOf(false, ['found', 'again', 'both']), given: [] },
      true,
    );
    const before = standing({
      found: 'untested',
      again: 'held',
      old: 'held',
      both: 'untested',
      gone: 'held',
      new: 'untested',
    });
    const after = standing({
      found: 'held',
      again: 'held',
      old: 'held',
      both: 'cleared',
      gone: 'cleared',
      new: 'sound',
    });
    expect(summarise(session.turns, before, after)).toMatchObject({
      found: ['found', 'again'],
      cleared: ['both', 'gone'],
      sound: ['new'],
    });
  });

  it.each<[asked: number, right: number, passed: boolean]>([
    [0, 0, false],
    [10, 8, true],
    [10, 7, false],
    [5, 4, true],
    [3, 2, false],
    [1, 1, true],
    [19, 15, false],
    [20, 16, true],
  ])('of an exam with %i questions and %i right says passed: %s', (asked, right, passed) => {
    expect(isPassed({ asked, right })).toBe(passed);
  });
});
