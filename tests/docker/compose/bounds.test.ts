import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ComposeInput, loadCompose } from '../../../src/docker/compose/load.ts';
import { ComposeRefusal } from '../../../src/docker/compose/refusal.ts';
import { corpusInput, corpusTexts, projects } from '../../fixtures/compose/corpus.ts';

/** How it ended, and how long it took in milliseconds of processor time. */
function load(text: string, input: Partial<ComposeInput> = {}): { refusal?: string; spent: number } {
  const before = process.cpuUsage();
  const spent = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  try {
    loadCompose({ files: [{ path: '/p/compose.yaml', text }], directory: '/p', ...input });
    return { spent: spent() };
  } catch (error) {
    if (error instanceof ComposeRefusal) return { refusal: error.message, spent: spent() };
    throw error;
  }
}

const service = 'services:\n  a: {image: x}\n';
const bomb = Array.from(
  { length: 12 },
  (_, at) =>
    `x-${at}: &a${at} [${Array(10)
      .fill(at === 0 ? 'lol' : `*a${at - 1}`)
      .join(', ')}]`,
).join('\n');
const maps = Array.from(
  { length: 12 },
  (_, at) =>
    `x-${at}: &a${at} {${Array.from({ length: 10 }, (_each, key) => `k${key}: ${at === 0 ? 'lol' : `*a${at - 1}`}`).join(', ')}}`,
).join('\n');

