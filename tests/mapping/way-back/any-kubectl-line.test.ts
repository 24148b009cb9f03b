import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocker } from '../../../src/docker/parse.ts';
import { joinWords } from '../../../src/docker/words.ts';
import { type KubectlFlag, kubectlCommands, kubectlGrammar } from '../../../src/kubernetes/grammar.ts';
import { parseKubectl } from '../../../src/kubernetes/parse.ts';
import { KubectlRefusal } from '../../../src/kubernetes/refusal.ts';
import { resources } from '../../../src/kubernetes/resources.ts';
import { translateBack } from '../../../src/mapping/way-back/translate-back.ts';
import type { WayBack } from '../../../src/mapping/way-back/way-back.ts';
import { rows } from './kubectl-rows.ts';

const kinds = [...resources.map(({ plural }) => plural), 'po', 'deploy', 'all', 'certificates', 'po,svc'];
const names = [
  'web',
  'db-0',
  'A_b',
  '-',
  '',
  'x'.repeat(300),
  'web=1',
  'old-',
  'a/b',
  'gpu:NoSchedule',
  '8080:80',
  "it's",
];
const word = fc.oneof(
  fc.constantFrom(...kinds),
  fc.constantFrom(...names),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const object = fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(...names)).map((pair) => pair.join('/'));

function valueFor(flag: KubectlFlag): fc.Arbitrary<string> {
  if (flag.type === 'bool') return fc.constantFrom('true', 'false');
  if (flag.type === 'duration') return fc.constantFrom('5s', '1h2m', '0');
  if (flag.type === 'int' || flag.type === 'int32') return fc.integer({ min: -5, max: 99_999 }).map(String);
  const usual = [
    'a=b',
    'a=b,c=d',
    'name',
    'json',
    'nginx:1.28',
    'Always',
    'cpu=1,memory=1Gi',
    '80',
    'app in (a)',
    '',
  ];
  return fc.oneof(fc.constantFrom(...usual), fc.string({ maxLength: 12 }));
}

/** A line of any command with any of its flags. */
const argv = fc.constantFrom(...kubectlCommands()).chain((command) => {
  const flags = [...(kubectlGrammar(command)?.flags ?? []), ...(kubectlGrammar('kubectl')?.flags ?? [])];
  const flag = fc
    .constantFrom(...flags)
    .chain((each) => valueFor(each).map((value) => `${each.name}=${value}`));
  return fc
    .tuple(
      fc.array(fc.oneof(word, object), { maxLength: 4 }),
      fc.array(flag, { maxLength: 5 }),
      fc.array(word, { maxLength: 2 }),
    )
    .map(([args, given, after]) => [
      ...command.split(' '),
      ...args,
      ...given,
      ...(after.length > 0 ? ['--', ...after] : []),
    ]);
});

function answerTo(words: readonly string[]): WayBack | undefined {
  const { line, words: read } = joinWords(words);
  try {
    const command = parseKubectl(read);
    const row = rows.get(command.command);
    return row && translateBack(row, command, line);
  } catch (error) {
    if (error instanceof KubectlRefusal) return undefined;
    throw error;
  }
}

describe('any kubectl line', () => {
  it('has an answer of which docker takes every line, or is refused', () => {
    let answered = 0;
    fc.assert(
      fc.property(argv, (words) => {
        const answer = answerTo(words);
        if (!answer) return;
        answered += 1;
        expect(answer.summary).not.toBe('');
        for (const { argv: docker } of answer.commands) parseDocker(joinWords(docker).words);
        for (const { docker, why } of answer.flags) expect(docker && why).toBeTruthy();
      }),
      { numRuns: 4000 },
    );
    expect(answered).toBeGreaterThan(200);
  });

  it('answers within 50 ms', () => {
    const words = [
      'kubectl',
      'delete',
      'deploy',
      ...Array.from({ length: 500 }, (_none, place) => `web-${place}`),
    ];
    answerTo(words);
    const start = process.cpuUsage();
    expect(answerTo(words)).toBeDefined();
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(50);
  });
});
