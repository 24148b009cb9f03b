import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goSorted } from '../../../src/sandbox/go/go-sort.ts';
import '../../fixtures/property-tests.ts';

const byKey = (one: { key: number }, other: { key: number }): boolean => one.key < other.key;

/** Keys that repeat, as the times of events do, each with its place. */
function items(count: number, keyOf: (place: number) => number): { key: number; place: number }[] {
  return Array.from({ length: count }, (_, place) => ({ key: keyOf(place), place }));
}

describe("Go's sort", () => {
  it('puts any list in order and loses nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 400 }), (keys) => {
        const sorted = goSorted(keys, (one, other) => one < other);
        expect(sorted).toEqual(keys.toSorted((one, other) => one - other));
      }),
    );
  });

  it('leaves the given list as it was', () => {
    const given = [3, 1, 2];
    goSorted(given, (one, other) => one < other);
    expect(given).toEqual([3, 1, 2]);
  });

  it('keeps what is equal in its order up to twelve items', () => {
    const sorted = goSorted(
      items(12, (place) => place % 2),
      byKey,
    );
    expect(sorted.map(({ place }) => place)).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]);
  });

  // Written by a Go program that sorts the same keys with sort.Sort.
  it.each([
    [
      'three keys in turn',
      20,
      (place) => place % 3,
      [9, 18, 15, 3, 12, 0, 6, 10, 7, 4, 13, 16, 1, 19, 8, 5, 11, 14, 2, 17],
    ],
    [
      'five keys, mixed',
      60,
      (place) => (place * 7) % 5,
      [
        40, 25, 55, 30, 20, 5, 0, 10, 15, 45, 35, 50, 58, 13, 38, 8, 48, 33, 18, 43, 53, 3, 28, 23, 31, 36,
        26, 1, 56, 51, 21, 6, 46, 11, 41, 16, 49, 24, 14, 39, 59, 34, 54, 4, 44, 9, 29, 19, 47, 7, 37, 32, 52,
        17, 42, 2, 22, 57, 27, 12,
      ],
    ],
    [
      'backwards',
      60,
      (place) => 60 - place,
      [
        59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35,
        34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9,
        8, 7, 6, 5, 4, 3, 2, 1, 0,
      ],
    ],
    [
      'many keys, mixed',
      80,
      (place) => (place * place * 31) % 17,
      [
        51, 17, 68, 0, 34, 72, 30, 38, 4, 64, 55, 21, 47, 13, 49, 15, 32, 66, 70, 19, 36, 2, 53, 10, 7, 58,
        41, 27, 61, 78, 75, 24, 44, 14, 71, 48, 31, 37, 65, 3, 20, 54, 39, 12, 63, 56, 46, 22, 5, 29, 73, 74,
        6, 28, 11, 40, 45, 57, 23, 79, 62, 9, 43, 59, 42, 77, 25, 76, 26, 8, 60, 69, 52, 50, 33, 35, 67, 16,
        1, 18,
      ],
    ],
    [
      'in order already',
      40,
      (place) => Math.floor(place / 10),
      [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
        28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
      ],
    ],
    [
      'two swapped',
      60,
      (place) => Math.floor((place === 20 ? 40 : place === 40 ? 20 : place) / 2),
      [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 40, 22, 23, 24, 25, 26, 27,
        28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 20, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
        53, 54, 55, 56, 57, 58, 59,
      ],
    ],
  ] as [string, number, (place: number) => number, number[]][])(
    'has what is equal in the order of Go: %s',
    (_, count, keyOf, places) => {
      const sorted = goSorted(items(count, keyOf), byKey);
      expect(sorted.map(({ place }) => place)).toEqual(places);
    },
  );

  // Written by the same program, with keys that an adversary chose so that every pivot is a bad one.
  it('has what is equal in the order of Go where quicksort gives up', () => {
    const keys = [
      1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 8, 9, 9, 9, 9,
      10, 10, 10, 10, 11, 11, 11, 11, 12, 12, 12, 12, 13, 13, 13, 0, 0, 13, 14, 14, 14, 14, 15, 15, 15, 15,
      16, 16, 16, 16, 17, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 19, 20, 20, 20, 20, 21, 21, 21, 21, 22, 22,
      22, 22, 23, 23, 23, 23, 24, 24, 24, 24, 25, 25, 25, 0, 0, 25, 26, 26, 26, 26, 27, 27, 27, 27, 28, 28,
      28, 28, 29, 29, 29, 29, 30, 30, 30, 30, 31, 31, 31, 31, 32, 32, 32, 32, 33, 33, 33, 33, 34, 34, 34, 34,
      35, 35, 35, 35, 36, 36, 36, 36, 37, 37, 37, 1, 1, 38, 38, 38, 39, 39, 39, 39, 40, 40, 40, 40, 41, 41,
      41, 41, 42, 42, 42, 42, 43, 43, 43, 37, 38, 43, 44, 44, 44, 44, 45, 45, 45, 45, 46, 46, 46, 46, 47, 47,
      47, 47, 48, 48, 48, 48, 49, 49, 49, 50,
    ];
    const sorted = goSorted(
      items(keys.length, (place) => keys[place] ?? 0),
      byKey,
    );
    expect(sorted.map(({ place }) => place)).toEqual([
      49, 50, 99, 100, 0, 1, 149, 150, 2, 3, 4, 5, 7, 8, 9, 6, 10, 11, 12, 13, 14, 15, 16, 17, 19, 18, 21, 20,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 32, 33, 31, 34, 35, 36, 37, 38, 39, 40, 41, 45, 42, 43, 44, 46, 47,
      48, 51, 52, 53, 54, 55, 56, 58, 59, 57, 60, 61, 62, 63, 64, 65, 66, 67, 70, 69, 71, 68, 72, 73, 74, 75,
      76, 77, 78, 79, 82, 80, 83, 81, 84, 85, 86, 87, 88, 90, 91, 89, 92, 93, 94, 95, 97, 98, 101, 96, 102,
      103, 104, 105, 106, 107, 108, 109, 110, 112, 113, 111, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123,
      125, 124, 126, 127, 128, 129, 130, 131, 132, 133, 134, 136, 137, 135, 138, 139, 140, 141, 142, 143, 144,
      145, 147, 146, 148, 173, 151, 152, 153, 174, 154, 155, 156, 157, 161, 159, 158, 160, 162, 163, 164, 165,
      167, 169, 168, 166, 170, 171, 172, 175, 179, 177, 178, 176, 180, 181, 182, 183, 187, 185, 186, 184, 191,
      189, 190, 188, 192, 193, 194, 195, 196, 197, 198, 199,
    ]);
  });
});
