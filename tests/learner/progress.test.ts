import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  finishLesson,
  type LessonProgress,
  mergeProgress,
  noProgress,
  type Progress,
  recordAnswer,
  visitStep,
} from '../../src/learner/progress.ts';
import { answerOf, anyProgress, progressOf } from '../fixtures/progress.ts';

const early = new Date('2026-01-01T08:00:00.000Z');
const late = new Date('2026-01-02T08:00:00.000Z');

/** The same for records that say the same, whatever the order of their keys. */
function gist({ version, lessons, answers }: Progress): unknown {
  const byId = Object.entries(lessons).map(([id, { step, at, done }]) => [id, step, at, done ?? null]);
  return { version, lessons: byId.sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)), answers };
}

function withLesson(id: string, lesson: LessonProgress): Progress {
  return { ...noProgress, lessons: Object.fromEntries([[id, lesson]]) };
}

describe('a step that is visited', () => {
  it('is where the learner stands', () => {
    const once = visitStep(noProgress, 'pods', 'inside.1', early);
    expect(once.lessons).toEqual({ pods: { step: 'inside.1', at: early.toISOString() } });
    const twice = visitStep(once, 'pods', 'inside.2', late);
    expect(twice.lessons).toEqual({ pods: { step: 'inside.2', at: late.toISOString() } });
  });

  it('leaves the other lessons and the answers alone', () => {
    const before = recordAnswer(visitStep(noProgress, 'storage', 'claim.1', early), answerOf('pods.one'));
    const after = visitStep(before, 'pods', 'inside.1', late);
    expect(after.lessons.storage).toBe(before.lessons.storage);
    expect(after.answers).toBe(before.answers);
  });

  it('does not undo that the lesson was finished', () => {
    const done = finishLesson(noProgress, 'pods', 'inside.9', early);
    expect(visitStep(done, 'pods', 'inside.1', late).lessons.pods).toEqual({
      step: 'inside.1',
      at: late.toISOString(),
      done: early.toISOString(),
    });
  });

  it('does not change the record it was added to', () => {
    visitStep(noProgress, 'pods', 'inside.1', early);
    expect(noProgress).toEqual({ version: 1, lessons: {}, answers: [] });
  });
});

describe('a lesson that is finished', () => {
  it('was done the first time it was finished', () => {
    const again = finishLesson(finishLesson(noProgress, 'pods', 'end.1', early), 'pods', 'end.2', late);
    expect(again.lessons.pods).toEqual({
      step: 'end.2',
      at: late.toISOString(),
      done: early.toISOString(),
    });
  });

  it.each([
    ['visited', visitStep],
    ['finished', finishLesson],
  ])('keeps what another program wrote beside it when it is %s', (_verb, move) => {
    const noted = withLesson('pods', {
      step: 'inside.1',
      at: early.toISOString(),
      note: 'mine',
    } as LessonProgress);
    expect(move(noted, 'pods', 'inside.2', late).lessons.pods).toMatchObject({
      step: 'inside.2',
      note: 'mine',
    });
  });
});

describe('an answer that is recorded', () => {
  it('is there', () => {
    expect(recordAnswer(noProgress, answerOf('pods.one')).answers).toEqual([answerOf('pods.one')]);
  });

  it('comes in the order of time, whenever it is recorded', () => {
    const third = recordAnswer(progressOf(answerOf('a', 1)), answerOf('c', 3));
    expect(recordAnswer(third, answerOf('b', 2)).answers.map(({ item }) => item)).toEqual(['a', 'b', 'c']);
  });

  it('is one answer when it is recorded twice', () => {
    const once = recordAnswer(noProgress, answerOf('pods.one'));
    expect(recordAnswer(once, answerOf('pods.one'))).toEqual(once);
  });

  it('is another one when the same is answered again later', () => {
    const once = recordAnswer(noProgress, answerOf('pods.one', 1));
    expect(recordAnswer(once, answerOf('pods.one', 2)).answers).toHaveLength(2);
  });

  it('is the same answer when it is said later how sure they were', () => {
    const once = recordAnswer(noProgress, answerOf('pods.one', 1, { in: 'quiz' }));
    const sure = answerOf('pods.one', 1, { in: 'quiz', sure: 3 });
    expect(recordAnswer(once, sure).answers).toEqual([sure]);
    // In either order: another run may have saved first.
    expect(recordAnswer(recordAnswer(noProgress, sure), answerOf('pods.one', 1)).answers).toEqual([sure]);
  });

  it('leaves the lessons alone', () => {
    const before = visitStep(noProgress, 'pods', 'inside.1', early);
    expect(recordAnswer(before, answerOf('pods.one')).lessons).toEqual(before.lessons);
  });
});

