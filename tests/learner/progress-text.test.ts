import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noProgress, type Progress } from '../../src/learner/progress.ts';
import {
  NewerProgress,
  readProgress,
  UnreadableProgress,
  writeProgress,
} from '../../src/learner/progress-text.ts';
import { answerOf, anyProgress } from '../fixtures/progress.ts';

const at = '2026-01-01T00:00:00.000Z';
const answer = answerOf('pods.one');

describe('a record that is written', () => {
  it('is JSON with one lesson and one answer a line', () => {
    const text = writeProgress({
      version: 1,
      lessons: { pods: { step: 'inside.1', at, done: at }, storage: { step: 'claim.2', at } },
      answers: [
        answer,
        answerOf('pods.two', 1, { given: ['b', 'c'], right: false, revealed: ['docker-is-dead'] }),
      ],
    });
    expect(text.split('\n')).toEqual([
      '{',
      '  "version": 1,',
      '  "lessons": {',
      '    "pods": {"step":"inside.1","at":"2026-01-01T00:00:00.000Z","done":"2026-01-01T00:00:00.000Z"},',
      '    "storage": {"step":"claim.2","at":"2026-01-01T00:00:00.000Z"}',
      '  },',
      '  "answers": [',
      '    {"item":"pods.one","at":"2026-01-01T00:00:00.000Z","given":["a"],"right":true,"revealed":[]},',
      '    {"item":"pods.two","at":"2026-01-01T00:00:00.001Z","given":["b","c"],"right":false,"revealed":["docker-is-dead"]}',
      '  ]',
      '}',
      '',
    ]);
  });

  it('is short when there is nothing to remember', () => {
    expect(writeProgress(noProgress)).toBe('{\n  "version": 1,\n  "lessons": {},\n  "answers": []\n}\n');
  });

  it('reads back as it was', () => {
    fc.assert(
      fc.property(anyProgress, (progress) => {
        const text = writeProgress(progress);
        expect(readProgress(text)).toEqual(progress);
        expect(writeProgress(readProgress(text))).toBe(text);
      }),
    );
  });

  it('keeps the fields this program does not know, at every height', () => {
    const others = fc.dictionary(
      fc.string().filter((key) => !['version', 'lessons', 'answers', '__proto__'].includes(key)),
      fc.jsonValue({ noUnicodeString: false }),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(others, fc.jsonValue(), (unknown, value) => {
        const progress = {
          ...unknown,
          version: 1,
          lessons: { pods: { step: 'inside.1', at, note: value } },
          answers: [{ ...answer, note: value }],
        };
        const once = JSON.parse(JSON.stringify(progress)) as Progress;
        expect(readProgress(writeProgress(once))).toEqual(once);
      }),
    );
  });
});

describe('a text that is read', () => {
  const valid = { version: 1, lessons: { pods: { step: 'inside.1', at } }, answers: [answer] };

  it('may be laid out in another way', () => {
    expect(readProgress(JSON.stringify(valid, null, 8).replaceAll('\n', '\r\n'))).toEqual(valid);
  });

  it('may begin with a byte order mark', () => {
    expect(readProgress(`\uFEFF${JSON.stringify(valid)}`)).toEqual(valid);
  });

  it.each([
    ['2', '2'],
    ['1.5', '1.5'],
    ['1e999', 'Infinity'],
  ])('of version %s is left to a newer program, whatever it holds', (version, shown) => {
    expect(() => readProgress(`{"version":${version},"lessons":"elsewhere"}`)).toThrow(NewerProgress);
    expect(() => readProgress(`{"version":${version}}`)).toThrow(`it is of version ${shown}`);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n'],
    ['half of a record', JSON.stringify(valid).slice(0, 40)],
    ['a record and more', `${JSON.stringify(valid)}}`],
    ['zero bytes, as a crash of the machine leaves them', '\0'.repeat(100)],
  ])('is refused when it is %s, in the words of JSON.parse', (_what, text) => {
    expect(() => readProgress(text)).toThrow(UnreadableProgress);
    expect(() => readProgress(text)).toThrow(/JSON/);
  });

  it.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"version"'],
    ['an empty object', '{}'],
    ['a record whose version is a text', JSON.stringify({ ...valid, version: '1' })],
    ['a record whose version is null', JSON.stringify({ ...valid, version: null })],
  ])('is refused when it is %s: it has no version', (_what, text) => {
    expect(() => readProgress(text)).toThrow(UnreadableProgress);
    expect(() => readProgress(text)).toThrow('it has no version');
  });

  it.each([0, -1, 0.5])('is refused when its version is %d: there never was one', (version) => {
    expect(() => readProgress(JSON.stringify({ ...valid, version }))).toThrow(UnreadableProgress);
    expect(() => readProgress(JSON.stringify({ ...valid, version }))).toThrow(
      `there never was a version ${version}`,
    );
  });

  it.each<[string, unknown]>([
    ['missing', undefined],
    ['a list', []],
    ['null', null],
    ['of a text', { pods: 'inside.1' }],
    ['of null', { pods: null }],
    ['without a step', { pods: { at } }],
    ['of a step that is a number', { pods: { step: 1, at } }],
    ['without a time', { pods: { step: 'inside.1' } }],
    ['of a time that is none', { pods: { step: 'inside.1', at: '2026-13-01T00:00:00.000Z' } }],
    ['of a time that is a number', { pods: { step: 'inside.1', at: 1767225600000 } }],
    ['of a time in another zone', { pods: { step: 'inside.1', at: '2026-01-01T00:00:00.000+02:00' } }],
    ['of a time without milliseconds', { pods: { step: 'inside.1', at: '2026-01-01T00:00:00Z' } }],
    ['of a day', { pods: { step: 'inside.1', at: '2026-01-01' } }],
    ['done on a day', { pods: { step: 'inside.1', at, done: '2026-01-01' } }],
    ['done with a yes', { pods: { step: 'inside.1', at, done: true } }],
    ['good but for one', { pods: { step: 'inside.1', at }, storage: {} }],
  ])('is refused when its lessons are %s', (_what, lessons) => {
    const text = JSON.stringify({ ...valid, lessons });
    expect(() => readProgress(text)).toThrow(UnreadableProgress);
    expect(() => readProgress(text)).toThrow('its lessons are not what they should be');
  });

  it.each<[string, unknown]>([
    ['missing', undefined],
    ['an object', {}],
    ['of a text', ['pods.one']],
    ['of null', [null]],
    ['without an item', [{ ...answer, item: undefined }]],
    ['without a time', [{ ...answer, at: undefined }]],
    ['of a time that is none', [{ ...answer, at: 'yesterday' }]],
    ['given as a text', [{ ...answer, given: 'a' }]],
    ['given as numbers', [{ ...answer, given: [1] }]],
    ['right as a text', [{ ...answer, right: 'yes' }]],
    ['without what they reveal', [{ ...answer, revealed: undefined }]],
    ['revealing null', [{ ...answer, revealed: [null] }]],
    ['good but for the last', [answer, {}]],
  ])('is refused when its answers are %s', (_what, answers) => {
    const text = JSON.stringify({ ...valid, answers });
    expect(() => readProgress(text)).toThrow(UnreadableProgress);
    expect(() => readProgress(text)).toThrow('its answers are not what they should be');
  });

  it('is unreadable or newer or a record, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          expect(writeProgress(readProgress(text))).toContain('"version": 1');
        } catch (error) {
          expect(error instanceof UnreadableProgress || error instanceof NewerProgress).toBe(true);
        }
      }),
    );
  });
});