const hostile: [name: string, text: () => string, refusal?: RegExp][] = [
  ['aliases that multiply', () => `${bomb}\n${service}`, /anchors and aliases/],
  ['aliases of mappings that multiply', () => `${maps}\n${service}`, /anchors and aliases/],
  [
    '10 MB of services',
    () => `services:\n${Array.from({ length: 400_000 }, (_, at) => `  s${at}: {image: x}\n`).join('')}`,
    /too large/,
  ],
  ['10 MB on one line', () => `services: {a: {image: "${'x'.repeat(10_000_000)}"}}`, /too large/],
  [
    'more values than compose reads',
    () => `${service}x-list: [${'1, '.repeat(150_000)}1]`,
    /more than 100000 values/,
  ],
  ['brackets that are never closed', () => `x-a: ${'['.repeat(100_000)}`, /not YAML|deep/],
  ['braces that are never closed', () => `x-a: ${'{a: '.repeat(50_000)}`, /not YAML|deep/],
  ['a deep list', () => `${service}x-a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, /deep/],
  [
    'a deep block',
    () => `${service}x-a:\n${Array.from({ length: 1500 }, (_, at) => `${' '.repeat(at + 1)}a:\n`).join('')}`,
  ],
  ['a list in a list in a list', () => `${service}x-a: ${'- '.repeat(20_000)}`],
  ['one key many times', () => `${service}${'x-a: 1\n'.repeat(50_000)}`, /already given/],
  ['many keys', () => `${service}${Array.from({ length: 40_000 }, (_, at) => `x-${at}: 1\n`).join('')}`],
  ['many documents', () => `${service}---\n`.repeat(5000), /more than 100 documents/],
  [
    'many variables',
    () => `services: {a: {image: "${'${X:-'.repeat(1000)}${'}'.repeat(1000)}"}}`,
    /nested|needed|no variable/,
  ],
  [
    'a long chain of extends',
    () =>
      `services:\n  s0: {image: x}\n${Array.from(
        { length: 3000 },
        (_, at) => `  s${at + 1}: {extends: s${at}}\n`,
      )
        .reverse()
        .join('')}`,
    /in a row/,
  ],
  [
    'extends that copy too much',
    () =>
      `services:\n  base:\n    image: x\n    cap_add: [${Array.from({ length: 5000 }, (_, at) => `C${at}`).join(', ')}]\n${Array.from({ length: 2000 }, (_, at) => `  s${at}: {extends: base}\n`).join('')}`,
    /extend each other to too much/,
  ],
  [
    'a long chain of dependencies',
    () =>
      `services:\n${Array.from({ length: 8000 }, (_, at) => `  s${at}: {image: x, depends_on: [s${at + 1}]}\n`).join('')}  s8000: {image: x}\n`,
  ],
  ['many ports', () => `services: {a: {image: x, ports: ["1-65535:1-65535"]}}`],
  ['quotes that are never closed', () => `services: {a: {image: "${'x\n'.repeat(100_000)}`, /not YAML/],
  ['colons', () => `x-a: ${':'.repeat(200_000)}\n${service}`],
  ['spaces', () => `${service}${' '.repeat(2_000_000)}`],
  ['blank lines', () => `${service}${'\n'.repeat(2_000_000)}`],
];

describe('a file that means harm', () => {
  it.each(hostile)('%s is answered or refused in time', (_name, text, refusal) => {
    const ended = load(text());
    if (refusal) expect(ended.refusal).toMatch(refusal);
    // A busy machine is slow; what must not be is minutes.
    expect(ended.spent).toBeLessThan(8000);
  });

  it('that includes itself by two is refused', () => {
    const readFile = (path: string): string => {
      const depth = Number(/(\d+)\.yaml$/.exec(path)?.[1] ?? 0);
      return depth > 28 ? service : `include: [${depth + 1}.yaml, ${depth + 1}.yaml]\n`;
    };
    expect(load('include: [1.yaml, 1.yaml]\n', { readFile }).refusal).toMatch(/too many files/);
  });
});

describe('any file', () => {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(12),
    put: fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        '\n',
        '  ',
        ':',
        '"',
        '#',
        '- ',
        '[',
        '}',
        '{',
        ',',
        '&a ',
        '*a',
        '!reset ',
        '!override ',
        '<<: ',
        'null',
        '~',
        '5',
        'true',
        '${X',
        '$',
        '__proto__: ',
        'constructor',
      ),
      fc.string({ maxLength: 4 }),
    ),
  });

  function answered(input: ComposeInput): void {
    try {
      loadCompose(input);
    } catch (error) {
      if (!(error instanceof ComposeRefusal)) throw error;
      expect(error.message).not.toBe('');
      expect(error.hint).toMatch(/\.$|\?$/);
      expect(error.line).toBeGreaterThan(0);
      expect(error.column).toBeGreaterThan(0);
    }
  }

  it('is a project or a refusal, whatever was changed in it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...projects),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (name, changes) => {
          const input = corpusInput(name);
          const files = input.files.map(({ path, text }) => ({
            path,
            text: changes.reduce((now, { at, cut, put }) => {
              const place = Math.floor(at * now.length);
              return now.slice(0, place) + put + now.slice(place + cut);
            }, text),
          }));
          answered({ ...input, files });
        },
      ),
      { numRuns: 600 },
    );
  });

  it('is a project or a refusal, whatever it is put together of', () => {
    const keys = fc.constantFrom(
      'services',
      'web',
      'image',
      'ports',
      'volumes',
      'networks',
      'deploy',
      'resources',
      'build',
      'extends',
      'include',
      'environment',
      'depends_on',
      'configs',
      'secrets',
      'labels',
      'healthcheck',
      'test',
      'ulimits',
      'x-a',
      '__proto__',
      'name',
      'models',
      'gpus',
      'devices',
      'tmpfs',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('a', '80:80', 'a:/b', '', null, 5, true, '1s', '1g', '$A', -1, 1.5),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(
        tree,
        fc.dictionary(keys, tree),
        fc.constantFrom(...corpusTexts),
        (service_, top, other) => {
          const text = JSON.stringify({ services: { web: service_ }, ...top });
          answered({ files: [{ path: '/p/compose.yaml', text }], directory: '/p' });
          answered({
            files: [
              { path: '/p/a.yaml', text: other },
              { path: '/p/compose.yaml', text },
            ],
            directory: '/p',
          });
        },
      ),
      { numRuns: 400 },
    );
  });
});
