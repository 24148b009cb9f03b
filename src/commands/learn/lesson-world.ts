import { TutorError } from '../../errors.ts';
import { findLesson } from '../../lesson/find-lesson.ts';
import { isForSandbox } from '../../lesson/for-sandbox.ts';
import type { Lesson } from '../../lesson/lesson.ts';
import { runIn } from '../../sandbox/labs/trial.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { linesOfScript } from '../../sandbox/shell/line/script-lines.ts';
import { placeBeside, type WorldPlace } from '../sandbox/world-place.ts';
import type { Session } from '../session.ts';

/** Whoever prepares a world takes so long from one line to the next, in milliseconds of it. */
const typing = 1000;

/** Where the world is kept that the tasks of a lesson are done in: it is not the learner's own. */
export function placeOfLesson({ io }: Session, lesson: Pick<Lesson, 'id'>): WorldPlace {
  return placeBeside(io, 'tasks', 'lesson', lesson.id);
}

/** Makes of a new world the one that the tasks of a lesson begin in. */
export function prepareForTasks(lesson: Lesson, sandbox: Sandbox): Sandbox {
  for (const { task } of lesson.steps) {
    for (const line of linesOfScript(task?.start ?? '')) {
      runIn(sandbox, line);
      sandbox.advance(typing);
    }
  }
  return sandbox;
}

/**
 * The lesson that words name, whose tasks are to be done in the sandbox.
 *
 * @throws TutorError when there is none, or it has no such task
 */
export function lessonWithTask({ content }: Session, words: string): Lesson {
  const found = findLesson(content.course().lessons, words);
  if (found.kind !== 'one') {
    throw new TutorError(
      found.kind === 'several' ? `"${words}" fits several lessons` : `there is no lesson "${words}"`,
      'k8s-docker-tutor learn --list shows them all.',
    );
  }
  const lesson = content.lesson(found.lesson.id);
  const tasks = lesson.steps.flatMap(({ task }) => task ?? []);
  if (tasks.some(isForSandbox)) return lesson;
  throw new TutorError(
    `the lesson ${lesson.id} has no task for the sandbox`,
    tasks.find(({ outside }) => outside !== undefined)?.outside ??
      'Open your own with: k8s-docker-tutor sandbox',
  );
}
