import { expect, it } from 'vitest';
import { CommandFailure } from '../../../../src/sandbox/kubectl/failures.ts';
import { readManifests } from '../../../../src/sandbox/kubectl/manifests/manifest-yaml.ts';

// What kubectl 1.36.3 said of each text.

it.each([
  ['a: {b: c\n', "line 1: did not find expected ',' or '}'"],
  ['a: [b, c\n', "line 1: did not find expected ',' or ']'"],
  ['a: [b', "line 1: did not find expected ',' or ']'"],
  ['a: [b}\n', "did not find expected ',' or ']'"],
  ['a:\n  b: c\n d: e\n', 'line 2: did not find expected key'],
  ['a:\n  - b\n  c: d\n', "line 2: did not find expected '-' indicator"],
  ['- a\nb: c\n', "line 1: did not find expected '-' indicator"],
  ['s:\n  c:\n  - n: w\n   i: x\n', 'line 3: did not find expected key'],
  ['s:\n  c:\n    - n: w\n     i: x\n', "line 3: did not find expected '-' indicator"],
  ['s:\n  c:\n    - n: w\n        i: x\n', 'line 4: mapping values are not allowed in this context'],
  ['a:\n\tb: c\n', 'line 2: found character that cannot start any token'],
  ['a: @b\n', 'found character that cannot start any token'],
  ['a: b: c\n', 'mapping values are not allowed in this context'],
  ['a: b\n  c: d\n', 'line 2: mapping values are not allowed in this context'],
  ['a\nb: c\n', 'line 2: mapping values are not allowed in this context'],
  ['a: "b\n', 'line 2: found unexpected end of stream'],
  ['a: b\nc\n', "line 3: could not find expected ':'"],
  ['a: |\n b\n  c\nd\n', "line 5: could not find expected ':'"],
  ['a: - b\n', 'block sequence entries are not allowed in this context'],
  ['a: "b" c\n', 'did not find expected key'],
  ['a: b #c\n}\n', 'line 1: did not find expected key'],
  ['a: *x\n', "unknown anchor 'x' referenced"],
])('%j is told as kubectl tells it', (text, why) => {
  expect(() => readManifests(text, 'web.yaml')).toThrow(
    new CommandFailure(`error parsing web.yaml: error converting YAML to JSON: yaml: ${why}`),
  );
});
