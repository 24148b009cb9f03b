import { describe, expect, it } from 'vitest';
import { WorkQueue } from '../../src/sandbox/work-queue.ts';

function emptied(queue: WorkQueue<string>): readonly string[] {
  const found: string[] = [];
  for (let next = queue.shift(); next; next = queue.shift()) found.push(`${next.worker} ${next.key}`);
  return found;
}

describe('A queue of work', () => {
  it('gives what was asked for first, and each only once', () => {
    const queue = new WorkQueue<string>();
    for (const key of ['web', 'api', 'web']) queue.push('scheduler', key);
    queue.push('kubelet', 'web');
    expect(queue.size).toBe(3);
    expect(emptied(queue)).toEqual(['scheduler web', 'scheduler api', 'kubelet web']);
    expect(queue.size).toBe(0);
  });

  it('takes again what is being done', () => {
    const queue = new WorkQueue<string>();
    queue.push('kubelet', 'web');
    queue.shift();
    queue.push('kubelet', 'web');
    expect(emptied(queue)).toEqual(['kubelet web']);
  });

  it('keeps the order of very much that comes and goes', () => {
    const queue = new WorkQueue<string>();
    const found: string[] = [];
    for (let number = 0; number < 10_000; number++) {
      queue.push('kubelet', `pod-${number}`);
      if (number % 3 > 0) found.push(queue.shift()?.key ?? '');
    }
    for (let next = queue.shift(); next; next = queue.shift()) found.push(next.key);
    expect(found).toEqual(Array.from({ length: 10_000 }, (_, number) => `pod-${number}`));
  });

  it('forgets everything when it is cleared', () => {
    const queue = new WorkQueue<string>();
    queue.push('kubelet', 'web');
    queue.clear();
    expect(emptied(queue)).toEqual([]);
    queue.push('kubelet', 'web');
    expect(emptied(queue)).toEqual(['kubelet web']);
  });
});
