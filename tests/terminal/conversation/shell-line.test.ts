import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../src/docker/words.ts';
import { breakBeforeOptions, shellLine, shellWords } from '../../../src/terminal/conversation/shell-line.ts';

const hasBash = process.platform !== 'win32' && spawnSync('bash', ['-c', 'true']).status === 0;

/** What a real shell makes of lines: the words of each. */
function readByShell(shell: string, lines: readonly string[]): string[][] {
  const script = lines.map((line) => `show ${line}`).join('\n');
  // Between words and lines stand characters that no argument can hold and that no test gives.
  const show = "show() { for word do printf '%s\\001' \"$word\"; done; printf '\\002'; }\n";
  const printed = execFileSync(shell, ['-c', `${show}${script}`], {
    encoding: 'utf8',
    // A bash that hears from a socket takes itself for a remote shell and reads .bashrc.
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
  });
  return printed
    .split('\x02')
    .slice(0, -1)
    .map((words) => words.split('\x01').slice(0, -1));
}

describe('words as a line', () => {
  it.each<[readonly string[], string]>([
    [['kubectl', 'get', 'pods'], 'kubectl get pods'],
    [['echo', 'a b'], "echo 'a b'"],
    [['echo', ''], "echo ''"],
    [['echo', "it's"], "echo 'it'\\''s'"],
    [['-o', 'jsonpath={.status}'], "-o 'jsonpath={.status}'"],
    [['--image=nginx:1.27', 'a=b', '/x', '@y'], '--image=nginx:1.27 a=b /x @y'],
    [['*'], "'*'"],
    [['~'], "'~'"],
    [['a;b', 'c|d', 'e&f', 'g>h', '#i'], "'a;b' 'c|d' 'e&f' 'g>h' '#i'"],
    [['--env=HOME=$HOME'], '"--env=HOME=$HOME"'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are the shell's
    [['$PWD/x', '${TAG}'], '"$PWD/x" "${TAG}"'],
    [['$(date)', '$A $B', 'a`b`'], "'$(date)' '$A $B' 'a`b`'"],
    [['a\nb'], "$'a\\nb'"],
    [['\x1b[31m'], "$'\\033[31m'"],
    [['tab\t\r'], "$'tab\\t\\r'"],
    [['\x07\x30'], "$'\\0070'"],
    [["it's\n\\n"], "$'it\\'s\\n\\\\n'"],
    [['\u202e\u009b'], "$'\\u202e\\u009b'"],
    [[], ''],
  ])('%j is written %s', (argv, line) => {
    expect(shellLine(argv)).toBe(line);
  });

  it('never holds a character that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (argv) => {
        expect(shellLine(argv)).not.toMatch(
          /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });
});

const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'kubectl',
        'get',
        '--selector=a=b',
        '-o',
        '--',
        '-it',
        'a b',
        "it's",
        '',
        '\n',
        '\x1b[1m',
        '\\',
        '"',
        '*',
        '漢字',
      ),
      fc.string({ maxLength: 30 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((argv) =>
    argv
      // What the two separators are, what no argument can hold, and what is open to the shell on purpose.
      .map((word) => word.replace(/[\x00\x01\x02$\ud800-\udfff]/g, 'x')),
  );

describe.skipIf(!hasBash)('a real shell (skipped where there is no bash)', () => {
  const samples = fc.sample(fc.tuple(words, fc.integer({ min: 1, max: 100 })), { numRuns: 1500, seed: 5 });

  it('reads a line back as the same words', () => {
    expect(
      readByShell(
        'bash',
        samples.map(([argv]) => shellLine(argv)),
      ),
    ).toEqual(samples.map(([argv]) => argv));
  });

  it('reads a broken line back as the same words', () => {
    const lines = samples.map(([argv, width]) => breakBeforeOptions(shellWords(argv), width).join('\n'));
    expect(readByShell('bash', lines)).toEqual(samples.map(([argv]) => argv));
  });

  it('of POSIX reads it back too, where there is nothing that moves the cursor', () => {
    const plain = samples.filter(([argv]) => argv.every((word) => /^[\x20-\x7e]*$/.test(word)));
    const lines = plain.map(([argv, width]) => breakBeforeOptions(shellWords(argv), width).join('\n'));
    expect(plain.length).toBeGreaterThan(100);
    expect(readByShell('sh', lines)).toEqual(plain.map(([argv]) => argv));
  });
});

describe('a long command', () => {
  const argv = [
    'kubectl',
    'get',
    'pods',
    '--selector=tier=web',
    '-o',
    'name',
    '--no-headers',
    '--',
    'sh',
    '-c',
    'ls -l',
  ];

  it.each([
    [200, ["kubectl get pods --selector=tier=web -o name --no-headers -- sh -c 'ls -l'"]],
    [60, ['kubectl get pods --selector=tier=web -o name --no-headers \\', "  -- sh -c 'ls -l'"]],
    [40, ['kubectl get pods --selector=tier=web \\', '  -o name --no-headers \\', "  -- sh -c 'ls -l'"]],
    [
      20,
      [
        'kubectl get pods \\',
        '  --selector=tier=web \\',
        '  -o name \\',
        '  --no-headers \\',
        "  -- sh -c 'ls -l'",
      ],
    ],
    [
      1,
      [
        'kubectl \\',
        '  get \\',
        '  pods \\',
        '  --selector=tier=web \\',
        '  -o \\',
        '  name \\',
        '  --no-headers \\',
        '  -- \\',
        '  sh \\',
        '  -c \\',
        "  'ls -l'",
      ],
    ],
  ])('goes on before options, at %i columns', (width, lines) => {
    expect(breakBeforeOptions(shellWords(argv), width)).toEqual(lines);
  });

  it('is never wider than it has to be, and loses no word', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 120 }), (given, width) => {
        const written = shellWords(given);
        const lines = breakBeforeOptions(written, width);
        for (const line of lines) {
          const [only, ...others] = splitWords(line.replace(/ \\$/, '')).words;
          if (line.length > width)
            expect(only === undefined || others.length === 0 || /['"]/.test(line)).toBe(true);
        }
        expect(lines.map((line) => line.replace(/^ {2}/, '').replace(/ \\$/, '')).join(' ')).toBe(
          written.join(' '),
        );
      }),
    );
  });
});
