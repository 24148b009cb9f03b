import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GivenAnswer, Sureness } from '../../src/quiz/given-answer.ts';
import type { ItemKind } from '../../src/quiz/item.ts';
import { dueBefore, dueByDay, nextDue, type Schedule, scheduleOf } from '../../src/quiz/schedule.ts';
import { anyProgress } from '../fixtures/progress.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1, 10);
const kindOf = (item: string): ItemKind | undefined =>
  item.startsWith('gone') ? undefined : item.startsWith('predict') ? 'predict' : 'one';

/**
 * `+item` is a right answer, `-item` a wrong one, one a day; `1`, `2` or `3` behind it says how sure they
 * were, `@5` on which day it was given where it is another.
 */
function answersOf(history: string): GivenAnswer[] {
  return history
    .split(' ')
    .filter(Boolean)
    .map((word, place) => {
      const [, sign, item = '', sure, at] = /^([+-])([a-z-]+)(\d)?(?:@(\d+))?$/.exec(word) ?? [];
      return {
        item,
        at: new Date(start + Number(at ?? place) * day).toISOString(),
        given: ['a'],
        right: sign === '+',
        revealed: [],
        ...(sure === undefined ? {} : { sure: Number(sure) as Sureness }),
        in: 'quiz',
      };
    });
}

/** In how many days an item comes up, counted from its last answer. */
function daysUntil(history: string, item = 'a'): number | undefined {
  const memory = scheduleOf(answersOf(history), kindOf, start + 1000 * day).memories.get(item);
  return memory && Math.round((memory.due - memory.last) / day);
}

describe('an item comes up again', () => {
  it.each<[history: string, days: number]>([
    ['-a', 1],
    ['-a1', 1],
    ['-a2', 1],
    ['+a1', 2],
    ['+a2', 3],
    ['+a', 3],
    ['+a3', 8],
    ['-a3', 0],
    ['+a +a@3', 14],
    ['+a3 +a3@8', 66],
    ['+a -a@3', 1],
    ['-a3 +a', 3],
  ])('after %s in %i days', (history, days) => {
    expect(daysUntil(history)).toBe(days);
  });

  it('later with each right answer, when it is answered on the day it comes up', () => {
    const intervals: number[] = [];
    let history = '+a@0';
    for (let at = 0; intervals.length < 6; ) {
      const days = daysUntil(history) ?? 0;
      intervals.push(days);
      at += days;
      history += ` +a@${at}`;
    }
    expect(intervals).toEqual([...intervals].sort((one, other) => one - other));
    expect(new Set(intervals).size).toBe(intervals.length);
  });

  it('the later, the surer a right answer was', () => {
    const [guess = 0, fairly = 0, sure = 0] = ['+a1', '+a2', '+a3'].map((history) => daysUntil(history));
    expect(guess).toBeLessThan(fairly);
    expect(fairly).toBeLessThan(sure);
  });
});

