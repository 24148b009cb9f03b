import { expect, it } from 'vitest';
import { goJsonComplaint } from '../../../src/sandbox/go/go-json-complaint.ts';

// What kubectl 1.36.3 and a server of Kubernetes 1.36.3 said of each text, given to `kubectl patch`.
it.each([
  ['{', 'unexpected end of JSON input'],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{a}', "invalid character 'a' looking for beginning of object key string"],
  ['{"a":1', 'unexpected end of JSON input'],
  ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
  ['{"a":1}}', "invalid character '}' after top-level value"],
  ['{"a":"x', 'unexpected end of JSON input'],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
  ['{"a":[1 2]}', "invalid character '2' after array element"],
  ['{"a":[1,]}', "invalid character ']' looking for beginning of value"],
  ['{"a":01}', "invalid character '1' after object key:value pair"],
  ['{"a":-}', "invalid character '}' in numeric literal"],
  ['{"a":1.}', "invalid character '}' after decimal point in numeric literal"],
  ['{"a":1e}', "invalid character '}' in exponent of numeric literal"],
  ['{"a":"\\x"}', "invalid character 'x' in string escape code"],
  ['{"a":"\\u12g"}', "invalid character 'g' in \\u hexadecimal character escape"],
  ["{'a'}", "invalid character '\\'' looking for beginning of object key string"],
  ['{"a":&}', "invalid character '&' looking for beginning of value"],
  ['{"a":nul', "invalid character ' ' in literal null (expecting 'l')"],
  ['{"a":fulse}', "invalid character 'u' in literal false (expecting 'a')"],
  ['{"a":1e+5x}', "invalid character 'x' after object key:value pair"],
  ['{"a":"b\tc"}', "invalid character '\\t' in string literal"],
  ['{"a":@}', "invalid character '@' looking for beginning of value"],
  ['{"a":é}', "invalid character 'Ã' looking for beginning of value"],
])('%s: %s', (text, complaint) => {
  expect(goJsonComplaint(text)).toBe(complaint);
});

it.each(['{}', '[]', '[ ]', ' {"a": [1, -2.5e+3, 0, "\\u00e9\\n", true, false, null]} ', '"x"', '[[],{}]'])(
  'finds nothing in %s',
  (text) => {
    expect(goJsonComplaint(text)).toBeUndefined();
  },
);
