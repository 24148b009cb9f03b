import { readFileSync } from 'node:fs';
import type { Question, Recommendation } from '../choose/choose.ts';
import type { Diagram, Lesson, LessonSummary, Likeness, Source } from '../lesson/lesson.ts';
import type { CatalogueLine } from '../mapping/catalogue.ts';
import type { CommandRow } from '../mapping/command-row.ts';
import type { KubectlRow } from '../mapping/way-back/kubectl-row.ts';

/** A lesson in the course's index: what a list needs of it. */
export interface IndexedLesson extends LessonSummary {
  /** Ids of its steps, in order. */
  readonly steps: readonly string[];
}

export interface CourseIndex {
  readonly units: readonly {
    readonly id: string;
    readonly title: string;
    readonly lessons: readonly string[];
  }[];
  /** In the order of the course. */
  readonly lessons: readonly IndexedLesson[];
}

/** What a term is on the other side. */
export interface GlossaryCounterpart {
  /** Its name there, or `none`. */
  readonly counterpart: string;
  readonly grade: Likeness;
  readonly note: string;
}

/** A term in the glossary's index: what a list and a search need of it. */
export interface IndexedTerm {
  readonly id: string;
  readonly term: string;
  readonly aliases: readonly string[];
  readonly side: 'kubernetes' | 'docker' | 'both';
  /** Its counterpart on the other side, where it has another side. */
  readonly other?: Pick<GlossaryCounterpart, 'counterpart' | 'grade'>;
}

export interface GlossaryEntry extends Omit<IndexedTerm, 'other'> {
  readonly means: string;
  readonly docker?: GlossaryCounterpart;
  readonly kubernetes?: GlossaryCounterpart;
  readonly lesson: string;
  /** Ids of related entries. */
  readonly see: readonly string[];
  readonly diagram?: Diagram;
  readonly sources: readonly Source[];
}

/** A wrong belief that Docker users hold about Kubernetes. */
export interface Misconception {
  readonly id: string;
  readonly about: 'relationship' | 'commands';
  /** In the learner's own words. */
  readonly belief: string;
  readonly tempting: string;
  readonly truth: string;
  /** One observation that shows it. */
  readonly shows: string;
  readonly contrast: string;
  readonly lesson: string;
  readonly sources: readonly Source[];
}

/** The teaching, as the build left it: each part is read when it is asked for, and only then. */
export interface Content {
  course(): CourseIndex;
  /** @param id of a lesson in the course */
  lesson(id: string): Lesson;
  /** Sorted by term. */
  glossary(): readonly IndexedTerm[];
  /** @param id of a term in the glossary */
  term(id: string): GlossaryEntry;
  /** For every item the misconceptions that its options reveal. */
  traps(): ReadonlyMap<string, readonly string[]>;
  misconceptions(): readonly Misconception[];
  /** What every docker command is in Kubernetes, in the order of the categories. */
  catalogue(): readonly CatalogueLine[];
  /** @param command canonical, such as `docker container logs` */
  commandRow(command: string): CommandRow;
  /** @param command canonical, such as `kubectl rollout restart` */
  kubectlRow(command: string): KubectlRow;
  /** Every page that anything rests on, by id. */
  pages(): ReadonlyMap<string, Source>;
  choose(): { readonly recommendations: readonly Recommendation[]; readonly questions: readonly Question[] };
}

/**
 * Opens the index that the build wrote.
 *
 * @param folder its address, with a slash at the end
 */
export function openContent(folder: URL): Content {
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  return {
    course: () => read('course.json') as CourseIndex,
    lesson: (id) => read(`lessons/${id}.json`) as Lesson,
    glossary: () => read('glossary.json') as IndexedTerm[],
    term: (id) => read(`terms/${id}.json`) as GlossaryEntry,
    traps: () => new Map(Object.entries(read('traps.json') as Record<string, string[]>)),
    misconceptions: () => read('misconceptions.json') as Misconception[],
    catalogue: () => read('catalogue.json') as CatalogueLine[],
    commandRow: (command) => read(`commands/${command.replaceAll(' ', '-')}.json`) as CommandRow,
    kubectlRow: (command) => read(`commands/${command.replaceAll(' ', '-')}.json`) as KubectlRow,
    pages: () => new Map((read('pages.json') as Source[]).map((page) => [page.id, page])),
    choose: () => read('choose.json') as ReturnType<Content['choose']>,
  };
}
