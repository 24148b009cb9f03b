import type { Lesson } from '../../lesson/lesson.ts';
import { print } from '../../sandbox/effects.ts';
import { Shell } from '../../sandbox/shell/shell.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawTaskOpening } from '../../terminal/views/sandbox-view.ts';
import { visitShell } from '../sandbox/sandbox-shell.ts';
import { SandboxTools } from '../sandbox/sandbox-tools.ts';
import { freshSandbox, takeUp } from '../sandbox/sandbox-world.ts';
import type { Session } from '../session.ts';
import { placeOfLesson, prepareForTasks } from './lesson-world.ts';

/** How the world of a lesson is entered. */
export interface LessonVisit {
  /** Whether a new world is wanted although there is one. */
  readonly isFresh?: boolean;
  /** Whether the task has just been read. */
  readonly isFromLesson?: boolean;
}

/**
 * Opens the sandbox at a task of a lesson, in the lesson's own world, until the learner leaves it.
 */
export async function enterLesson(
  session: Session,
  lesson: Lesson,
  { isFresh = false, isFromLesson = false }: LessonVisit = {},
): Promise<void> {
  const place = placeOfLesson(session, lesson);
  const begin = () => prepareForTasks(lesson, freshSandbox(session));
  const kept = takeUp(session, place, begin, isFresh);
  const tools = new SandboxTools(session);
  const shell: Shell = new Shell(kept.sandbox, session.writeTool, kept.history, {
    ...tools.programs(() => shell),
    *reset() {
      shell.history.record(kept.sandbox.snapshot());
      shell.travel(begin().snapshot());
      yield* print('The world is as at the beginning of the task. undo brings yours back.\n');
      return 0;
    },
  });
  const tasks = isFromLesson ? [] : lesson.steps.flatMap(({ task }) => task ?? []);
  session.print(drawTaskOpening(tasks, !kept.isNew, styleFor(session.screen)));
  await visitShell(session, shell, { kept, tools, name: lesson.id });
}
