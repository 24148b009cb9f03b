import type { CommonOptions } from '../../help.ts';

/** What `quiz` is asked for. */
export interface QuizOptions extends CommonOptions {
  readonly count?: string;
  readonly new?: boolean;
  readonly due?: boolean;
  readonly exam?: boolean;
  readonly seed?: string;
  /** False with `--no-confidence`. */
  readonly confidence?: boolean;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** What `quiz show` and `quiz answer` are asked for. */
export interface ItemOptions extends CommonOptions {
  readonly json?: boolean;
  readonly solution?: boolean;
  readonly sure?: string;
}