describe('the schedule', () => {
  const at = (history: string, now: number): Schedule => scheduleOf(answersOf(history), kindOf, now);

  it('has an error that was sure of itself first, then what is longest overdue', () => {
    const schedule = at('+a@0 -b@9 -c@8 -d3@10', start + 20 * day);
    expect(dueBefore(schedule, start + 20 * day).map(({ item }) => item)).toEqual(['d', 'a', 'c', 'b']);
  });

  it('does not have what comes up later', () => {
    const schedule = at('+a@0 +b3@0', start + 4 * day);
    expect(dueBefore(schedule, start + 4 * day).map(({ item }) => item)).toEqual(['a']);
    expect(nextDue(schedule, start + 4 * day)).toBe(start + 8 * day);
    expect(nextDue(schedule, start + 30 * day)).toBeUndefined();
  });

  it('counts by day, what is overdue on the first', () => {
    const schedule = at('-a@0 -b@5 +c@5 +d3@5', start + 5 * day);
    // Until the end of the sixth day; b comes up on the seventh, c on the ninth, d on the fourteenth.
    expect(dueByDay(schedule, start + 5 * day + 14 * 3_600_000, 10)).toEqual([1, 1, 0, 1, 0, 0, 0, 0, 1, 0]);
  });

  it('takes what comes up at the very end of a day for the day after', () => {
    const due = start + 7 * day;
    const schedule: Schedule = {
      memories: new Map(
        [due, due + 3 * day].map((each, place) => [
          `${place}`,
          { item: `${place}`, due: each, wasSureAndWrong: false, last: start },
        ]),
      ),
      lost: [],
      ahead: 0,
    };
    expect(dueBefore(schedule, due)).toEqual([]);
    expect(dueBefore(schedule, due + 1).map(({ item }) => item)).toEqual(['0']);
    expect(nextDue(schedule, due)).toBe(due);
    expect(nextDue(schedule, due + 1)).toBe(due + 3 * day);
    expect(dueByDay(schedule, due, 3)).toEqual([0, 1, 0]);
    expect(dueByDay(schedule, due, 4)).toEqual([0, 1, 0, 0]);
    expect(dueByDay(schedule, due, 5)).toEqual([0, 1, 0, 0, 1]);
  });

  it('counts an answer from an hour ahead, and none from later', () => {
    const [answer] = answersOf('+a');
    if (!answer) throw new Error('there is no answer');
    const ahead = (milliseconds: number) => {
      const now = Date.parse(answer.at) - milliseconds;
      return scheduleOf([answer], kindOf, now);
    };
    expect(ahead(3_600_000).ahead).toBe(0);
    expect(ahead(3_600_000).memories.get('a')?.last).toBe(Date.parse(answer.at));
    expect(ahead(3_600_001).ahead).toBe(1);
  });

  it('leaves out a prediction that was made in a lesson, and counts one that was asked in a quiz', () => {
    const [answer] = answersOf('+predict-a');
    if (!answer) throw new Error('there is one answer');
    const { in: _, ...inLesson } = answer;
    expect(scheduleOf([inLesson], kindOf, start).memories.size).toBe(0);
    expect(scheduleOf([answer], kindOf, start).memories.size).toBe(1);
  });

  it('counts the check of a lesson', () => {
    const [answer] = answersOf('+a');
    if (!answer) throw new Error('there is one answer');
    const { in: _, ...inLesson } = answer;
    expect(scheduleOf([inLesson], kindOf, start).memories.get('a')).toBeDefined();
  });

  it('names what the bank has lost, once', () => {
    const schedule = at('+a -gone +gone -gone-too', start + 9 * day);
    expect(schedule.lost).toEqual(['gone', 'gone-too']);
    expect([...schedule.memories.keys()]).toEqual(['a']);
  });

  it('says how many answers are dated in the future, and goes by the others', () => {
    const schedule = at('-a@0 +a@400 +b@400', start + 10 * day);
    expect(schedule.ahead).toBe(2);
    expect(schedule.memories.get('a')).toMatchObject({ due: start + day, last: start });
    // Nobody knows when b was given: it is asked again.
    expect(dueBefore(schedule, start + 11 * day).map(({ item }) => item)).toEqual(['a', 'b']);
  });

  it('lets the clocks of two machines differ by minutes', () => {
    expect(at('+a@0', start - 10 * 60_000).ahead).toBe(0);
  });

  it('is worked out from any record, whatever order and dates it has', () => {
    const anyAnswers = anyProgress.map(({ answers }) => answers);
    const sure = fc.constantFrom(undefined, 1, 2, 3, 7, 'very', null);
    fc.assert(
      fc.property(anyAnswers, fc.date({ noInvalidDate: true }), sure, (answers, now, said) => {
        const odd = answers.map((answer) => ({ ...answer, sure: said as Sureness }));
        const schedule = scheduleOf(odd, () => 'one', now.getTime());
        for (const { due, last } of schedule.memories.values()) {
          expect(Number.isFinite(due)).toBe(true);
          expect(due).toBeGreaterThanOrEqual(last);
        }
        expect([...schedule.memories.keys()].toSorted()).toEqual(
          [...new Set(answers.map(({ item }) => item))].toSorted(),
        );
      }),
    );
  });

  it('is the same for the same answers', () => {
    const now = start + 50 * day;
    expect([...at('+a -b3 +a3 -a +b', now).memories]).toEqual([...at('+a -b3 +a3 -a +b', now).memories]);
  });
});
