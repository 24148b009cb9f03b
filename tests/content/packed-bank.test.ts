import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packBank, unpackBank } from '../../src/content/packed-bank.ts';
import { bankOf, entriesOf, findEntry } from '../../src/quiz/bank.ts';
import { anyEntries, entryOf } from '../fixtures/bank.ts';

describe('a packed bank', () => {
  it('is what it was, lesson by lesson', () => {
    fc.assert(
      fc.property(anyEntries(20), (entries) => {
        const bank = bankOf(entries);
        // As it comes out of its file.
        const unpacked = unpackBank(JSON.parse(JSON.stringify(packBank(entries))));
        expect(unpacked.lessons).toEqual(bank.lessons);
        expect(unpacked.size).toBe(entries.length);
        expect(entriesOf(unpacked)).toEqual(entriesOf(bank));
        for (const entry of entries) expect(findEntry(unpacked, entry.id)).toEqual(entry);
      }),
    );
  });

  it.each(['constructor', '__proto__', 'gone', ''])(
    'has nothing of a lesson %o that it has not',
    (lesson) => {
      const bank = unpackBank(packBank([entryOf('pods.one')]));
      expect(bank.ofLesson(lesson)).toEqual([]);
      expect(findEntry(bank, `${lesson}.one`)).toBeUndefined();
    },
  );
});
