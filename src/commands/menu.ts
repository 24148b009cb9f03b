import type { CommonOptions } from '../help.ts';
import type { Io } from '../io.ts';
import { daysBetween, lastVisit } from '../learner/last-visit.ts';
import type { Progress } from '../learner/progress.ts';
import type { LessonSummary } from '../lesson/lesson.ts';
import { nextLesson } from '../lesson/next-lesson.ts';
import type { MenuEntry } from '../terminal/conversation/conversation.ts';
import { converse } from '../terminal/conversation/converse.ts';
import { drawLine, drawParagraph } from '../terminal/prose.ts';
import { styleFor } from '../terminal/style.ts';
import { lessonState } from '../terminal/views/course-view.ts';
import { openSession } from './session.ts';

/** Away for so many days, one is told where one was. */
const longAway = 3;

/**
 * What one sees who types nothing but the program's name: on a terminal a menu, elsewhere the help.
 *
 * @param runWords runs the program as if these words had been typed
 */
export async function showMenu(
  io: Io,
  options: CommonOptions,
  runWords: (words: string[]) => Promise<unknown>,
  showHelp: () => void,
): Promise<void> {
  const session = openSession(io, options);
  if (!session.screen.interactive) return showHelp();

  const style = styleFor(session.screen);
  const { lessons } = session.content.course();
  const progress = session.progress.read();
  const next = nextLesson(lessons, progress.lessons);
  const done = lessons.filter((lesson) => progress.lessons[lesson.id]?.done).length;
  const isNew = Object.keys(progress.lessons).length === 0;
  const due =
    progress.answers.length === 0 ? 0 : (await import('./review.ts')).reviewOf(session, progress).due;

  const entries: MenuEntry[] = [
    ...(next
      ? [
          {
            value: `learn ${next.id}`,
            text: `${isNew ? 'Begin the course' : 'Go on'}: ${style.text(next.title)} ${style.faint(`(${isNew ? `${next.minutes} min` : lessonState(next, progress)})`)}`,
          },
        ]
      : []),
    {
      value: 'quiz',
      text:
        due > 0
          ? `Review ${style.faint(`(${due} ${due === 1 ? 'question is' : 'questions are'} due)`)}`
          : 'Take a quiz',
    },
    { value: 'learn', text: 'Choose a lesson' },
    { value: 'lab', text: 'Solve a task in a cluster' },
    { value: 'sandbox', text: 'Try things out, with docker and kubectl in a sandbox' },
    { value: 'map', text: 'Translate a docker line, or look one up' },
    { value: 'glossary', text: 'See all terms and their counterparts' },
    { value: 'choose', text: 'Docker, Compose, Swarm or Kubernetes: which one do you need?' },
    {
      value: 'progress',
      text: `See how far you are ${style.faint(`(${done} of ${lessons.length} lessons done)`)}`,
    },
    { value: 'doctor', text: 'See what is installed here' },
    { value: '--help', text: 'Show every command' },
  ];
  const talk = await converse(io, style);
  talk.say([
    '',
    ...drawLine(style.title('Kubernetes for people who know Docker'), style),
    ...drawParagraph(greeting(lessons, progress, due, io.now()), style),
    '',
  ]);
  const chosen = await talk.askMenu({ entries, leave: 'leaves' });
  if (chosen !== undefined)
    await runWords([
      ...chosen.split(' '),
      ...(options.plain ? ['--plain'] : []),
      ...(options.ascii ? ['--ascii'] : []),
      ...(options.color === false ? ['--no-color'] : []),
    ]);
}

/** What it is, to who comes the first time; to who was away, where they were and what is due. */
function greeting(lessons: readonly LessonSummary[], progress: Progress, due: number, now: Date): string {
  const last = lastVisit(progress);
  const days = last ? daysBetween(last.at, now) : 0;
  if (!last || days < longAway) {
    return 'Lessons of five to ten minutes, in this terminal. Nothing is installed or changed, and you can leave at any time.';
  }
  const lesson = lessons.find(({ id }) => id === last.lesson);
  const where = lesson ? ` Your last lesson was "${lesson.title}".` : '';
  const review = due > 0 ? ` ${due} ${due === 1 ? 'question is' : 'questions are'} due for review.` : '';
  return `Welcome back after ${days} days.${where}${review}`;
}
