import { describe, expect, it } from 'vitest';
import { together } from '../../../src/sandbox/docker/compose/together.ts';
import { type Effect, pause, print, type Steps } from '../../../src/sandbox/effects.ts';

/** What steps yield, one after another, and what they return; pauses are answered at once. */
function played<T>(steps: Steps<T>): { readonly told: readonly string[]; readonly result: T } {
  const told: string[] = [];
  for (let next = steps.next(); ; next = steps.next(undefined)) {
    if (next.done) return { told, result: next.value };
    told.push(shown(next.value));
  }
}

function shown(effect: Effect): string {
  if (effect.kind === 'write') return effect.text;
  return effect.kind === 'pause' ? `pause ${effect.atMost}` : effect.kind;
}

function* talker(name: string, waits: readonly number[]): Steps<string> {
  yield* print(`${name} begins`);
  for (const wait of waits) {
    yield* pause(wait);
    yield* print(`${name} after ${wait}`);
  }
  return name;
}

describe('steps that run together', () => {
  it('go on in turn, and time passes only where all wait, as long as the most impatient can', () => {
    const { told, result } = played(together([talker('a', [300, 100]), talker('b', [200])]));
    expect(told).toEqual(['a begins', 'b begins', 'pause 200', 'a after 300', 'b after 200', 'a after 100']);
    expect(result).toEqual(['a', 'b']);
  });

  it('let the others look again, without time passing, when one of them has ended', () => {
    const done: string[] = [];
    function* second(): Steps<void> {
      while (done.length === 0) yield* pause(1000);
      yield* print('second');
    }
    function* first(): Steps<void> {
      yield* print('first');
      done.push('first');
    }
    expect(played(together([second(), first()])).told).toEqual(['first', 'second']);
  });

  it('are ended when one of them fails, and do what they do last', () => {
    function* failing(): Steps<void> {
      yield* pause(1);
      throw new Error('it failed');
    }
    function* careful(): Steps<void> {
      try {
        yield* pause(10);
        yield* print('never');
      } finally {
        yield* print('closed');
      }
    }
    const steps = together([failing(), careful()]);
    const told: string[] = [];
    expect(() => {
      for (let next = steps.next(); !next.done; next = steps.next(undefined)) told.push(shown(next.value));
    }).toThrow('it failed');
    expect(told).toEqual(['pause 1', 'closed']);
  });

  it('of none are over at once', () => {
    expect(played(together([]))).toEqual({ told: [], result: [] });
  });
});
