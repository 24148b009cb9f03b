import process from 'node:process';
import type { Misconception } from '../../content/content.ts';
import { finishLesson, recordAnswer, visitStep } from '../../learner/progress.ts';
import { isForSandbox } from '../../lesson/for-sandbox.ts';
import type { Lesson, Step } from '../../lesson/lesson.ts';
import { nextLesson } from '../../lesson/next-lesson.ts';
import { answer, beginLesson, currentStep, goBack, goOn, takeHint, type Walk } from '../../lesson/walk.ts';
import type { Conversation, KeyChoice } from '../../terminal/conversation/conversation.ts';
import { converse } from '../../terminal/conversation/converse.ts';
import { type Style, styleFor } from '../../terminal/style.ts';
import { courseEntries } from '../../terminal/views/course-view.ts';
import { drawFeedback, drawOthers, hasOthers } from '../../terminal/views/feedback-view.ts';
import { drawEnd, drawRefutation } from '../../terminal/views/lesson-end-view.ts';
import {
  drawBar,
  drawHint,
  drawOpening,
  drawSolution,
  drawStep,
  drawTask,
} from '../../terminal/views/lesson-view.ts';
import { drawQuestion } from '../../terminal/views/question-view.ts';
import { drawBackInLesson } from '../../terminal/views/sandbox-view.ts';
import type { Session } from '../session.ts';

const next: KeyChoice = { value: 'next', keys: ['n', 'right'], shown: 'Enter', means: 'goes on' };
const back: KeyChoice = { value: 'back', keys: ['b', 'left'], shown: 'b', means: 'back' };
const leave: KeyChoice = { value: 'leave', keys: ['q'], shown: 'q', means: 'leaves' };
const others: KeyChoice = { value: 'others', keys: ['w'], shown: 'w', means: 'why not the others' };
const hint: KeyChoice = { value: 'hint', keys: ['h'], shown: 'h', means: 'a hint' };
const sandbox: KeyChoice = { value: 'sandbox', keys: ['s'], shown: 's', means: 'opens the sandbox' };
const tried: KeyChoice = { ...next, means: 'shows one way' };
const asked: KeyChoice = { value: 'quiz', keys: ['a'], shown: 'a', means: 'asks about it' };
const list: KeyChoice = { value: 'list', keys: ['l'], shown: 'l', means: 'the list of lessons' };

/**
 * Walks a learner through lessons until they leave. What is on the screen and every answer are saved
 * when they happen.
 *
 * @param lessonId where to begin; the list of lessons when left out
 * @param begun the conversation of a quiz that a lesson was opened from; it is gone back to
 * @returns the lesson at whose end they asked for a quiz
 */
export async function walkCourse(
  session: Session,
  lessonId?: string,
  begun?: Conversation,
): Promise<Lesson | undefined> {
  const style = styleFor(session.screen);
  const talk = begun ?? (await converse(session.io, style));
  const walker = new CourseWalker(session, style, talk, begun !== undefined);
  try {
    let id = lessonId ?? (await walker.chooseLesson());
    while (id !== undefined) id = await walker.walkLesson(id);
    return walker.wantsQuiz;
  } finally {
    // What could not be written when it happened gets one more chance.
    if (!session.progress.isSaved) session.progress.update((progress) => progress);
  }
}

class CourseWalker {
  /** The lesson at whose end they asked for a quiz. */
  wantsQuiz: Lesson | undefined;
  readonly #isInQuiz: boolean;
  readonly #session: Session;
  readonly #style: Style;
  readonly #talk: Conversation;
  #misconceptions: readonly Misconception[] | undefined;

  constructor(session: Session, style: Style, talk: Conversation, isInQuiz: boolean) {
    this.#isInQuiz = isInQuiz;
    this.#session = session;
    this.#style = style;
    this.#talk = talk;
  }

