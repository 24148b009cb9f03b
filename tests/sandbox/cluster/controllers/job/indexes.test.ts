import { expect, it } from 'vitest';
import { indexesText, parseIndexes } from '../../../../../src/sandbox/cluster/controllers/job/indexes.ts';

it.each([
  ['', []],
  ['0', [0]],
  ['0,1', [0, 1]],
  ['0-2', [0, 1, 2]],
  ['0-2,4,6,7', [0, 1, 2, 4, 6, 7]],
])('%j stands for %j, both ways', (text, indexes) => {
  expect([...parseIndexes(text, 100)]).toEqual(indexes);
  expect(indexesText(new Set(indexes))).toBe(text);
});

it('leaves out what is too high or makes no sense', () => {
  expect([...parseIndexes('1-5,x,3-y,9', 4)]).toEqual([1, 2, 3]);
  expect([...parseIndexes(undefined, 4)]).toEqual([]);
});
