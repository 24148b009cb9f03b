/** One thing looked at: what it is, what was found, and what to do where something is missing. */
export interface Finding {
  readonly name: string;
  /** `absent` is no fault: nothing here is needed to learn. */
  readonly state: 'found' | 'absent' | 'trouble';
  readonly value: string;
  readonly hint?: string;
}

/** What doctor says, part by part. */
export interface Report {
  readonly parts: readonly { readonly title: string; readonly findings: readonly Finding[] }[];
}