  /** @returns the id of a lesson, or undefined when they left */
  async chooseLesson(): Promise<string | undefined> {
    const course = this.#session.content.course();
    const progress = this.#session.progress.read();
    const start = nextLesson(course.lessons, progress.lessons);
    return this.#talk.askMenu({
      entries: courseEntries(course, progress, this.#style),
      leave: 'leaves',
      ...(start ? { start: start.id } : {}),
    });
  }

  /** @returns the lesson to go on with, or undefined when they left */
  async walkLesson(id: string): Promise<string | undefined> {
    const lesson = this.#session.content.lesson(id);
    const stood = this.#session.progress.read().lessons[id];
    let walk = beginLesson(lesson, stood?.done ? undefined : stood?.step);
    this.#say(['', ...drawOpening(lesson, this.#style)]);
    if (walk.at > 0)
      this.#say(['', `  You were at step ${walk.at + 1} of ${lesson.steps.length}; b goes back.`]);
    if (
      (await this.#pause([{ ...next, means: walk.at > 0 ? 'goes on from there' : 'begins' }, leave])) ===
      'leave'
    )
      return undefined;

    for (let step = currentStep(walk); step; step = currentStep(walk)) {
      this.#save(lesson, step);
      const after = await this.#walkStep(walk, step);
      if (!after) return undefined;
      walk = after;
    }
    return this.#end(lesson);
  }

  /** @returns where they stand after the step, or undefined when they left */
  async #walkStep(walk: Walk, step: Step): Promise<Walk | undefined> {
    const { lesson } = walk;
    const style = this.#style;
    const body = drawStep(lesson, step, style);
    this.#say(['', ...drawBar(lesson, walk.at, style), '', ...body, ...(body.length > 0 ? [''] : [])]);
    if (step.ask) return this.#ask(walk, step);
    if (step.task) return this.#try(walk, step);

    const key = await this.#talk.askKey(walk.at > 0 ? [next, back, leave] : [next, leave]);
    return key === 'leave' ? undefined : key === 'back' ? goBack(walk) : goOn(walk);
  }

  async #ask(walk: Walk, step: Step): Promise<Walk | undefined> {
    const item = step.ask;
    if (!item) return goOn(walk);
    this.#say([...drawQuestion(item, this.#style), ...(item.listing ? [] : [''])]);
    const given = await this.#talk.askItem(item, { canGoBack: walk.at > 0 });
    if (given === 'leave') return undefined;
    if (given === 'back') return goBack(walk);

    const answered = answer(walk, given);
    const { grade } = answered;
    if (!grade) return answered;
    this.#session.progress.update((progress) =>
      recordAnswer(progress, {
        item: item.id,
        at: this.#session.io.now().toISOString(),
        given,
        right: grade.right,
        revealed: grade.revealed,
      }),
    );
    this.#say(drawFeedback(item, grade, this.#style));
    for (const id of grade.revealed) {
      const belief = this.#misconception(id);
      if (belief) this.#say(['', ...drawRefutation(belief, this.#style)]);
    }

    let choices = hasOthers(item, grade) ? [next, others, back, leave] : [next, back, leave];
    for (;;) {
      const key = await this.#pause(choices);
      if (key === 'leave') return undefined;
      if (key === 'back') return goBack(answered);
      if (key === 'next') return goOn(answered);
      this.#say(drawOthers(item, grade, this.#style));
      choices = [next, back, leave];
    }
  }

  async #try(walk: Walk, step: Step): Promise<Walk | undefined> {
    const { task } = step;
    if (!task) return goOn(walk);
    this.#say(drawTask(task, this.#style));
    let trying = walk;
    while (trying.phase === 'trying') {
      const key = await this.#pause([tried, ...(isForSandbox(task) ? [sandbox] : []), hint, back, leave]);
      if (key === 'leave') return undefined;
      if (key === 'back') return goBack(trying);
      if (key === 'sandbox') {
        await this.#enterSandbox(walk.lesson);
        continue;
      }
      const after = key === 'hint' ? takeHint(trying) : goOn(trying);
      if (after.hints > trying.hints) this.#say(drawHint(task, trying.hints, this.#style));
      trying = after;
    }
    this.#say(drawSolution(task, this.#style));
    const key = await this.#pause([next, back, leave]);
    return key === 'leave' ? undefined : key === 'back' ? goBack(trying) : goOn(trying);
  }

  /** Opens the sandbox at the task of a lesson, until they leave it. */
  async #enterSandbox(lesson: Lesson): Promise<void> {
    const { enterLesson } = await import('./lesson-visit.ts');
    const before = process.exitCode;
    await enterLesson(this.#session, lesson, { isFromLesson: true });
    // How they have left the sandbox's shell says nothing of the lesson.
    process.exitCode = before;
    this.#say(['', ...drawBackInLesson(this.#style)]);
  }

  async #end(lesson: Lesson): Promise<string | undefined> {
    const { progress, io } = this.#session;
    const last = lesson.steps.at(-1);
    const now = progress.update((before) => finishLesson(before, lesson.id, last?.id ?? '', io.now()));
    const following = this.#nextLesson();
    const { reviewOf } = await import('../review.ts');
    const { due } = reviewOf(this.#session, now);
    const misconception = (id: string): Misconception | undefined => this.#misconception(id);
    const labs = this.#session.content.labs().filter((lab) => lab.lesson === lesson.id);
    const end = { progress: now, misconception, following, due, labs };
    this.#say(['', ...drawEnd(lesson, end, this.#style)]);
    const quiz = this.#isInQuiz ? [] : [asked];
    const key = await this.#pause(
      following
        ? [{ ...next, means: 'takes it' }, ...quiz, list, leave]
        : [{ ...list, shown: 'Enter' }, ...quiz, leave],
    );
    if (key === 'leave') return undefined;
    if (key === 'quiz') {
      this.wantsQuiz = lesson;
      return undefined;
    }
    return key === 'next' ? following?.id : this.chooseLesson();
  }

  /** Waits below an empty line. */
  #pause(choices: readonly KeyChoice[]): Promise<string> {
    this.#say(['']);
    return this.#talk.askKey(choices);
  }

  #say(lines: readonly string[]): void {
    this.#talk.say(lines);
  }

  #save(lesson: Lesson, step: Step): void {
    const { progress, io } = this.#session;
    progress.update((before) => visitStep(before, lesson.id, step.id, io.now()));
  }

  #nextLesson() {
    const { lessons } = this.#session.progress.read();
    return nextLesson(this.#session.content.course().lessons, lessons);
  }

  #misconception(id: string): Misconception | undefined {
    this.#misconceptions ??= this.#session.content.misconceptions();
    return this.#misconceptions.find((each) => each.id === id);
  }
}
