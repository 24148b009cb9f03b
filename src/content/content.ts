import { existsSync, readFileSync } from 'node:fs';
import type { Question, Recommendation } from '../choose/choose.ts';
import type { Diagram, Lesson, LessonSummary, Likeness, Source } from '../lesson/lesson.ts';
import type { CatalogueLine } from '../mapping/catalogue.ts';
import type { CommandRow } from '../mapping/command-row.ts';
import type { KubectlRow } from '../mapping/way-back/kubectl-row.ts';
import type { Bank } from '../quiz/bank.ts';
import type { Item } from '../quiz/item.ts';
import type { Lab } from '../sandbox/labs/lab.ts';
import type { World } from '../sandbox/world.ts';
import { openPack, type Pack, type PackedSources } from './pack.ts';
import { type PackedBank, unpackBank } from './packed-bank.ts';
import {
  type PackedKubectlRow,
  type PackedRow,
  packOf,
  type SharedFlags,
  unpackKubectlRow,
  unpackRow,
} from './packed-rows.ts';

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

/** A lab in the index: what a list needs of it. */
export type IndexedLab = Pick<Lab, 'id' | 'title' | 'lesson' | 'minutes' | 'broken'>;

/** A lab with the pages it rests on. */
export interface PublishedLab extends Lab {
  readonly sources: readonly Source[];
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
  /** Ids of the pages it rests on. */
  readonly sources: readonly string[];
}

/** Gives a page by its id. */
export type Pages = Pick<ReadonlyMap<string, Source>, 'get'>;

/** The teaching, as the build left it: each part is read when it is asked for, and only then. */
export interface Content {
  /** The sandbox's world with three nodes, as it is before anybody has done anything. */
  freshWorld(): World;
  course(): CourseIndex;
  /** @param id of a lesson in the course */
  lesson(id: string): Lesson;
  /** Sorted by term. */
  glossary(): readonly IndexedTerm[];
  /** @param id of a term in the glossary */
  term(id: string): GlossaryEntry;
  /** Every question in short, in the order of the course. */
  bank(): Bank;
  /** @returns undefined when the bank has no such item (any more) */
  item(id: string): Item | undefined;
  /**
   * The questions of a lesson, first those that stand in it.
   *
   * @param lesson id of a lesson in the course
   */
  items(lesson: string): readonly Item[];
  misconceptions(): readonly Misconception[];
  /** In the order of their lessons. */
  labs(): readonly IndexedLab[];
  /** @param id of a lab in the index */
  lab(id: string): PublishedLab;
  /** What every docker command is in Kubernetes, in the order of the categories. */
  catalogue(): readonly CatalogueLine[];
  /** @param command canonical, such as `docker container logs` */
  commandRow(command: string): CommandRow;
  /** @param command canonical, such as `kubectl rollout restart` */
  kubectlRow(command: string): KubectlRow;
  /** The pages that anything rests on, by id. */
  pages(): Pages;
  choose(): { readonly recommendations: readonly Recommendation[]; readonly questions: readonly Question[] };
}

/**
 * Opens the index that the build wrote.
 *
 * @param folder its address, with a slash at the end
 */
export function openContent(folder: URL): Content {
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  const packs = new Map<string, Pack>();
  const pack = (name: string): Pack => {
    const opened = packs.get(name) ?? openPack(readFileSync(new URL(`${name}.br`, folder)));
    packs.set(name, opened);
    return opened;
  };
  const document = <T>(name: string, key: string): T => {
    const found = pack(name).get(key);
    if (found === undefined) throw new Error(`the index has no ${key} in ${name}`);
    return found as T;
  };
  const page = (id: string): Source | undefined => pack('pages').get(id) as Source | undefined;
  const pagesOf = (ids: readonly string[]): Source[] => ids.flatMap((id) => page(id) ?? []);
  const withPages = <T extends { readonly sources: readonly string[] }>(value: T) => ({
    ...value,
    sources: pagesOf(value.sources),
  });
  const asksOf = (id: string): Item[] =>
    document<Lesson>(`lessons/${id}`, 'lesson').steps.flatMap((step) => step.ask ?? []);
  const besideOf = (id: string): string[] =>
    pack(`lessons/${id}`)
      .keys()
      .filter((key) => key !== 'lesson');
  return {
    course: () => read('course.json') as CourseIndex,
    freshWorld: () => read('world.json') as World,
    lesson: (id) => withPages(document<PackedSources<Lesson>>(`lessons/${id}`, 'lesson')),
    bank: () => unpackBank(read('bank.json') as PackedBank),
    item(id) {
      const home = id.slice(0, id.indexOf('.'));
      if (!/^[a-z0-9-]+$/.test(home) || !existsSync(new URL(`lessons/${home}.br`, folder))) return undefined;
      const beside = pack(`lessons/${home}`).get(id) as Item | undefined;
      return beside ?? asksOf(home).find((each) => each.id === id);
    },
    items: (id) => [...asksOf(id), ...besideOf(id).map((key) => document<Item>(`lessons/${id}`, key))],
    glossary: () => read('glossary.json') as IndexedTerm[],
    term: (id) => withPages(document<PackedSources<GlossaryEntry>>('terms', id)),
    misconceptions: () =>
      pack('misconceptions')
        .keys()
        .map((id) => document<Misconception>('misconceptions', id)),
    labs: () => read('labs.json') as IndexedLab[],
    lab: (id) => withPages(document<PackedSources<PublishedLab>>('labs', id)),
    catalogue: () => read('catalogue.json') as CatalogueLine[],
    commandRow: (command) => unpackRow(document<PackedRow>(packOf(command), command)),
    kubectlRow: (command) =>
      unpackKubectlRow(
        document<PackedKubectlRow>('rows/kubectl', command),
        document<SharedFlags>('rows/kubectl', 'shared'),
      ),
    pages: () => ({ get: page }),
    choose() {
      const { recommendations, questions } = document<PackedChoice>('choose', 'choose');
      return { recommendations: recommendations.map(withPages), questions: questions.map(withPages) };
    },
  };
}

/** What `choose` asks and answers, as it is packed. */
export interface PackedChoice {
  readonly recommendations: readonly PackedSources<Recommendation>[];
  readonly questions: readonly PackedSources<Question>[];
}
