import { expect, it } from 'vitest';
import { nextLesson } from '../../src/lesson/next-lesson.ts';

const lessons = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

it.each<[string[], string | undefined]>([
  [[], 'a'],
  [['a'], 'b'],
  [['b'], 'a'],
  [['a', 'c'], 'b'],
  [['a', 'b'], 'c'],
  [['a', 'b', 'c'], undefined],
  [['c', 'b', 'a', 'gone'], undefined],
])('when %o are done the next lesson is %s', (done, expected) => {
  expect(nextLesson(lessons, (id) => done.includes(id))?.id).toBe(expected);
});

it('there is no next lesson in an empty course', () => {
  expect(nextLesson([], () => false)).toBeUndefined();
});
