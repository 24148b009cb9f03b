import type { Task } from './lesson.ts';

/** Whether a task can be done in the sandbox. */
export function isForSandbox({ needs, outside }: Task): boolean {
  return needs !== 'nothing' && outside === undefined;
}
