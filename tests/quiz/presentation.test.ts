import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemKind } from '../../src/quiz/item.ts';
import { presented } from '../../src/quiz/presentation.ts';
import { itemOf, optionOf } from '../fixtures/item.ts';

const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
const orders = fc
  .record({ id: fc.string({ unit: 'grapheme' }), size: fc.integer({ min: 2, max: 6 }) })
  .map(({ id, size }) =>
    itemOf(
      'order',
      letters.slice(0, size).map((letter) => optionOf(letter)),
      { id },
    ),
  );

describe('the options as they are shown', () => {
  it.each<[ItemKind]>([['one'], ['several'], ['true-false'], ['predict']])(
    'of kind %s stay as they were written',
    (kind) => {
      const item = itemOf(
        kind,
        letters.map((letter) => optionOf(letter)),
      );
      expect(presented(item)).toEqual(item.options);
    },
  );

  it.each<[ItemKind]>([['match'], ['mistake'], ['command']])(
    'of kind %s stay as they were written, whatever the session',
    (kind) => {
      const item = itemOf(
        kind,
        letters.map((letter) => optionOf(letter)),
      );
      for (const seed of [undefined, 1, 2, 3]) expect(presented(item, seed)).toEqual(item.options);
    },
  );

  it('of a session are mixed by its seed, and the same again', () => {
    const item = itemOf(
      'one',
      letters.map((letter) => optionOf(letter)),
    );
    const seen = [1, 2, 3, 4].map((seed) =>
      presented(item, seed)
        .map(({ id }) => id)
        .join(''),
    );
    expect(new Set(seen).size).toBeGreaterThan(2);
    expect(seen.map((each) => [...each].sort().join(''))).toEqual(seen.map(() => 'abcdef'));
    expect(
      presented(item, 1)
        .map(({ id }) => id)
        .join(''),
    ).toBe(seen[0]);
    const order = itemOf('order', item.options);
    expect(presented(order, 1)).not.toEqual(presented(order, 2));
  });

  it('of an order are all of them, each once', () => {
    fc.assert(
      fc.property(orders, (item) => {
        expect(presented(item).toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual(item.options);
      }),
    );
  });

  it('of an order are never the solution', () => {
    fc.assert(
      fc.property(orders, (item) => {
        expect(presented(item)).not.toEqual(item.options);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of an order are the same each time', () => {
    fc.assert(
      fc.property(orders, (item) => {
        expect(presented(item)).toEqual(presented(structuredClone(item)));
      }),
    );
  });

  it('of an order depend on its id and on nothing else of it', () => {
    const options = letters.map((letter) => optionOf(letter));
    const item = itemOf('order', options, { id: 'pods.birth' });
    const reworded = itemOf(
      'order',
      options.map((option) => ({ ...option, text: `${option.text}, reworded` })),
      { id: 'pods.birth', prompt: 'Another', difficulty: 3 },
    );
    expect(presented(reworded).map(({ id }) => id)).toEqual(presented(item).map(({ id }) => id));
  });

  it('of an order do not change from one release to the next, since transcripts quote their numbers', () => {
    const item = itemOf(
      'order',
      letters.map((letter) => optionOf(letter)),
      { id: 'pods.birth' },
    );
    expect(
      presented(item)
        .map(({ id }) => id)
        .join(''),
    ).toBe('dfaceb');
  });

  it('of orders of three come in every sequence but the solution', () => {
    const options = letters.slice(0, 3).map((letter) => optionOf(letter));
    const seen = new Set(
      Array.from({ length: 500 }, (_, at) =>
        presented(itemOf('order', options, { id: `${(at * 7919).toString(36)}.order` }))
          .map(({ id }) => id)
          .join(''),
      ),
    );
    expect([...seen].toSorted()).toEqual(['acb', 'bac', 'bca', 'cab', 'cba']);
  });

  it('leave the item as it is', () => {
    const item = itemOf(
      'order',
      letters.map((letter) => optionOf(letter)),
    );
    presented(item);
    expect(item.options.map(({ id }) => id)).toEqual(letters);
  });
});
