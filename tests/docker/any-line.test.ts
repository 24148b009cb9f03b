import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containerRequest } from '../../src/docker/container-request.ts';
import { allCommands, commandGrammar } from '../../src/docker/grammar.ts';
import { parseDocker } from '../../src/docker/parse.ts';
import { DockerRefusal } from '../../src/docker/refusal.ts';
import { joinWords, splitLines, splitWords, type Word } from '../../src/docker/words.ts';

/** In milliseconds. */
const patience = 50;

const runs = 20_000;

/** A command or a refusal, and nothing else. */
function read(words: () => readonly Word[]): void {
  try {
    const command = parseDocker(words());
    expect(command.argv.length).toBeGreaterThan(0);
    if (/^docker container (run|create)$/.test(command.command)) containerRequest(command);
  } catch (error) {
    if (!(error instanceof DockerRefusal)) throw error;
    expect(error.message).not.toBe('');
    expect(error.hint).not.toBe('');
    expect(error.position).toBeGreaterThanOrEqual(0);
  }
}

/** The machine may be busy with something else: the best of a few tries is how long it takes. */
function inTime(act: () => void): void {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 4 && best >= patience; attempt += 1) {
    const start = performance.now();
    act();
    best = Math.min(best, performance.now() - start);
  }
  expect(best).toBeLessThan(patience);
}

/** Words of docker's own kind: commands, flags, and values that nearly are some. */
const commands = allCommands().map((command) => command.split(' '));
const flags = [
  'docker container run',
  'docker service create',
  'docker compose up',
  'docker image build',
].flatMap(
  (command) =>
    commandGrammar(command)?.flags.flatMap(({ name, shorthand }) => [
      name,
      ...(shorthand ? [shorthand] : []),
    ]) ?? [],
);
const morsels = [
  ...[
    '80',
    '8080:80',
    '127.0.0.1:80:80/udp',
    '1-65535',
    'a:/b',
    '/x:/y:ro',
    'type=bind',
    'src=/a',
    'dst=/b',
    '512m',
    '1.5',
  ],
  ...[
    '10s',
    '1m30s',
    'nofile=1:2',
    'on-failure:3',
    'name=app,alias=x',
    'all',
    '"device=0,1"',
    'nginx',
    'A=b',
    '__proto__=x',
  ],
  ...[
    'constructor',
    '::1',
    '[::1]:80:80',
    '/dev/sda:1',
    '',
    '-',
    '--',
    '=',
    ',',
    ':',
    '%',
    '\u0000',
    '\u001b[31m',
    '🐳',
    '\ud800',
  ],
];
const value = fc.oneof(
  fc.constantFrom(...morsels),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.array(fc.constantFrom(...morsels), { maxLength: 4 }).map((parts) => parts.join(',')),
  fc.array(fc.constantFrom(...morsels), { maxLength: 4 }).map((parts) => parts.join(':')),
);
const flag = fc.oneof(
  fc.constantFrom(...flags).map((name) => [name]),
  fc.tuple(fc.constantFrom(...flags), value).map(([name, given]) => [name, given]),
  fc.tuple(fc.constantFrom(...flags), value).map(([name, given]) => [`${name}=${given}`]),
  fc.tuple(fc.constantFrom(...flags), value).map(([name, given]) => [`${name}${given}`]),
  value.map((given) => [given]),
);
const likelyWords = fc
  .tuple(
    fc.oneof(
      fc.constant(['docker', 'run']),
      fc.constantFrom(...commands),
      fc.constantFrom(['docker-compose'], ['podman', 'run'], ['docker', '-H'], ['sudo', 'docker']),
    ),
    fc.array(flag, { maxLength: 8 }),
  )
  .map(([command, given]) => [...command, ...given.flat()]);

describe('whatever is given, there is a command or a refusal, at once', () => {
  it('for any string', { timeout: 120_000 }, () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .string({ unit: fc.constantFrom(...' \t\n\r\\^`\'"$(){}|;&<>#=-,:a1'), maxLength: 100 })
        .map((text) => `docker run ${text}`),
      likelyWords.map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(line, (text) => {
        inTime(() => read(() => splitWords(text).words));
        splitLines(text);
      }),
      { numRuns: runs },
    );
  });

  it('for any list of words', { timeout: 120_000 }, () => {
    const words = fc.oneof(
      { weight: 1, arbitrary: fc.array(fc.string({ unit: 'binary' })) },
      { weight: 4, arbitrary: likelyWords },
    );
    fc.assert(
      fc.property(words, (argv) => {
        inTime(() => read(() => joinWords(argv).words));
      }),
      { numRuns: runs },
    );
  });

  const many = 50_000;
  it.each<[string, string]>([
    ['one long word', 'a'.repeat(many)],
    ['one long flag', `docker run --${'a'.repeat(many)}`],
    ['one long cluster', `docker run -${'it'.repeat(many / 2)} nginx`],
    ['one long image', `docker run ${'a/'.repeat(many / 2)}a`],
    ['one long registry', `docker run ${'a-'.repeat(many / 2)}.b/c`],
    ['one long network', `docker run --network ${'a'.repeat(many)} nginx`],
    ['one long domain', `docker run --dns-search ${'a-'.repeat(many / 2)}. nginx`],
    ['a domain of blanks', `docker run --dns-search 'a${' '.repeat(many)}b' nginx`],
    ['one long device', `docker run --device ${'a.'.repeat(many / 2)} nginx`],
    ['one long address', `docker run --dns ${'1:'.repeat(many / 2)} nginx`],
    ['one long mount', `docker run --mount ${'a=b,'.repeat(many / 4)} nginx`],
    ['one long number', `docker run --memory ${'1'.repeat(many)} --cpus ${'1'.repeat(many)} nginx`],
    ['one long duration', `docker run --health-interval ${'1s'.repeat(many / 2)} nginx`],
    ['many braces', '${'.repeat(many / 2)],
    ['many parentheses', '$('.repeat(many / 2)],
    ['many backticks and backslashes', '`\\ '.repeat(many / 3)],
    ['many quotes', `"'`.repeat(many / 2)],
    ['many words', 'docker run '.repeat(many / 11)],
    ['many lines', '\\\n'.repeat(many / 2)],
    ['blanks after a backslash', `\\${' '.repeat(many)}x`],
  ])('for %s', (_, text) => {
    inTime(() => read(() => splitWords(text).words));
    inTime(() => {
      splitLines(text);
    });
  });
});
