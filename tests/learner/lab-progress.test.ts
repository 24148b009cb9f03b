import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type LabProgress,
  mergeProgress,
  noProgress,
  type Progress,
  recordLab,
  visitStep,
} from '../../src/learner/progress.ts';
import { readProgress, UnreadableProgress, writeProgress } from '../../src/learner/progress-text.ts';

const early = new Date('2026-01-01T08:00:00.000Z');
const late = new Date('2026-01-02T08:00:00.000Z');

const instant = fc.constantFrom(early, late).map((date) => date.toISOString());
const labs = fc.dictionary(
  fc.constantFrom('crash-loop', 'one-name', 'all-eggs'),
  fc.record({ done: instant, skipped: instant }, { requiredKeys: [] }),
);
const anyProgress: fc.Arbitrary<Progress> = fc
  .option(labs, { nil: undefined })
  .map((some) =>
    some === undefined ? noProgress : { ...noProgress, labs: some as Record<string, LabProgress> },
  );

describe('a lab that is recorded', () => {
  it('was solved, or its solution shown, the first time', () => {
    const once = recordLab(recordLab(noProgress, 'one-name', 'skipped', early), 'one-name', 'done', late);
    expect(once.labs).toEqual({ 'one-name': { skipped: early.toISOString(), done: late.toISOString() } });
    expect(recordLab(once, 'one-name', 'skipped', late)).toEqual(once);
  });

  it('leaves everything else alone', () => {
    const before = visitStep(recordLab(noProgress, 'all-eggs', 'done', early), 'pods', 'inside.1', early);
    const after = recordLab(before, 'one-name', 'done', late);
    expect(after.lessons).toEqual(before.lessons);
    expect(after.labs?.['all-eggs']).toEqual({ done: early.toISOString() });
  });

  it('keeps what another program wrote beside it', () => {
    const noted = { ...noProgress, labs: { 'one-name': { note: 'mine' } as LabProgress } };
    expect(recordLab(noted, 'one-name', 'done', early).labs?.['one-name']).toEqual({
      note: 'mine',
      done: early.toISOString(),
    });
  });

  it('is read as it was written', () => {
    const progress = recordLab(noProgress, 'one-name', 'done', early);
    expect(readProgress(writeProgress(progress))).toEqual(progress);
  });

  it.each(['7', '[]', '{"one-name":"done"}', '{"one-name":{"done":"yesterday"}}', 'null'])(
    'is not read where it says %s',
    (text) => {
      const whole = `{"version":1,"labs":${text},"lessons":{},"answers":[]}`;
      expect(() => readProgress(whole)).toThrow(UnreadableProgress);
    },
  );
});

describe('labs of two records put together', () => {
  it('are the same in either order, and gain nothing from being put together again', () => {
    fc.assert(
      fc.property(anyProgress, anyProgress, (one, other) => {
        const merged = mergeProgress(one, other);
        expect(merged).toEqual(mergeProgress(other, one));
        expect(mergeProgress(merged, one)).toEqual(merged);
      }),
    );
  });

  it('lose nothing of either', () => {
    fc.assert(
      fc.property(anyProgress, anyProgress, (one, other) => {
        const merged = mergeProgress(one, other);
        for (const { labs: some = {} } of [one, other]) {
          for (const [id, { done, skipped }] of Object.entries(some)) {
            expect(merged.labs?.[id]?.done !== undefined).toBe(
              [one, other].some((each) => each.labs?.[id]?.done !== undefined),
            );
            if (done !== undefined) expect((merged.labs?.[id]?.done ?? '') <= done).toBe(true);
            if (skipped !== undefined) expect((merged.labs?.[id]?.skipped ?? '') <= skipped).toBe(true);
          }
        }
      }),
    );
  });
});
