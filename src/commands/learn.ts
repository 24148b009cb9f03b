import type { Command } from 'commander';
import type { IndexedLesson } from '../content/content.ts';
import { TutorError } from '../errors.ts';
import { type CommonOptions, optionsOf, showExamples } from '../help.ts';
import type { Io } from '../io.ts';
import type { Progress } from '../learner/progress.ts';
import { findLesson } from '../lesson/find-lesson.ts';
import type { Lesson } from '../lesson/lesson.ts';
import { nextLesson } from '../lesson/next-lesson.ts';
import { styleFor } from '../terminal/style.ts';
import { drawCourse } from '../terminal/views/course-view.ts';
import { openSession, type Session } from './session.ts';

interface LearnOptions extends CommonOptions {
  readonly list?: boolean;
  readonly next?: boolean;
  readonly json?: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .argument('[lesson]', 'its id, its number, or a part of its title')
    .option('-l, --list', 'list the lessons')
    .option('-n, --next', 'go on where you are, or with the next lesson that is not done')
    .option('--json', 'print JSON: of the list, or of one lesson')
    .action((lesson: string | undefined) => learn(io, lesson, optionsOf(command)));
  showExamples(command, [
    'k8s-docker-tutor learn                 choose one, or go on where you were',
    'k8s-docker-tutor learn pods            one lesson, by its id',
    'k8s-docker-tutor learn 5               the same, by its number',
    'k8s-docker-tutor learn --next          the next one that is not done',
    'k8s-docker-tutor learn pods --plain    the whole lesson as text',
    'k8s-docker-tutor learn --list --json   the course for a program',
  ]);
}

async function learn(io: Io, words: string | undefined, options: LearnOptions): Promise<void> {
  const session = openSession(io, options);
  const { lessons } = session.content.course();
  const progress = session.progress.read();

  if (options.list) return list(session, lessons, progress, options);
  const named = options.next
    ? nextOrThrow(lessons, progress)
    : words === undefined
      ? undefined
      : namedLesson(lessons, words);
  if (options.json) {
    if (!named) return list(session, lessons, progress, options);
    return session.printJson({
      version: 1,
      lesson: { ...session.content.lesson(named.id), done: isDone(progress, named.id) },
    });
  }
  // A named lesson in plain form is wanted as text, even where somebody could press keys.
  if (session.screen.interactive && !(named && options.plain)) {
    const { walkCourse } = await import('./learn/learn-walk.ts');
    const done = await walkCourse(session, named?.id);
    return done && askAbout(session, done);
  }
  if (!named) return list(session, lessons, progress, options);
  const { drawLesson } = await import('../terminal/views/lesson-view.ts');
  const labs = session.content.labs().filter((lab) => lab.lesson === named.id);
  session.print(drawLesson(session.content.lesson(named.id), labs, styleFor(session.screen)));
}

const questionsAfterLesson = 5;

/** A short quiz about a lesson that was done. */
async function askAbout(session: Session, { id, title, number }: Lesson): Promise<void> {
  const { runQuiz } = await import('./quiz/quiz-session.ts');
  const topic = { kind: 'lesson', id, title, number } as const;
  await runQuiz(session, { topic, count: questionsAfterLesson, options: {} });
}

function list(
  session: Session,
  lessons: readonly IndexedLesson[],
  progress: Progress,
  options: LearnOptions,
): void {
  if (!options.json)
    return session.print(drawCourse(session.content.course(), progress, styleFor(session.screen)));
  session.printJson({
    version: 1,
    lessons: lessons.map(({ id, number, unit, title, minutes }) => {
      const { objectives, misconceptions, sources } = session.content.lesson(id);
      return {
        id,
        number,
        unit,
        title,
        minutes,
        objectives,
        misconceptions,
        sources,
        done: isDone(progress, id),
      };
    }),
  });
}

function isDone(progress: Progress, id: string): boolean {
  return progress.lessons[id]?.done !== undefined;
}

function nextOrThrow(lessons: readonly IndexedLesson[], progress: Progress): IndexedLesson {
  const next = nextLesson(lessons, progress.lessons);
  if (!next)
    throw new TutorError(
      'every lesson is done',
      'Take one again by its name; k8s-docker-tutor learn --list shows them.',
      0,
    );
  return next;
}

/** @throws TutorError that names what comes near */
function namedLesson(lessons: readonly IndexedLesson[], words: string): IndexedLesson {
  const found = findLesson(lessons, words);
  if (found.kind === 'one') return found.lesson;
  const names = (some: readonly IndexedLesson[]): string =>
    some.map((each) => `${each.id} (${each.number})`).join(', ');
  if (found.kind === 'several') {
    throw new TutorError(
      `"${words}" fits ${found.lessons.length} lessons`,
      `Say which: ${names(found.lessons)}.`,
    );
  }
  throw new TutorError(
    `there is no lesson "${words}"`,
    found.nearest.length > 0
      ? `Did you mean ${names(found.nearest)}? k8s-docker-tutor learn --list shows them all.`
      : 'k8s-docker-tutor learn --list shows them all.',
  );
}
