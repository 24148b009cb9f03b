import { expect, it } from 'vitest';
import { foreseen } from '../../../../src/sandbox/cluster/node/foreseen-error.ts';

it('tells what was foreseen from what was not, which goes on', () => {
  const problem = new TypeError('of this kind');
  expect(foreseen(problem, RangeError, TypeError)).toBe(problem);
  expect(() => foreseen(problem, RangeError)).toThrow(problem);
  expect(() => foreseen('no error at all', Error)).toThrow('no error at all');
});
