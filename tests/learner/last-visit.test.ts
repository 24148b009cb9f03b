import { describe, expect, it } from 'vitest';
import { daysBetween, lastVisit } from '../../src/learner/last-visit.ts';
import { noProgress, type Progress } from '../../src/learner/progress.ts';
import type { GivenAnswer } from '../../src/quiz/given-answer.ts';

const answer = (at: string): GivenAnswer => ({ at }) as GivenAnswer;
const at = (day: number): string => `2026-01-0${day}T10:00:00.000Z`;

describe('the last visit', () => {
  it.each<[what: string, progress: Progress, expected: ReturnType<typeof lastVisit>]>([
    ['of nobody', noProgress, undefined],
    [
      'is the lesson',
      { ...noProgress, lessons: { pods: { step: 'a', at: at(2) } } },
      { at: at(2), lesson: 'pods' },
    ],
    [
      'is the lesson that was seen last',
      { ...noProgress, lessons: { jobs: { step: 'a', at: at(3) }, pods: { step: 'a', at: at(2) } } },
      { at: at(3), lesson: 'jobs' },
    ],
    ['is an answer', { ...noProgress, answers: [answer(at(1)), answer(at(4))] }, { at: at(4) }],
    [
      'is an answer after the lesson',
      { ...noProgress, lessons: { pods: { step: 'a', at: at(2) } }, answers: [answer(at(4))] },
      { at: at(4), lesson: 'pods' },
    ],
  ])('%s', (_, progress, expected) => expect(lastVisit(progress)).toEqual(expected));

  it.each([
    [at(1), '2026-01-08T10:00:00.000Z', 7],
    [at(1), '2026-01-08T09:59:59.000Z', 6],
    [at(8), '2026-01-01T10:00:00.000Z', 0],
    ['nonsense', '2026-01-01T10:00:00.000Z', 0],
  ])('is counted in whole days: %s to %s', (earlier, later, days) => {
    expect(daysBetween(earlier, new Date(later))).toBe(days);
  });
});
