/** An answer as it was given. Answers are only ever added. */
export interface GivenAnswer {
  /** Id of the item. */
  readonly item: string;
  /** When, as an ISO 8601 instant. */
  readonly at: string;
  /** What `grade` takes: ids of the options, in the order given; pairs; a line. */
  readonly given: readonly string[];
  readonly right: boolean;
  /** Misconceptions that the answer reveals. */
  readonly revealed: readonly string[];
  /** How sure they were, where they said so: 1 a guess, 2 fairly sure, 3 sure. */
  readonly sure?: Sureness;
  /** Where it was given; left out for a lesson. */
  readonly in?: 'quiz';
}

export type Sureness = 1 | 2 | 3;
