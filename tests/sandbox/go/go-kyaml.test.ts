import { expect, it } from 'vitest';
import { goKyaml } from '../../../src/sandbox/go/go-kyaml.ts';

// The texts are those of sigs.k8s.io/yaml/kyaml v1.6.0, as `kubectl create configmap … -o kyaml` prints them.
it.each<readonly [value: unknown, expected: string]>([
  [
    { a: 1, b: true, c: null, d: 'x', e: {}, g: [] },
    '{\n  a: 1,\n  b: true,\n  c: null,\n  d: "x",\n  e: {},\n  g: [],\n}',
  ],
  [{ a: ['b', 2] }, '{\n  a: [\n    "b",\n    2,\n  ],\n}'],
  [{ a: [{ b: 1 }, { c: 2 }] }, '{\n  a: [{\n    b: 1,\n  }, {\n    c: 2,\n  }],\n}'],
  [
    { yes: 1, '80': 2, 'a b': 3, 'a.b/c-d': 4, '-a': 5, '': 6 },
    '{\n  "80": 2,\n  "yes": 1,\n  "a b": 3,\n  a.b/c-d: 4,\n  "-a": 5,\n  "": 6,\n}',
  ],
  ['one\ntwo\n', '"\\\n   one\\n\\\n   two\\n\\\n  "'],
  ['one\n\n  two', '"\\\n   one\\n\\\n   \\n\\\n  \\  two\\\n  "'],
  [
    'a "b" \\ \u0007 \u00a0 \u0001 \ud83d\ude00 \ue000',
    '"a \\"b\\" \\\\ \\a \\_ \\x01 \ud83d\ude00 \\ue000"',
  ],
  ['a\tb', '"a\tb"'],
])('%j', (value, expected) => {
  expect(goKyaml(value)).toBe(`---\n${expected}\n`);
});
