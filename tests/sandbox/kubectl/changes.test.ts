import { describe, expect, it } from 'vitest';
import { recordedChanges, replayChange } from '../../fixtures/recorded-changes.ts';

describe('the built-in kubectl changes what the real one changed, and says the same of it', () => {
  it.each(recordedChanges.map((recorded) => [recorded.line, recorded] as const))('%s', (_, recorded) => {
    const { stdout, stderr, code, asked } = recorded;
    const sent = asked
      .filter(([request]) => !request.startsWith('GET '))
      .map(([request, , body]) => [request, body]);
    expect(replayChange(recorded)).toEqual({ stdout, stderr, code, sent });
  });
});
