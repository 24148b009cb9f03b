import { expect, it } from 'vitest';
import { nextLesson } from '../../src/lesson/next-lesson.ts';

const lessons = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

/** `b` was begun, `b!` finished; each an hour after the one before. */
function visits(of: readonly string[]): Record<string, { at: string; done?: string }> {
  return Object.fromEntries(
    of.map((each, hour) => {
      const at = `2026-06-01T0${hour}:00:00.000Z`;
      return [each.replace('!', ''), { at, ...(each.endsWith('!') ? { done: at } : {}) }];
    }),
  );
}

it.each<[string, string[], string | undefined]>([
  ['nothing was begun', [], 'a'],
  ['the first is done', ['a!'], 'b'],
  ['only a later one is done', ['b!'], 'c'],
  ['only the last one is done', ['c!'], 'a'],
  ['one in the middle is left out', ['a!', 'c!'], 'b'],
  ['they have jumped into the middle', ['b'], 'b'],
  ['two are begun, the earlier one last', ['c', 'a'], 'a'],
  ['two are begun, the later one last', ['a', 'c'], 'c'],
  ['one is begun, and another was finished since', ['a', 'b!'], 'c'],
  ['one is begun, and the last was finished since', ['a', 'c!'], 'a'],
  ['all are done', ['a!', 'b!', 'c!'], undefined],
  ['all are done, and one of an older course too', ['gone!', 'c!', 'b!', 'a!'], undefined],
  ['a lesson that is no more was visited last', ['a!', 'gone'], 'b'],
])('when %s, they go on where they expect to', (_, of, expected) => {
  expect(nextLesson(lessons, visits(of))?.id).toBe(expected);
});

it('there is no next lesson in an empty course', () => {
  expect(nextLesson([], {})).toBeUndefined();
});
