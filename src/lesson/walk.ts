import { type Grade, grade } from '../quiz/grade.ts';
import type { Lesson, Step } from './lesson.ts';

/**
 * Where a learner stands in a lesson. A plain value; every move gives a new one.
 *
 * - `reading`: a step with nothing to answer
 * - `asking`: its question waits for an answer
 * - `answered`: its question was answered in this visit, `grade` says how
 * - `trying`: its task waits; `hints` of them have been shown
 * - `shown`: the model answer of its task is on the screen
 * - `finished`: past the last step
 */
export interface Walk {
  readonly lesson: Lesson;
  /** Index of the step, from 0; the number of steps when finished. */
  readonly at: number;
  readonly phase: 'reading' | 'asking' | 'answered' | 'trying' | 'shown' | 'finished';
  readonly hints: number;
  readonly grade?: Grade;
}

/** Begins a lesson at the step of that id; at the first when there is no such step (any more). */
export function beginLesson(lesson: Lesson, stepId?: string): Walk {
  const found = lesson.steps.findIndex((step) => step.id === stepId);
  return enter(lesson, found === -1 ? nearestStep(lesson, stepId) : found);
}

/** The step the learner stands at; undefined when finished. */
export function currentStep(walk: Walk): Step | undefined {
  return walk.lesson.steps[walk.at];
}

/** On: from a task to its model answer, from anything else to the next step. */
export function goOn(walk: Walk): Walk {
  if (walk.phase === 'trying') return { ...walk, phase: 'shown' };
  return walk.phase === 'finished' ? walk : enter(walk.lesson, walk.at + 1);
}

/** Back to the step before; at the first step, to its beginning. */
export function goBack(walk: Walk): Walk {
  return enter(walk.lesson, Math.max(0, walk.at - 1));
}

/**
 * Answers the question of the step.
 *
 * @param given option ids, as `grade` takes them
 * @throws UnreadableAnswer when they are no answer to the question
 */
export function answer(walk: Walk, given: readonly string[]): Walk {
  const item = currentStep(walk)?.ask;
  if (!item) return walk;
  return { ...walk, phase: 'answered', grade: grade(item, given) };
}

/** One hint more; after the last one the model answer is shown. */
export function takeHint(walk: Walk): Walk {
  const task = currentStep(walk)?.task;
  if (!task || walk.phase !== 'trying') return walk;
  return walk.hints < task.hints.length ? { ...walk, hints: walk.hints + 1 } : goOn(walk);
}

function enter(lesson: Lesson, at: number): Walk {
  const step = lesson.steps[at];
  if (!step) return { lesson, at: lesson.steps.length, phase: 'finished', hints: 0 };
  return { lesson, at, phase: step.ask ? 'asking' : step.task ? 'trying' : 'reading', hints: 0 };
}

/** A step id is `section.place`: when the place is gone, the start of its section is the next best. */
function nearestStep(lesson: Lesson, stepId: string | undefined): number {
  const section = stepId?.split('.')[0];
  const start = lesson.steps.findIndex((step) => step.id.split('.')[0] === section);
  return Math.max(0, start);
}
