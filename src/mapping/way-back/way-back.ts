import type { Likeness } from '../../lesson/lesson.ts';
import type { SuggestedCommand, Translation } from '../translation.ts';

/** What became of one flag of a kubectl line, in the order given. */
export interface BackVerdict {
  /** The long name, such as `--selector`. */
  readonly flag: string;
  /** As given; left out for a switch given alone. */
  readonly value?: string;
  readonly grade: Likeness;
  /** The flag or command it became, such as `--filter label=…`; `none` where there is none. */
  readonly docker: string;
  /** Why; one to three sentences. */
  readonly why: string;
  /** Ids of pages in lessons/sources.yaml. */
  readonly sources: readonly string[];
}

/** A kubectl command line in the terms of Docker: what one would have typed, or why there is no such thing. */
export type WayBack = Omit<Translation, 'commands' | 'flags' | 'objects'> & {
  /** The docker lines. */
  readonly commands: readonly SuggestedCommand[];
  /** Docker keeps no objects that one could write down. */
  readonly objects: readonly never[];
  readonly flags: readonly BackVerdict[];
};
