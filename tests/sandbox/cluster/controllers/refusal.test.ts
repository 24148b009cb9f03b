import { expect, it } from 'vitest';
import { ApiError } from '../../../../src/sandbox/cluster/api-error.ts';
import { refusalIn } from '../../../../src/sandbox/cluster/controllers/refusal.ts';

it('gives what the API refused, and lets everything else through', () => {
  const refused = new ApiError('Conflict', 'it has changed');
  expect(refusalIn(refused)).toBe(refused);
  const bug = new TypeError('x is not a function');
  expect(() => refusalIn(bug)).toThrow(bug);
});
