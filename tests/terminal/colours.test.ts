import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// The golden files show every view in colour, the escape character as `␛`.
const golden = join(import.meta.dirname, 'golden');
const files = readdirSync(golden).filter((name) => /(^|-)colour\.golden\.txt$/.test(name));

/**
 * Bold, dim, italic; red, green, magenta, cyan, and back. Yellow, white and the bright ones vanish on a white
 * background, black and blue on a dark one.
 */
const readable = new Set(['0', '1', '2', '3', '22', '23', '31', '32', '35', '36', '39']);

describe('the colours of the views', () => {
  it('are seen in golden files', () => {
    expect(files.length).toBeGreaterThanOrEqual(4);
  });

  it.each(files)('can be read on light and on dark: %s', (name) => {
    const codes = [...readFileSync(join(golden, name), 'utf8').matchAll(/(?:␛|\x1b)\[([\d;]*)m/g)].map(
      ([, code = '']) => code,
    );
    expect(codes.length).toBeGreaterThan(50);
    expect([...new Set(codes)].filter((code) => !readable.has(code))).toEqual([]);
  });
});
