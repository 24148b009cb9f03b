import { describe, expect, it } from 'vitest';
import { globPattern } from '../../../src/sandbox/runtime/text/glob.ts';

describe('a pattern of a shell', () => {
  it.each(['[', '*', '?', 'a', '\\', '[a]'])(
    'of very many "%s" fits nothing, and that is found at once',
    (part) => {
      const start = performance.now();
      expect(globPattern(part.repeat(100_000)).test('anything')).toBe(false);
      expect(performance.now() - start).toBeLessThan(200);
    },
  );

  it('of an ordinary length is a pattern', () => {
    expect(globPattern(`${'a'.repeat(4000)}*`).test(`${'a'.repeat(4000)}b`)).toBe(true);
  });
});
