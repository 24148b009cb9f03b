import type { GivenAnswer } from '../quiz/given-answer.ts';

/** Where a learner stands in one lesson. */
export interface LessonProgress {
  /** Id of the step shown last. */
  readonly step: string;
  /** When it was shown. */
  readonly at: string;
  /** When the lesson was finished the first time. */
  readonly done?: string;
}

/** What became of a lab. */
export interface LabProgress {
  /** When it was solved the first time. */
  readonly done?: string;
  /** When its solution was shown the first time. */
  readonly skipped?: string;
}

/** All that is remembered of a learner, as it stands in the file. */
export interface Progress {
  readonly version: 1;
  readonly lessons: Readonly<Record<string, LessonProgress>>;
  /** By their ids; files of an earlier program have none. */
  readonly labs?: Readonly<Record<string, LabProgress>>;
  /** In the order of time. */
  readonly answers: readonly GivenAnswer[];
}

export const noProgress: Progress = { version: 1, lessons: {}, answers: [] };

/** The version this program writes; a file of a higher one belongs to a newer program. */
export const progressVersion = noProgress.version;

/** Remembers the step that is on the screen. */
export function visitStep(progress: Progress, lesson: string, step: string, now: Date): Progress {
  return withLesson(progress, lesson, { ...progress.lessons[lesson], step, at: now.toISOString() });
}

/** Remembers that the lesson was finished; the first time counts. */
export function finishLesson(progress: Progress, lesson: string, step: string, now: Date): Progress {
  const at = now.toISOString();
  return withLesson(progress, lesson, {
    ...progress.lessons[lesson],
    step,
    at,
    done: progress.lessons[lesson]?.done ?? at,
  });
}

/** Remembers that a lab was solved, or its solution shown; the first time counts. */
export function recordLab(progress: Progress, lab: string, what: keyof LabProgress, now: Date): Progress {
  return mergeProgress(progress, { ...noProgress, labs: { [lab]: { [what]: now.toISOString() } } });
}

/** Remembers an answer. */
export function recordAnswer(progress: Progress, answer: GivenAnswer): Progress {
  return mergeProgress(progress, { ...noProgress, answers: [answer] });
}

/**
 * Puts two records of the same learner together: no answer of either is lost, the later step and the
 * earlier finish count. Merging is idempotent, and the order of the two does not matter.
 */
export function mergeProgress(one: Progress, other: Progress): Progress {
  const lessons = new Map(Object.entries(one.lessons));
  for (const [id, theirs] of Object.entries(other.lessons)) {
    const ours = lessons.get(id);
    lessons.set(id, ours ? mergeLesson(ours, theirs) : theirs);
  }
  const answers = new Map<string, GivenAnswer>();
  for (const answer of [...one.answers, ...other.answers]) {
    const id = identity(answer);
    const same = answers.get(id);
    answers.set(id, same && same !== answer ? mergeAnswer(same, answer) : answer);
  }
  const labs = mergeLabs(one.labs, other.labs);
  return {
    ...other,
    ...one,
    ...(labs === undefined ? {} : { labs }),
    lessons: Object.fromEntries(lessons),
    answers: [...answers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, answer]) => answer),
  };
}

function mergeLesson(one: LessonProgress, other: LessonProgress): LessonProgress {
  // Two visits at the same instant are told apart by their text, so that the order of merging is no matter.
  const [earlier, later] = one.at + one.step < other.at + other.step ? [one, other] : [other, one];
  const done = sooner(one.done, other.done);
  return { ...earlier, ...later, ...(done === undefined ? {} : { done }) };
}

function mergeLabs(one: Progress['labs'], other: Progress['labs']): Progress['labs'] {
  if (one === undefined || other === undefined) return one ?? other;
  const labs = new Map(Object.entries(one));
  for (const [id, theirs] of Object.entries(other)) {
    const ours = labs.get(id) ?? {};
    const done = sooner(ours.done, theirs.done);
    const skipped = sooner(ours.skipped, theirs.skipped);
    labs.set(id, {
      ...theirs,
      ...ours,
      ...(done === undefined ? {} : { done }),
      ...(skipped === undefined ? {} : { skipped }),
    });
  }
  return Object.fromEntries([...labs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sooner(one: string | undefined, other: string | undefined): string | undefined {
  return [one, other].filter((each) => each !== undefined).sort()[0];
}

/**
 * The same answer twice, of which one may know more: how sure they were is said after it was saved. Where
 * the two disagree, the greater text counts, so that the order of merging is no matter.
 */
function mergeAnswer(one: GivenAnswer, other: GivenAnswer): GivenAnswer {
  const merged = new Map<string, unknown>(Object.entries(one));
  for (const [key, theirs] of Object.entries(other)) {
    const ours = merged.get(key);
    if (ours === undefined || JSON.stringify(theirs) > JSON.stringify(ours)) merged.set(key, theirs);
  }
  return Object.fromEntries(merged) as unknown as GivenAnswer;
}

function withLesson(progress: Progress, id: string, lesson: LessonProgress): Progress {
  return { ...progress, lessons: { ...progress.lessons, [id]: lesson } };
}

/** The same for the same answer only. Sorts by time first; an instant has a fixed width. */
function identity({ at, item, given, right, revealed }: GivenAnswer): string {
  return JSON.stringify([at, item, given, right, revealed]);
}
