import { describe, expect, it } from 'vitest';
import { describeFinding } from '../../../src/content/finding.ts';
import { loadContent } from '../../../src/content/load-content.ts';
import { replayLesson } from '../../../src/content/replay-lesson.ts';
import { lessonsFolder } from '../../fixtures/course.ts';

// What a lesson shows is what the sandbox prints. Where a block is not run there, or prints something else,
// a comment before it says why.

const { lessons } = loadContent(lessonsFolder).content;

describe('what a lesson shows is what the sandbox prints', () => {
  it.each(lessons.map((lesson) => ({ id: lesson.front.id, lesson })))(
    '$id',
    async ({ lesson }) => {
      const findings = await replayLesson(lesson);
      expect(findings.map(describeFinding)).toEqual([]);
    },
    60_000,
  );

  it('of most blocks: those that are not run are few', () => {
    const blocks = lessons.flatMap(({ placed, notes }) =>
      placed
        .flatMap((step) => step.blocks)
        .flatMap(({ block, line }) => (block.kind === 'console' ? [notes.get(line)] : [])),
    );
    const outside = blocks.filter((note) => note?.outside !== undefined);
    const differing = blocks.filter((note) => note?.differs !== undefined);
    expect(blocks.length).toBeGreaterThan(100);
    expect(outside.length).toBeLessThan(blocks.length / 4);
    expect(differing.length).toBeLessThan(10);
  });

  it('every task that needs docker, kubectl or a cluster can be done there, or says why not', () => {
    const tasks = lessons.flatMap(({ steps }) => steps.flatMap(({ task }) => task ?? []));
    const outside = tasks.filter((task) => task.needs !== 'nothing' && task.outside !== undefined);
    expect(tasks.length).toBeGreaterThanOrEqual(lessons.length);
    expect(outside.map(({ id }) => id)).toEqual(['swarm-and-the-rest.swarm-of-one']);
  });
});
