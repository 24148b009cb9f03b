import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { Likeness } from '../lesson/lesson.ts';

/** A command to type, as words. */
export interface SuggestedCommand {
  readonly argv: readonly string[];
  /** What it does here, or why it comes at this place; a sentence. */
  readonly why: string;
}

/** What became of one flag, in the order given. */
export interface FlagVerdict {
  /** The long name, such as `--publish`. */
  readonly flag: string;
  /** As given; left out for a switch given alone. */
  readonly value?: string;
  readonly grade: Likeness;
  /** The field, flag or object it became, such as `Service spec.ports`; `none` where there is none. */
  readonly kubernetes: string;
  /** Why; one to three sentences. With grade `none`, what to do instead. */
  readonly why: string;
  /** Ids of pages in lessons/sources.yaml. */
  readonly sources: readonly string[];
}

/** A docker command line in the terms of Kubernetes. */
export interface Translation {
  /** The line as it was typed. */
  readonly input: string;
  readonly argv: readonly string[];
  /** Canonical, such as `docker container run`. */
  readonly command: string;
  readonly grade: Likeness;
  /** The answer in one or two sentences. */
  readonly summary: string;
  readonly commands: readonly SuggestedCommand[];
  readonly objects: readonly KubernetesObject[];
  readonly flags: readonly FlagVerdict[];
  /** What the positional arguments are; for run `image` and `args`. */
  readonly positionals: Readonly<Record<string, string | readonly string[]>>;
  readonly caveats: readonly string[];
  /** Id of the lesson that teaches it. */
  readonly lesson: string;
  /** Ids of pages in lessons/sources.yaml. */
  readonly sources: readonly string[];
}
