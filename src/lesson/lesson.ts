import type { Item } from '../quiz/item.ts';

/** How near a Kubernetes counterpart comes to what Docker does. `false-friend`: same word, other thing. */
export type Likeness = 'exact' | 'approximate' | 'none' | 'false-friend';

/** A page that a claim rests on. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** What it holds for, such as "Kubernetes 1.32 to 1.36". */
  readonly versions: string;
}

/** One row of a table of counterparts. */
export interface Counterpart {
  readonly docker: string;
  /** A command, an object, or `none`. */
  readonly kubernetes: string;
  readonly grade: Likeness;
  readonly note: string;
}

/** One line of a console block. */
export interface ConsoleLine {
  readonly kind: 'command' | 'continuation' | 'node-command' | 'output';
  /** Without the prompt. */
  readonly text: string;
}

/** A drawing in characters, with what it shows in words. */
export interface Diagram {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly lines: readonly string[];
}

/**
 * A piece of a step. Texts are markdown of four marks only: `code`, **strong**, *em* and [text](url);
 * `[^id]` cites a source.
 */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'remark'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'console'; readonly printedBy: string; readonly lines: readonly ConsoleLine[] }
  | { readonly kind: 'diagram'; readonly diagram: Diagram }
  | { readonly kind: 'counterparts'; readonly rows: readonly Counterpart[] };

/** Something to do in a terminal of one's own, with a model answer. */
export interface Task {
  /** `lesson-id.name`, like an item's. */
  readonly id: string;
  readonly needs: 'docker' | 'kubectl' | 'cluster' | 'nothing';
  /** Lines that prepare the sandbox for it. */
  readonly start?: string;
  /** Why it cannot be done in the sandbox, said to the learner; left out where it can. */
  readonly outside?: string;
  readonly goal: string;
  /** A nudge, then a pointer; the solution is the third hint. */
  readonly hints: readonly string[];
  readonly solution: Extract<Block, { kind: 'console' }>;
  readonly alternative: string;
  readonly debrief: string;
}

/** One screen of a lesson. It ends in a question, in a task, or in nothing but "go on". */
export interface Step {
  /** Unique in the lesson: the section's slug and the place in it, such as `who-starts-it.2`. */
  readonly id: string;
  readonly section: string;
  readonly blocks: readonly Block[];
  readonly ask?: Item;
  readonly task?: Task;
}

/** What a list of lessons shows. */
export interface LessonSummary {
  readonly id: string;
  /** Its place in the course, from 1. */
  readonly number: number;
  /** The title of its unit. */
  readonly unit: string;
  readonly title: string;
  readonly minutes: number;
}

export interface Lesson extends LessonSummary {
  readonly objectives: readonly string[];
  readonly misconceptions: readonly string[];
  readonly sources: readonly Source[];
  readonly steps: readonly Step[];
}
