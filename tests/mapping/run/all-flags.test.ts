import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandGrammar } from '../../../src/docker/grammar.ts';
import { parseDocker } from '../../../src/docker/parse.ts';
import { DockerRefusal } from '../../../src/docker/refusal.ts';
import { quoteWord, splitWords } from '../../../src/docker/words.ts';
import { flagRule, flagRules } from '../../../src/mapping/run/flag-rules.ts';
import type { WorkloadKind } from '../../../src/mapping/workload/draft.ts';
import { sampleValues } from './sample-values.ts';
import { faultsOf, translated } from './translated.ts';

const flagsOfRun = commandGrammar('docker container run')?.flags ?? [];
const flagsOfCreate = commandGrammar('docker container create')?.flags ?? [];

/** Two lines of the grammar with flags in them, in any order and number, mostly with values that docker takes. */
const lines = fc
  .record({
    verb: fc.constantFrom('run', 'create', 'container run'),
    flags: fc.array(
      fc
        .constantFrom(...flagsOfRun.filter((flag) => flag.name !== '--help'))
        .chain((flag) =>
          fc.tuple(
            fc.constant(flag),
            fc.oneof(
              { weight: 8, arbitrary: fc.constantFrom(...sampleValues(flag)) },
              { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
            ),
          ),
        ),
      { maxLength: 12 },
    ),
    image: fc.constantFrom('nginx', 'redis:7', 'ghcr.io/acme/api:1.2', '$IMAGE', 'my_app.web:v1'),
    args: fc.array(fc.constantFrom('sh', '-c', 'echo $(date) $$', '--port=80', '$HOME', 'a b'), {
      maxLength: 4,
    }),
  })
  .map(({ verb, flags, image, args }) => {
    const given = flags.map(([flag, value]) =>
      flag.type === 'bool' && value === 'true' ? flag.name : `${flag.name}=${value}`,
    );
    const words = [...given, image, ...args].map((word) =>
      /\s|["'\\|;&<>#]|^$/.test(word) ? quoteWord(word) : word,
    );
    return `docker ${verb} ${words.join(' ')}`;
  });

describe('the rules of docker run', () => {
  it.each([...new Set([...flagsOfRun, ...flagsOfCreate].map((flag) => flag.name))])(
    'has exactly one for %s',
    (flag) => {
      expect(flagRules.filter((rule) => rule.flag === flag)).toHaveLength(1);
    },
  );

  it('has none for a flag that there is not', () => {
    const known = new Set([...flagsOfRun, ...flagsOfCreate].map((flag) => flag.name));
    expect(flagRules.map((rule) => rule.flag).filter((flag) => !known.has(flag))).toEqual([]);
  });

  it.each(flagRules)('says why of $flag, with a source', (rule) => {
    expect(rule.sources.length).toBeGreaterThan(0);
    expect(rule.why !== '' || rule.apply !== undefined).toBe(true);
    expect(rule.kubernetes).not.toBe('');
  });

  it('gives one verdict a flag, in order, and objects that the API takes, or a refusal of docker', () => {
    fc.assert(
      fc.property(
        lines,
        fc.constantFrom('1.32' as const, '1.36' as const),
        fc.constantFrom<WorkloadKind | undefined>(undefined, 'deployment', 'pod', 'job', 'statefulset'),
        (line, kubernetes, as) => {
          const translation = attempt(line, kubernetes, as);
          if (!translation) return;
          const { flags } = parseDocker(splitWords(line).words);
          expect(translation.flags.map((each) => each.flag)).toEqual(flags.map((each) => each.name));
          for (const { flag, sources, why, kubernetes: becomes } of translation.flags) {
            const { sources: usual = [], alsoCites = [] } = flagRule(flag) ?? {};
            expect([...usual, ...alsoCites]).toEqual(expect.arrayContaining([...sources]));
            expect(why).toMatch(/\.$/);
            expect(why).not.toMatch(/undefined|NaN|\{value\}/);
            expect(becomes).not.toBe('');
          }
          expect(faultsOf(translation, kubernetes)).toEqual([]);
        },
      ),
      { numRuns: 1500 },
    );
  }, 60_000);
});

function attempt(line: string, kubernetes: '1.32' | '1.36', as: WorkloadKind | undefined) {
  try {
    return translated(line, { kubernetes, ...(as ? { as } : {}) });
  } catch (error) {
    if (error instanceof DockerRefusal) return undefined;
    throw error;
  }
}
