import { describe, expect, it } from 'vitest';
import { loadContent } from '../../../src/content/load-content.ts';
import { checkGoal } from '../../../src/sandbox/labs/goal.ts';
import { begun, failing, play } from './play-lab.ts';

const { labs } = loadContent('lessons').content;

describe.each(labs.map((text) => [text.lab.id, text] as const))('the lab %s', (_, text) => {
  const { lab } = text;

  it('begins without an error, and is not solved by leaving it alone', () => {
    expect(begun(lab).failures).toEqual([]);
    expect(failing(play(text, '').seen)).not.toEqual([]);
  });

  it('says what is there instead of what it asks for', () => {
    for (const { fulfilled, says, instead } of checkGoal(lab.goal, begun(lab).sandbox)) {
      if (!fulfilled) expect(instead, says).not.toBe('');
      expect(instead.length, instead).toBeLessThan(160);
    }
  });

  it.each([1, 7])('is solved by its solution, whatever chance does (seed %i)', (seed) => {
    const { seen, transcript, failed } = play(text, lab.solution, seed);
    expect([...failing(seen), ...failed], transcript).toEqual([]);
  });

  it('is solved in another way', () => {
    const { seen, transcript, failed } = play(text, lab.other);
    expect([...failing(seen), ...failed], transcript).toEqual([]);
  });
});
