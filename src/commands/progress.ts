import { existsSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { TutorError } from '../errors.ts';
import { type CommonOptions, optionsOf, showExamples } from '../help.ts';
import type { Io } from '../io.ts';
import { mergeProgress, type Progress } from '../learner/progress.ts';
import { NewerProgress, readProgress, UnreadableProgress, writeProgress } from '../learner/progress-text.ts';
import { nextLesson } from '../lesson/next-lesson.ts';
import { trapsOf } from '../quiz/bank.ts';
import { beliefs } from '../quiz/beliefs.ts';
import { showControls } from '../terminal/control-characters.ts';
import { converse } from '../terminal/conversation/converse.ts';
import { styleFor } from '../terminal/style.ts';
import { drawProgress } from '../terminal/views/progress-view.ts';
import { readText } from './read-text.ts';
import { oddities, reviewOf } from './review.ts';
import { demandTerminal, openSession, type Session } from './session.ts';

interface ProgressOptions extends CommonOptions {
  readonly json?: boolean;
  readonly export?: string | true;
  readonly import?: string;
  readonly reset?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .option('--json', 'print JSON')
    .option('--export [file]', 'write all progress to a file, or to standard output')
    .option('--import <file>', 'take in an export, - for standard input; nothing you have is lost')
    .option('--force', 'with --export, overwrite the file')
    .option('--reset', 'begin anew; what you had is kept under another name')
    .option('--yes', 'with --reset, do not ask')
    .action(() => progress(io, optionsOf(command)));
  showExamples(command, [
    'k8s-docker-tutor progress                        where you stand',
    'k8s-docker-tutor progress --export mine.json     take it to another machine',
    'k8s-docker-tutor progress --import mine.json     add it to what is there',
  ]);
}

async function progress(io: Io, options: ProgressOptions): Promise<void> {
  const session = openSession(io, options);
  if (options.export !== undefined) return exportTo(session, options.export, options.force === true);
  if (options.import !== undefined) return importFrom(session, options.import);
  if (options.reset) return reset(session, options.yes === true);
  show(session, session.progress.read(), options.json === true);
}

function show(session: Session, state: Progress, asJson: boolean): void {
  const course = session.content.course();
  const misconceptions = session.content.misconceptions();
  const review = reviewOf(session, state);
  const standing = beliefs(
    misconceptions.map((each) => each.id),
    state.answers,
    trapsOf(review.bank),
  );
  const labs = session.content.labs();
  const next = nextLesson(course.lessons, state.lessons);

  if (!asJson) {
    return session.print(
      drawProgress(
        {
          course,
          state,
          misconceptions,
          standing,
          next,
          review,
          labs: { all: labs.length, solved: labs.filter(({ id }) => state.labs?.[id]?.done).length },
          oddities: oddities(review.schedule),
          path: session.progress.path,
        },
        styleFor(session.screen),
      ),
    );
  }
  session.printJson({
    version: 1,
    path: session.progress.path ?? null,
    lessons: course.lessons.map((lesson) => ({
      id: lesson.id,
      title: lesson.title,
      done: state.lessons[lesson.id]?.done ?? null,
      step: state.lessons[lesson.id] ? lesson.steps.indexOf(state.lessons[lesson.id]?.step ?? '') + 1 : 0,
      steps: lesson.steps.length,
    })),
    labs: labs.map(({ id, title, lesson }) => ({
      id,
      title,
      lesson,
      done: state.labs?.[id]?.done ?? null,
      skipped: state.labs?.[id]?.skipped ?? null,
    })),
    next: next?.id ?? null,
    answers: { given: state.answers.length, right: state.answers.filter((answer) => answer.right).length },
    review: {
      questions: review.bank.size,
      known: review.schedule.memories.size,
      due: review.due,
      next: review.next?.toISOString() ?? null,
      days: review.days,
      lost: review.schedule.lost,
      ahead: review.schedule.ahead,
    },
    misconceptions: misconceptions.map(({ id, belief, lesson }) => ({
      id,
      belief,
      lesson,
      standing: standing.get(id),
    })),
  });
}

function exportTo(session: Session, file: string | true, force: boolean): void {
  const text = writeProgress(session.progress.read());
  if (file === true || file === '-') {
    session.io.stdout.write(text);
    return;
  }
  if (existsSync(file) && !force)
    throw new TutorError(`${file} is there already`, 'Name another file, or add --force to overwrite it.');
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new TutorError(
      `${file} cannot be written: ${(error as Error).message}`,
      'Name a file in a directory you can write to.',
      1,
    );
  }
  session.io.stderr.write(`Written to ${showControls(file)}.\n`);
}

function importFrom(session: Session, file: string): void {
  const shown = file === '-' ? 'standard input' : file;
  let theirs: Progress;
  try {
    theirs = readProgress(readText(file === '-' ? 0 : file));
  } catch (error) {
    if (error instanceof NewerProgress) {
      throw new TutorError(
        `${shown} was written by a newer k8s-docker-tutor`,
        'Update the tutor here, then import again.',
        1,
      );
    }
    if (error instanceof UnreadableProgress) {
      throw new TutorError(
        `${shown} is no export of progress: ${error.message}`,
        'Make one with: k8s-docker-tutor progress --export <file>',
        1,
      );
    }
    throw new TutorError(
      `${shown} cannot be read: ${(error as Error).message}`,
      'Check the name, and that you may read it.',
      1,
    );
  }
  const before = session.progress.read();
  const after = session.progress.update((ours) => mergeProgress(ours, theirs));
  if (!session.progress.isSaved)
    throw new TutorError(
      'what was read could not be saved',
      'Make the state directory writable, then import again.',
      1,
    );
  const gained = after.answers.length - before.answers.length;
  session.print([`Taken in: ${gained} new answer${gained === 1 ? '' : 's'}. Nothing you had was lost.`]);
}

async function reset(session: Session, isSure: boolean): Promise<void> {
  if (!isSure) {
    demandTerminal(session.screen, 'Add --yes to begin anew without being asked.');
    const talk = await converse(session.io, styleFor(session.screen));
    if (!(await talk.askYes('Begin anew? What you have done is kept under another name.'))) {
      session.print(['Nothing was changed.']);
      return;
    }
  }
  let kept: string | undefined;
  try {
    kept = session.progress.reset();
  } catch (error) {
    throw new TutorError(
      `progress cannot be set aside: ${(error as Error).message}`,
      'Nothing was changed. Check that you may write there.',
      1,
    );
  }
  session.print([
    kept === undefined
      ? 'There was nothing to forget.'
      : `You begin anew. What you had done is kept as ${kept}.`,
  ]);
}
