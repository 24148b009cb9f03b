/** The kinds of question. A `predict` is asked before the lesson has taught the answer and is never scored. */
export type ItemKind = 'one' | 'several' | 'true-false' | 'order' | 'predict';

/** One thing the learner can choose (or, in an `order`, put in its place). */
export interface Option {
  /** `a`, `b`, `c`, … in the order the author wrote them. */
  readonly id: string;
  readonly text: string;
  /** Said to the learner who chose it, right or wrong. */
  readonly explanation: string;
  readonly correct?: boolean;
  /** In a `true-false`: the verdict this reason belongs to. */
  readonly says?: boolean;
  /** The wrong belief that choosing it reveals. */
  readonly misconception?: string;
}

/** A listing shown with the question: output, a manifest, a Dockerfile. */
export interface Listing {
  readonly language: string;
  readonly text: string;
}

/** A question: an item of the bank, or a prediction inside a lesson. */
export interface Item {
  /** Never changes; `lesson-id.name`. Progress is kept by it. */
  readonly id: string;
  readonly kind: ItemKind;
  readonly lesson: string;
  /** 1 easy, 2 fair, 3 hard. */
  readonly difficulty: 1 | 2 | 3;
  readonly prompt: string;
  readonly listing?: Listing;
  /** For an `order`: in the right order. */
  readonly options: readonly Option[];
  readonly explanation: string;
  /** Ids of the pages the answer rests on. */
  readonly sources: readonly string[];
}

/** The misconceptions that some option of the item reveals, each once, in the order of the options. */
export function misconceptionsOf(item: Item): string[] {
  return [...new Set(item.options.flatMap((option) => option.misconception ?? []))];
}
