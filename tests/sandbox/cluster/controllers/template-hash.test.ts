import { expect, it } from 'vitest';
import { scaledValue } from '../../../../src/sandbox/cluster/controllers/fraction.ts';
import { canonicalJson, templateHash } from '../../../../src/sandbox/cluster/controllers/template-hash.ts';

it('is the same for the same template, whatever the order of its fields', () => {
  const one = { metadata: { labels: { a: '1', b: '2' } }, spec: { containers: [{ name: 'x' }] } };
  const other = { spec: { containers: [{ name: 'x' }] }, metadata: { labels: { b: '2', a: '1' } } };
  expect(templateHash(one)).toBe(templateHash(other));
  expect(templateHash(one)).toMatch(/^[bcdf456789]{1,10}$/);
});

it('is another one for another template, and after a collision', () => {
  const one = { spec: { containers: [{ name: 'x' }] } };
  expect(templateHash(one)).not.toBe(templateHash({ spec: { containers: [{ name: 'y' }] } }));
  expect(templateHash(one)).not.toBe(templateHash(one, 1));
});

it.each([
  [{ b: 1, a: [true, null] }, '{"a":[true,null],"b":1}'],
  [{ a: undefined }, '{}'],
  ['text', '"text"'],
  [undefined, 'null'],
])('%j is written as %s', (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

it.each([
  [2, 10, 'up', 2],
  ['25%', 10, 'up', 3],
  ['25%', 10, 'down', 2],
  ['100%', 7, 'down', 7],
  ['0%', 7, 'up', 0],
] as const)('%s of %i rounded %s is %i', (value, whole, direction, result) => {
  expect(scaledValue(value, whole, direction)).toBe(result);
});
