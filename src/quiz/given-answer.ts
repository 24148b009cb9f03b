/** An answer as it was given. Answers are only ever added. */
export interface GivenAnswer {
  /** Id of the item. */
  readonly item: string;
  /** When, as an ISO 8601 instant. */
  readonly at: string;
  /** Ids of the options, in the order given. */
  readonly given: readonly string[];
  readonly right: boolean;
  /** Misconceptions that the chosen options reveal. */
  readonly revealed: readonly string[];
}
