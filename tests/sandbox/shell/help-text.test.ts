import { describe, expect, it } from 'vitest';
import { foldHelp, helpOn, helpText } from '../../../src/sandbox/shell/help/help-text.ts';

const commands = ['undo', 'reset', 'fast', 'node', 'load', 'show', 'why', 'map', 'docker', 'kubectl', 'edit'];
const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

describe('the help of the sandbox', () => {
  const texts = [helpText(commands), ...commands.map((each) => helpOn(each, commands) ?? '')];

  it.each([80, 60])('is as it was written at %d columns', (columns) => {
    for (const text of texts) expect(foldHelp(text, columns)).toBe(text);
  });

  it.each([50, 40, 30, 20])('fits %d columns with all its words', (columns) => {
    for (const text of texts) {
      const folded = foldHelp(text, columns);
      expect(folded.split('\n').filter((line) => line.length > columns)).toEqual([]);
      expect(words(folded)).toEqual(words(text));
    }
  });

  it('goes on below the explanation, and prose as one text', () => {
    expect(foldHelp('  fast 30s        lets half a minute pass at once\n', 40)).toBe(
      '  fast 30s        lets half a minute\n                  pass at once\n',
    );
    expect(foldHelp('one two three\nfour five six\n\nA    b c\n', 12)).toBe(
      'one two\nthree four\nfive six\n\nA    b c\n',
    );
  });
});
