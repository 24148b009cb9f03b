import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TableIndex } from '../../src/sandbox/table-index.ts';

interface Entry {
  readonly values: readonly string[];
  readonly version: number;
}

/** What has a value, found by looking at everything. */
function searched(table: ReadonlyMap<string, Entry>, value: string): readonly Entry[] {
  return [...table]
    .filter(([, { values }]) => values.includes(value))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, entry]) => entry);
}

const change = fc.record({
  key: fc.nat({ max: 40 }).map((number) => `entry-${number}`),
  values: fc.option(fc.subarray(['red', 'green', 'blue']), { nil: undefined, freq: 4 }),
  isAsked: fc.boolean(),
});

describe('An index of a table', () => {
  it('finds what looking at everything finds, in the order of the keys, after any changes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 120, size: 'max' }), (changes) => {
        const index = new TableIndex('colours', (entry) => (entry as Entry).values);
        const table = new Map<string, Entry>();
        const given: (readonly [list: readonly unknown[], was: readonly unknown[]])[] = [];
        for (const [version, { key, values, isAsked }] of changes.entries()) {
          const after = values && { values, version };
          index.change(key, table.get(key), after);
          if (after) table.set(key, after);
          else table.delete(key);
          if (!isAsked) continue;
          for (const value of ['red', 'green', 'blue']) {
            const found = index.entries(value);
            expect(found).toEqual(searched(table, value));
            expect(index.count(value)).toBe(found.length);
            given.push([found, [...found]]);
          }
        }
        // Whoever goes through a list may change the table meanwhile.
        for (const [list, was] of given) expect(list).toEqual(was);
      }),
    );
  });
});
