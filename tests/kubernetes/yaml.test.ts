import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../src/kubernetes/objects.ts';
import { toYaml } from '../../src/kubernetes/yaml.ts';

const versions = ['1.1', '1.2'] as const;

function read(text: string, version: (typeof versions)[number]): unknown[] {
  const documents = parseAllDocuments(text, { version, strict: true, uniqueKeys: true });
  if (!Array.isArray(documents)) throw new Error('no documents');
  const slips = documents.flatMap((each) => [...each.errors, ...each.warnings]);
  expect(slips.map(({ message }) => message)).toEqual([]);
  return documents.map((each) => each.toJS());
}

function configMap(data: Record<string, string>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data };
}

/** Texts that one reader or another takes for something else, or that break a careless writer. */
const hostile: readonly string[] = [
  ...[
    '',
    ' ',
    '  ',
    '~',
    'null',
    'Null',
    'NULL',
    'y',
    'Y',
    'n',
    'N',
    'yes',
    'Yes',
    'YES',
    'no',
    'No',
    'NO',
    'on',
    'On',
    'ON',
    'off',
    'OFF',
  ],
  ...[
    'true',
    'True',
    'TRUE',
    'false',
    'False',
    'tRuE',
    '0',
    '-0',
    '+0',
    '1',
    '01',
    '007',
    '0o17',
    '0O17',
    '0x1F',
    '0b101',
    '1_000',
    '1e3',
    '1E3',
  ],
  ...[
    '1.0',
    '1.',
    '.5',
    '-.5',
    '+1',
    '1e',
    '1.e+3',
    '.inf',
    '-.inf',
    '+.INF',
    '.nan',
    '.NaN',
    'NaN',
    'Infinity',
    '-Infinity',
    '190:20:30',
    '1:30',
    '8080:80',
  ],
  ...[
    '2001-12-14',
    '2001-12-14t21:59:43.10-05:00',
    '2001-1-1',
    '12:00',
    '<<',
    '=',
    '!!str x',
    '!tag',
    '&anchor',
    '*alias',
    '*',
    '&',
    '?',
    '? x',
    '- x',
    '-',
  ],
  ...[
    '--',
    '---',
    '...',
    '--- x',
    '%YAML 1.1',
    '%',
    '@x',
    '`x`',
    '|',
    '>',
    '|-',
    '>+',
    "'",
    '"',
    "''",
    '""',
    "it's",
    "'x'",
    '"x"',
    '# x',
    'x # y',
    'x #',
    'x#y',
    '#',
  ],
  ...[
    'a: b',
    'a:b',
    'a:',
    ': a',
    ':',
    'a :b',
    '{',
    '}',
    '{}',
    '[]',
    '[a]',
    '{a: b}',
    'a, b',
    ',',
    'a]',
    '\\',
    '\\n',
    'C:\\data',
    '$(VAR)',
    '$$',
    '{{.Names}}',
  ],
  ...[
    '\n',
    '\n\n',
    'a\n',
    '\na',
    'a\n\n',
    'a\nb',
    'a\nb\n',
    'a\n\nb\n\n\n',
    ' a\nb',
    '  a\n b\nc',
    'a\n  b',
    '\n a\n',
    '\n\n  a',
    'a \nb',
    'a\n \nb',
    'a\n b \n',
    'a\n\tb',
    '\ta\nb',
  ],
  ...[
    'a\tb\nc',
    '\t',
    'a\tb',
    'a\r\nb',
    'a\rb',
    '\r',
    '# a\nb',
    '---\na',
    'a\n---\nb',
    'a\n...\n',
    '- a\n- b',
    'a: b\nc: d\n',
    '|\n',
    '%a\n%b',
    '#!/bin/sh\nset -e\necho "x: $y"\n',
  ],
  ...[
    'grün',
    '日本',
    '🐳',
    'é',
    '\u0000',
    '\u0007',
    '\u001b[31m',
    '\u007f',
    '\u0080',
    '\u0085',
    'a\u0085b',
    '\u00a0',
    '\u2028',
    'a\u2028b',
    '\u2029',
    '\ufeff',
    'a\ufeff',
    '\u200b',
    '\u202e',
    '\ufffd',
    '\u{10ffff}',
    '\u{e0001}',
  ],
  ...[
    '512Mi',
    '500m',
    '1.5Gi',
    '1k',
    '5E',
    '1e5m',
    '12m3',
    '10.0.0.1',
    '1.27',
    'v1.27',
    'nginx:1.27',
    'a=b',
    '/data',
    './data',
    '../x',
    '*.example.com',
    '0.5',
    '1,000',
    '0777',
    '123abc',
    '0xZZ',
    '1m30s',
    'e2',
    'E10',
    'e-3',
    'e_1',
    'e2e',
  ],
  'x'.repeat(2000),
  `${'word '.repeat(500)}end`,
  `${'x'.repeat(300)}\n`.repeat(20),
];

const manyTexts = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(...' \n\t#:-?&*!|>%@`\'"{}[],~=<\\/.+_0123456789abcdefinyoxNETF\r\u0085\u2028é'),
  }),
  fc
    .array(fc.constantFrom('', ' ', 'a', '  a', 'a ', '# a', '- a', 'a: b', '\ta', '---', '...'), {
      maxLength: 6,
    })
    .map((lines) => lines.join('\n')),
);

