import { describe, expect, it } from 'vitest';
import { recordedLines, replay } from '../../fixtures/recorded-kubectl.ts';

describe('the built-in kubectl prints what the real one printed of the same answers', () => {
  it.each(recordedLines.map((recorded) => [recorded.line, recorded] as const))('%s', (_, recorded) => {
    const { stdout, stderr, code } = recorded;
    expect(replay(recorded)).toEqual({ stdout, stderr, code });
  });
});