describe('two records put together', () => {
  it('are the same in either order', () => {
    fc.assert(
      fc.property(anyProgress, anyProgress, (one, other) => {
        expect(gist(mergeProgress(one, other))).toEqual(gist(mergeProgress(other, one)));
      }),
    );
  });

  it('are the same whichever two of three come first', () => {
    fc.assert(
      fc.property(anyProgress, anyProgress, anyProgress, (a, b, c) => {
        expect(gist(mergeProgress(mergeProgress(a, b), c))).toEqual(
          gist(mergeProgress(a, mergeProgress(b, c))),
        );
      }),
    );
  });

  it('gain nothing from being put together again', () => {
    fc.assert(
      fc.property(anyProgress, anyProgress, (one, other) => {
        const merged = mergeProgress(one, other);
        expect(gist(mergeProgress(merged, merged))).toEqual(gist(merged));
        expect(gist(mergeProgress(merged, other))).toEqual(gist(merged));
      }),
    );
  });

  it('lose no answer of either and make none up', () => {
    const texts = (...some: Progress[]): Set<string> =>
      new Set(
        some.flatMap(({ answers }) =>
          // What is said of an answer later belongs to the answer it is said of.
          answers.map(({ item, at, given, right, revealed }) =>
            JSON.stringify([item, at, given, right, revealed]),
          ),
        ),
      );
    fc.assert(
      fc.property(anyProgress, anyProgress, (one, other) => {
        const merged = mergeProgress(one, other);
        expect(texts(merged)).toEqual(texts(one, other));
        expect(merged.answers).toHaveLength(texts(merged).size);
      }),
    );
  });

  it('have their answers in the order of time', () => {
    fc.assert(
      fc.property(anyProgress, anyProgress, (one, other) => {
        const times = mergeProgress(one, other).answers.map(({ at }) => Date.parse(at));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });

  it('have done each lesson when it was done first, and stand where they stood last', () => {
    fc.assert(
      fc.property(anyProgress, anyProgress, (one, other) => {
        const merged = new Map(Object.entries(mergeProgress(one, other).lessons));
        for (const id of [...Object.keys(one.lessons), ...Object.keys(other.lessons)]) {
          const both = [one, other].flatMap(({ lessons }) =>
            Object.hasOwn(lessons, id) ? (lessons[id] ?? []) : [],
          );
          const dones = both.flatMap(({ done }) => (done === undefined ? [] : Date.parse(done)));
          const { step, at, done } = merged.get(id) ?? { step: undefined, at: '' };
          expect(done === undefined ? Number.POSITIVE_INFINITY : Date.parse(done)).toBe(Math.min(...dones));
          expect(Date.parse(at)).toBe(Math.max(...both.map((each) => Date.parse(each.at))));
          expect(both.some((each) => each.step === step && each.at === at)).toBe(true);
        }
      }),
    );
  });

  it.each(['constructor', 'toString', '__proto__'])('keep a lesson with the id %s', (id) => {
    const lesson = { step: 'inside.1', at: early.toISOString() };
    for (const merged of [
      mergeProgress(noProgress, withLesson(id, lesson)),
      mergeProgress(withLesson(id, lesson), noProgress),
      mergeProgress(withLesson(id, lesson), withLesson(id, { ...lesson, done: late.toISOString() })),
    ]) {
      expect(Object.entries(merged.lessons)).toEqual([[id, expect.objectContaining(lesson)]]);
    }
  });

  it('keep two answers that differ only in what they were worth', () => {
    const right = answerOf('pods.one');
    const wrong = { ...right, right: false };
    expect(mergeProgress(progressOf(right), progressOf(wrong)).answers).toHaveLength(2);
  });

  it('keep what this program does not know, at every height', () => {
    const one = {
      ...noProgress,
      theme: 'dark',
      lessons: { pods: { step: 'a.1', at: early.toISOString(), note: 1 } },
    };
    const other = {
      ...noProgress,
      name: 'Ada',
      lessons: { pods: { step: 'a.2', at: late.toISOString(), mark: 2 } },
    };
    for (const merged of [mergeProgress(one, other), mergeProgress(other, one)]) {
      expect(merged).toMatchObject({
        theme: 'dark',
        name: 'Ada',
        lessons: { pods: { step: 'a.2', note: 1, mark: 2 } },
      });
    }
  });
});
