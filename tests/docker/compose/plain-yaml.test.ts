import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainYaml } from '../../../src/docker/compose/plain-yaml.ts';
import { readComposeYaml } from '../../../src/docker/compose/read-yaml.ts';
import { ComposeRefusal } from '../../../src/docker/compose/refusal.ts';
import type { Tree } from '../../../src/docker/compose/tree.ts';
import { corpusTexts } from '../../fixtures/compose/corpus.ts';

/** Values and places, in a form that can be compared. */
function shown(tree: Tree): unknown {
  const at = `${tree.place.line}:${tree.place.column}`;
  if (tree.kind === 'leaf') return [typeof tree.value === 'bigint' ? `${tree.value}n` : tree.value, at];
  if (tree.kind === 'list') return { at, items: tree.items.map(shown) };
  return {
    at,
    entries: [...tree.entries].map(([key, { place, value }]) => [
      key,
      `${place.line}:${place.column}`,
      shown(value),
    ]),
  };
}

function read(text: string, quickly: boolean): unknown {
  try {
    return readComposeYaml(text, 'x', quickly).map(({ root }) => shown(root));
  } catch (error) {
    if (error instanceof ComposeRefusal) return `refused: ${error.message}`;
    throw error;
  }
}

function expectSame(text: string): void {
  expect(read(text, true), text).toEqual(read(text, false));
}

describe('the quick reader of YAML', () => {
  it('reads most of the corpus, and as the whole reader does', () => {
    const plain = corpusTexts.filter((text) => readPlainYaml(text, 'x', 100_000) !== undefined);
    expect(plain.length).toBeGreaterThan(corpusTexts.length * 0.6);
    for (const text of corpusTexts) expectSame(text);
  });

  it('says the same of any text, or nothing', () => {
    const pieces = fc.constantFrom(
      ...[
        'a: ',
        'b:',
        ' b: c',
        '- ',
        '- x',
        '  - y: 1',
        '\n',
        '\n  ',
        '\n    ',
        '\n- ',
        '[1, 2]',
        '{a: 1, b: }',
        '"q"',
        "'it''s'",
        ' # c',
        '#c',
        ': ',
        '|',
        '|-',
        '>',
        '&a',
        '*a',
        '!x',
        '? ',
        '<<: ',
        '~',
        '1.10',
        'yes',
        'x:y',
        'http://h:1/p',
        ',',
        ']',
        '}',
        '"',
        "'",
        '-',
        '--x',
        '\\',
        '$',
        '0o7',
        '\t',
        'key: value',
        '---',
        '{',
        '[',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => expectSame(parts.join(''))),
      { numRuns: 5000 },
    );
  });

  it('says the same of a file of the corpus that something happened to', () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(6),
      put: fc.constantFrom(
        '',
        ' ',
        '\n',
        '  ',
        ':',
        '"',
        "'",
        '#',
        '- ',
        '[',
        '}',
        ',',
        '|',
        '&a ',
        'x: ',
        '\n\n',
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...corpusTexts),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (text, changes) => {
          const changed = changes.reduce((now, { at, cut, put }) => {
            const place = Math.floor(at * now.length);
            return now.slice(0, place) + put + now.slice(place + cut);
          }, text);
          expectSame(changed);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
