import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankOf } from '../../src/quiz/bank.ts';
import type { GivenAnswer } from '../../src/quiz/given-answer.ts';
import { type PlanWish, plan } from '../../src/quiz/plan.ts';
import { scheduleOf } from '../../src/quiz/schedule.ts';
import { anyEntries, entryOf } from '../fixtures/bank.ts';
import { answerOf } from '../fixtures/progress.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const lessons = ['two-layers', 'pods', 'storage', 'jobs', 'swarm'];
const bank = bankOf(
  lessons.flatMap((lesson) => [1, 2, 3, 4].map((number) => entryOf(`${lesson}.q${number}`))),
);

/** The ids that are asked after these answers, a month later; each is wrong, and given on its own day. */
function planned(answered: readonly string[], rest: Partial<PlanWish> = {}): string[] {
  const answers = answered.map((id, place) => answerOf(id, place * day, { right: false, in: 'quiz' }));
  return plan(wishOf(answers, rest)).map(({ id }) => id);
}

function wishOf(answers: readonly GivenAnswer[], rest: Partial<PlanWish> = {}): PlanWish {
  const until = start + 30 * day;
  return {
    bank,
    schedule: scheduleOf(answers, () => 'one', until),
    until,
    seed: 1,
    count: 10,
    mode: 'review',
    visited: [],
    ...rest,
  };
}

const lessonsOf = (ids: readonly string[]): string[] => [...new Set(ids.map((id) => id.split('.')[0] ?? ''))];

describe('a session', () => {
  it('asks what is due first, the longest overdue first, then what is new', () => {
    const ids = planned(['jobs.q1', 'swarm.q2'], { count: 5 });
    expect(ids.slice(0, 2)).toEqual(['jobs.q1', 'swarm.q2']);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
  });

  it('begins with an error that was sure of itself', () => {
    const answers = ['pods.q1', 'jobs.q1', 'swarm.q1'].map((id, place) =>
      answerOf(id, place * day, { right: false, in: 'quiz', ...(place === 2 ? { sure: 3 } : {}) }),
    );
    expect(plan(wishOf(answers)).map(({ id }) => id)[0]).toBe('swarm.q1');
  });

  it('gives a newcomer the first lessons', () => {
    expect(lessonsOf(planned([], { count: 8 })).toSorted()).toEqual(['pods', 'two-layers']);
  });

  it('gives who has begun the lessons they visited, then the next one', () => {
    const ids = planned([], { visited: ['storage', 'jobs'], count: 10 });
    expect(lessonsOf(ids.slice(0, 8)).toSorted()).toEqual(['jobs', 'storage']);
    expect(lessonsOf(ids).toSorted()).toEqual(['jobs', 'pods', 'storage', 'two-layers']);
  });

  it('mixes lessons', () => {
    const ids = planned([], { visited: lessons, count: 20 });
    for (const [place, id] of ids.entries()) {
      if (place > 0) expect(lessonsOf([id])).not.toEqual(lessonsOf([ids[place - 1] ?? '']));
    }
  });

  it('asks no more than what is wanted, and no more than there is', () => {
    expect(planned([], { count: 3 })).toHaveLength(3);
    expect(planned([], { count: 100 })).toHaveLength(20);
    expect(planned([], { bank: bankOf([]) })).toEqual([]);
  });

  it.each<[PlanWish['mode'], string[], number]>([
    ['due', ['pods.q1', 'jobs.q1'], 2],
    ['due', [], 0],
    ['new', ['pods.q1', 'jobs.q1'], 10],
  ])('of mode %s after answers to %o has %i questions', (mode, answered, count) => {
    const ids = planned(answered, { mode });
    expect(ids).toHaveLength(count);
    expect(ids.every((id) => answered.includes(id) === (mode === 'due'))).toBe(true);
  });

  it('has nothing new for who knows all, and practises ahead of time when it is asked to', () => {
    const answers = lessons
      .flatMap((lesson) => [1, 2, 3, 4].map((number) => `${lesson}.q${number}`))
      .map((id) => answerOf(id, 30 * day - 60_000, { sure: 3, in: 'quiz' }));
    expect(plan(wishOf(answers))).toEqual([]);
    expect(plan(wishOf(answers, { mode: 'new' }))).toEqual([]);
    expect(plan(wishOf(answers, { mode: 'practice' }))).toHaveLength(10);
  });

  it('is an exam over all lessons alike, whatever is known', () => {
    const ids = planned(['pods.q1', 'pods.q2', 'pods.q3'], { mode: 'exam', count: 10 });
    const counts = lessons.map((lesson) => ids.filter((id) => id.startsWith(`${lesson}.`)).length);
    expect(counts).toEqual([2, 2, 2, 2, 2]);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(planned([], { seed: 5 })).toEqual(planned([], { seed: 5 }));
    const others = [1, 2, 3, 4].map((seed) => planned([], { seed }).join());
    expect(new Set(others).size).toBeGreaterThan(1);
  });

  it('of any bank and any answers holds what it should, each item once', () => {
    const modes = fc.constantFrom<PlanWish['mode'][]>('review', 'due', 'new', 'practice', 'exam');
    const known = fc.array(fc.record({ place: fc.nat(12), at: fc.nat(60), right: fc.boolean() }), {
      maxLength: 9,
    });
    fc.assert(
      fc.property(
        anyEntries(12),
        known,
        modes,
        fc.integer({ min: 1, max: 15 }),
        fc.nat(),
        (entries, given, mode, count, seed) => {
          const answers = given.map(({ place, at, right }) =>
            answerOf(entries[place]?.id ?? 'gone.item', at * day, { right, in: 'quiz' }),
          );
          const wish = wishOf(answers, { bank: bankOf(entries), mode, count, seed });
          const asked = plan(wish);
          const ids = asked.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.length).toBeLessThanOrEqual(count);
          expect(ids.every((id) => entries.some((entry) => entry.id === id))).toBe(true);
          if (mode === 'exam' || mode === 'practice')
            expect(ids).toHaveLength(Math.min(count, entries.length));
          if (mode === 'new') expect(ids.some((id) => wish.schedule.memories.has(id))).toBe(false);
        },
      ),
    );
  });
});
