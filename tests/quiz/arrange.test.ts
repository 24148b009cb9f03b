import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, arrangeStrictly } from '../../src/quiz/arrange.ts';
import { type BankEntry, isSameAnswer, isSameTrap } from '../../src/quiz/bank.ts';
import { anyEntries, entryOf } from '../fixtures/bank.ts';

const givesAway = (one: BankEntry, other: BankEntry): boolean =>
  isSameAnswer(one, other) || isSameTrap(one, other);

/** Whether the rule holds between all neighbours. */
function isKept(rule: (one: BankEntry, other: BankEntry) => boolean, order: readonly BankEntry[]): boolean {
  return order.every((entry, place) => place === 0 || !rule(order[place - 1] as BankEntry, entry));
}

function* permutations<T>(things: readonly T[]): Generator<T[]> {
  if (things.length === 0) yield [];
  for (const [place, thing] of things.entries()) {
    const rest = [...things.slice(0, place), ...things.slice(place + 1)];
    for (const others of permutations(rest)) yield [thing, ...others];
  }
}

function canBeKept(
  rule: (one: BankEntry, other: BankEntry) => boolean,
  entries: readonly BankEntry[],
): boolean {
  for (const order of permutations(entries)) if (isKept(rule, order)) return true;
  return false;
}

const byId = (one: BankEntry, other: BankEntry): number => (one.id < other.id ? -1 : 1);

describe('an arrangement', () => {
  it('holds all entries, each once', () => {
    fc.assert(
      fc.property(anyEntries(60), (entries) => {
        expect(arrange(entries).toSorted(byId)).toEqual(entries.toSorted(byId));
      }),
    );
  });

  it('has no neighbours of which one gives the other away, where there is such an order', () => {
    fc.assert(
      fc.property(anyEntries(6), (entries) => {
        const strict = arrangeStrictly(entries);
        expect(strict !== undefined).toBe(canBeKept(givesAway, entries));
        if (strict) {
          expect(isKept(givesAway, strict)).toBe(true);
          expect(arrange(entries)).toEqual(strict);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never has the same answer twice in a row, where that can be avoided', () => {
    fc.assert(
      fc.property(anyEntries(6), (entries) => {
        expect(isKept(isSameAnswer, arrange(entries))).toBe(canBeKept(isSameAnswer, entries));
      }),
      { numRuns: 300 },
    );
  });

  it('does not follow what was asked before with what it gives away', () => {
    const before = entryOf('pods.before', { answer: 1 });
    const entries = [entryOf('pods.same', { answer: 1 }), entryOf('jobs.other')];
    expect(arrange(entries, before).map(({ id }) => id)).toEqual(['jobs.other', 'pods.same']);
  });

  it('begins with what it was given first, and mixes the lessons', () => {
    const ids = ['pods.1', 'pods.2', 'pods.3', 'jobs.1', 'jobs.2'];
    expect(arrange(ids.map((id) => entryOf(id))).map(({ id }) => id)).toEqual([
      'pods.1',
      'jobs.1',
      'pods.2',
      'jobs.2',
      'pods.3',
    ]);
  });

  it('is found for ten thousand entries too', () => {
    const entries = Array.from({ length: 10_000 }, (_, place) =>
      entryOf(`lesson-${place % 19}.q${place}`, { answer: place % 300 }),
    );
    const order = arrange(entries);
    expect(order).toHaveLength(10_000);
    expect(isKept(isSameAnswer, order)).toBe(true);
  });

  it('that cannot be had costs no more than a moment, however many there are', () => {
    const alike = Array.from({ length: 200 }, (_, place) => entryOf(`pods.q${place}`, { answer: 1 }));
    expect(arrange(alike)).toHaveLength(200);
  });
});
