/** The kinds of question. */
export type ItemKind =
  | 'one'
  | 'several'
  | 'true-false'
  | 'order'
  /** Left sides, each with its partner among the right sides. */
  | 'match'
  /** What is printed, or what happens. In a lesson it comes before the answer is taught and is never scored. */
  | 'predict'
  /** A command line is typed; the options are answers and near misses. */
  | 'command'
  /** A line of the listing is at fault; the options are the lines one may suspect. */
  | 'mistake';

/** A wrong partner that says something about who chooses it. */
export interface Mixed {
  /** The partner that another option has. */
  readonly match: string;
  readonly explanation: string;
  readonly misconception?: string;
}

/** One thing the learner can choose (in an `order`, put in its place; in a `match`, give its partner). */
export interface Option {
  /** `a`, `b`, `c`, … in the order the author wrote them. */
  readonly id: string;
  /** Markdown of a few marks; of a `command` and of more than one line, what is typed or printed. */
  readonly text: string;
  /** Said to the learner who chose it, right or wrong. */
  readonly explanation: string;
  readonly correct?: boolean;
  /** In a `true-false`: the verdict this reason belongs to. */
  readonly says?: boolean;
  /** The wrong belief that choosing it reveals. */
  readonly misconception?: string;
  /** In a `match`: the partner. */
  readonly match?: string;
  readonly mixed?: readonly Mixed[];
  /** In a `mistake`: a piece of the line that is meant, which no other line has. */
  readonly at?: string;
}

/** A listing shown with the question: output, a manifest, a Dockerfile. */
export interface Listing {
  readonly language: string;
  readonly text: string;
}

/** A question: an item of the bank, be it written in a lesson or beside it. */
export interface Item {
  /** Never changes; `lesson-id.name`. Progress is kept by it. */
  readonly id: string;
  readonly kind: ItemKind;
  readonly lesson: string;
  /** 1 easy, 2 fair, 3 hard. */
  readonly difficulty: 1 | 2 | 3;
  readonly prompt: string;
  readonly listing?: Listing;
  /** For an `order`: in the right order. For a `command`: the model answer first. */
  readonly options: readonly Option[];
  readonly explanation: string;
  /** One line that sets Docker and Kubernetes against each other. */
  readonly contrast?: string;
  /** Docker commands, canonical, whose counterpart it asks about. */
  readonly rows?: readonly string[];
  /** Ids of the pages the answer rests on. */
  readonly sources: readonly string[];
}

/** The misconceptions that some answer to the item reveals, each once, in the order of the options. */
export function misconceptionsOf(item: Item): string[] {
  const named = item.options.flatMap(({ misconception, mixed = [] }) => [
    misconception,
    ...mixed.map((each) => each.misconception),
  ]);
  return [...new Set(named.flatMap((id) => id ?? []))];
}

/**
 * The line of the listing, from 1, that an option of a `mistake` means.
 *
 * @returns undefined where no line has its piece of text, or several have
 */
export function lineOfOption(item: Item, { at }: Option): number | undefined {
  if (at === undefined) return undefined;
  const lines = (item.listing?.text ?? '')
    .split('\n')
    .flatMap((line, index) => (line.includes(at) ? index + 1 : []));
  return lines.length === 1 ? lines[0] : undefined;
}
