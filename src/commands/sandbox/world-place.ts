import type { WorldFile } from '../../learner/world-file.ts';

/** Where a world is kept. */
export interface WorldPlace {
  readonly file: WorldFile | undefined;
  /** Whether the learner has named the file: then it is never put aside. */
  readonly isNamed: boolean;
  /** What it is called: "the sandbox's world". */
  readonly name: string;
  /** How another place is named. */
  readonly another: string;
}