describe('a text in YAML', () => {
  it.each(versions)('is read again as it was by a reader of YAML %s, however hostile', (version) => {
    for (const text of hostile) {
      const object = configMap({ key: text, [text]: 'value' });
      expect(read(toYaml([object]), version), JSON.stringify(text)).toEqual([object]);
      const list = {
        ...object,
        data: undefined,
        spec: { containers: [{ args: [text, [text, [text]], { [text]: [text] }] }] },
      };
      expect(read(toYaml([list as unknown as KubernetesObject]), version), JSON.stringify(text)).toEqual([
        JSON.parse(JSON.stringify(list)),
      ]);
    }
  });

  it.each(versions)('is read again as it was by a reader of YAML %s, whatever it is', (version) => {
    fc.assert(
      fc.property(fc.dictionary(manyTexts, manyTexts), (data) => {
        const object = configMap({ ...data });
        expect(read(toYaml([object]), version)).toEqual([object]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, string]>([
    ['nginx', 'nginx'],
    ['nginx:1.27', 'nginx:1.27'],
    ['512Mi', '512Mi'],
    ['500m', '500m'],
    ['/var/lib/data', '/var/lib/data'],
    ['two words', 'two words'],
    ['grün', 'grün'],
    ['yes', '"yes"'],
    ['On', '"On"'],
    ['y', '"y"'],
    ['8080', '"8080"'],
    ['1.27', '"1.27"'],
    ['0o17', '"0o17"'],
    ['2026-11-20', '"2026-11-20"'],
    ['~', '"~"'],
    ['', '""'],
    ['*.example.com', '"*.example.com"'],
    ['a: b', '"a: b"'],
    ['a # b', '"a # b"'],
    ['say "hi"', 'say "hi"'],
    ['"hi"', '"\\"hi\\""'],
    ['\u001b[31m', '"\\x1B[31m"'],
    ['\u202eabc', '"\\u202Eabc"'],
    ['half \ud83d', '"half \\uFFFD"'],
    ['one\ntwo\n', '|\n    one\n    two'],
    ['one\ntwo', '|-\n    one\n    two'],
    ['one\n\ntwo\n\n', '|+\n    one\n\n    two\n'],
    ['  one\ntwo\n', '|2\n      one\n    two'],
    ['one \ntwo', '"one \\ntwo"'],
  ])('%o is written as %s', (text, expected) => {
    expect(toYaml([configMap({ key: text })])).toBe(
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  key: ${expected}\n`,
    );
  });
});

describe('a long text in YAML', () => {
  it.each<[string, string]>([
    ['of line ends', `a${'\n'.repeat(200_000)}b`],
    ['of blanks', `a${' '.repeat(200_000)}b`],
    ['of lines of blanks', ' \n'.repeat(100_000)],
    ['of colons', ': '.repeat(100_000)],
    ['of digits', '1'.repeat(200_000)],
    ['of marks', '# - ? '.repeat(50_000)],
  ])('%s is written in time', (_what, text) => {
    const started = performance.now();
    const written = toYaml([configMap({ key: text })]);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(read(written, '1.2')).toEqual([configMap({ key: text })]);
  });
});

describe('any value in YAML', () => {
  it.each(versions)('is read again as it was by a reader of YAML %s', (version) => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        manyTexts,
        fc.boolean(),
        fc.constant(null),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('value'), { maxLength: 5 }),
      map: fc.dictionary(manyTexts, tie('value'), { maxKeys: 5 }),
    }));
    fc.assert(
      fc.property(value, (spec) => {
        const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec };
        expect(read(toYaml([object as unknown as KubernetesObject]), version)).toEqual([
          JSON.parse(JSON.stringify(object)),
        ]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('objects in YAML', () => {
  it('stand one after the other, parted by ---, with what they are first', () => {
    const objects: KubernetesObject[] = [
      { metadata: { labels: { app: 'web' }, name: 'web' }, kind: 'Namespace', apiVersion: 'v1' },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web', labels: {} },
        spec: {
          containers: [
            {
              image: 'nginx:1.27',
              name: 'web',
              args: ['-g', 'daemon off;'],
              env: [{ name: 'DEBUG', value: 'true' }],
            },
          ],
          volumes: [{ name: 'cache', emptyDir: {} }],
        },
      },
    ];
    expect(toYaml(objects)).toBe(`apiVersion: v1
kind: Namespace
metadata:
  name: web
  labels:
    app: web
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {}
spec:
  containers:
  - name: web
    image: nginx:1.27
    args:
    - "-g"
    - daemon off;
    env:
    - name: DEBUG
      value: "true"
  volumes:
  - name: cache
    emptyDir: {}
`);
    expect(read(toYaml(objects), '1.1')).toEqual(objects);
  });

  it('that are none are an empty text', () => {
    expect(toYaml([])).toBe('');
  });

  it('leave out what is undefined', () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: undefined } };
    expect(toYaml([namespace as unknown as KubernetesObject])).toBe(
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
    );
  });
});
