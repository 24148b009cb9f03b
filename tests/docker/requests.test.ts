import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ContainerRequest, containerRequest } from '../../src/docker/container-request.ts';
import { type DockerCommand, parseDocker } from '../../src/docker/parse.ts';
import { DockerRefusal } from '../../src/docker/refusal.ts';
import { splitWords } from '../../src/docker/words.ts';
import { installedClient } from './installed-client.ts';
import {
  comparable,
  type Outcome,
  type RecordedCase,
  sentFromHere,
  setOf,
  withSortedBinds,
} from './recorded.ts';

interface Recorded {
  readonly clients: readonly string[];
  readonly baseline: unknown;
  readonly cases: readonly RecordedCase[];
}

const recorded: Recorded = JSON.parse(
  readFileSync(new URL('../fixtures/docker/requests.json', import.meta.url), 'utf8'),
);

/** What we make of a line. */
type Understood =
  | { readonly kind: 'refused'; readonly refusal: DockerRefusal }
  | { readonly kind: 'read'; readonly command: DockerCommand; readonly request?: ContainerRequest };

function understand(line: string): Understood {
  try {
    const command = parseDocker(splitWords(line).words);
    const asksForHelp = command.flags.some(({ name, value }) => name === '--help' && value === 'true');
    const creates = /^docker container (run|create)$/.test(command.command) && !asksForHelp;
    return { kind: 'read', command, ...(creates && { request: containerRequest(command) }) };
  } catch (error) {
    if (error instanceof DockerRefusal) return { kind: 'refused', refusal: error };
    throw error;
  }
}

/** Ours in the form of a recorded outcome, with no more detail than that has. */
function oursLike(outcome: Outcome, understood: Understood): unknown {
  if (understood.kind === 'refused') return 'refused';
  if (outcome.set === undefined || !understood.request) return 'accepted';
  return {
    query: understood.request.query,
    body: comparable(withSortedBinds(sentFromHere(understood.request))),
  };
}

function theirs(outcome: Outcome, baseline: unknown): unknown {
  if (outcome.outcome === 'refused') return 'refused';
  if (outcome.set === undefined) return 'accepted';
  return { query: outcome.query ?? {}, body: comparable(withSortedBinds(setOf(baseline, outcome.set))) };
}

function agrees(outcome: Outcome, understood: Understood): boolean {
  return JSON.stringify(oursLike(outcome, understood)) === JSON.stringify(theirs(outcome, recorded.baseline));
}

describe(`a line is read as the docker client read it (${recorded.clients.join(' and ')})`, () => {
  it.each(recorded.cases)('$line', (one) => {
    const understood = understand(one.line);
    // Where two versions of the client differ, either is right.
    if (one.before && agrees(one.before, understood)) return;
    expect(oursLike(one, understood)).toEqual(theirs(one, recorded.baseline));
  });

  it('covers every flag of run, every way a line is refused, and every other command', () => {
    const count = (outcome: string): number => recorded.cases.filter((one) => one.outcome === outcome).length;
    expect(recorded.cases.length).toBeGreaterThan(1_600);
    expect(count('refused')).toBeGreaterThan(500);
    expect(count('request')).toBeGreaterThan(1_000);
  });
});

describe('a refusal', () => {
  const refused = recorded.cases.filter(({ outcome }) => outcome === 'refused');

  it.each(refused)('points into the line, and says what to do: $line', ({ line }) => {
    const understood = understand(line);
    if (understood.kind !== 'refused') return;
    const { message, hint, position } = understood.refusal;
    expect(position).toBeGreaterThanOrEqual(0);
    expect(position).toBeLessThan(line.length);
    expect(hint).toMatch(/[.?…]$/);
    expect(message.trim()).not.toBe('');
  });

  it('is in the words of the client nine times out of ten', () => {
    const same = refused.filter(({ line, said = '' }) => {
      const understood = understand(line);
      return (
        understood.kind === 'refused' && understood.refusal.message === said.replace(/^docker: |\.$/g, '')
      );
    });
    expect(same.length / refused.length).toBeGreaterThan(0.89);
  });
});

const client = installedClient();

describe.skipIf(!client)('the docker client installed here (skipped where there is none)', () => {
  it('does with a sample of the lines what was recorded', { timeout: 120_000 }, async () => {
    // Lines that clients of different versions tell apart are no sample for a third.
    const sample = recorded.cases.filter(({ before, line }) => !before && !/compose|buildx|build/.test(line));
    const some = sample.filter((_, place) => place % 23 === 0);
    const { baseline, outcomes } = await (client as NonNullable<typeof client>).record(
      some.map(({ argv }) => argv),
    );
    for (const [place, outcome] of outcomes.entries()) {
      const { line } = some[place] as RecordedCase;
      const withSet = outcome.body === undefined ? outcome : { ...outcome, set: { '=': outcome.body } };
      expect({ line, read: oursLike(withSet, understand(line)) }).toEqual({
        line,
        read: theirs(withSet, baseline),
      });
    }
  });
});
