import { describe, expect, it } from 'vitest';
import { isForSandbox } from '../../src/lesson/for-sandbox.ts';
import type { Task } from '../../src/lesson/lesson.ts';

describe('a task', () => {
  it.each<[Pick<Task, 'needs' | 'outside'>, boolean]>([
    [{ needs: 'cluster' }, true],
    [{ needs: 'docker' }, true],
    [{ needs: 'nothing' }, false],
    [{ needs: 'cluster', outside: 'It takes a registry of your own.' }, false],
  ])('with %j can be done in the sandbox: %s', (task, is) => {
    expect(isForSandbox(task as Task)).toBe(is);
  });
});
