import type { Likeness } from '../lesson/lesson.ts';

/**
 * What a docker command is in Kubernetes, as a row of data (lessons/mapping/*.yaml). The same row serves
 * the catalogue, the search, and the translation of a line.
 *
 * Templates: `{name}` stands for a positional argument named in `positionals`, `{name...}` for all the
 * rest of them (each a word of its own), `{flag.since}` for the value of a flag. A word whose placeholder
 * has no value is left out, and so is the flag word right before it. In `adds`, `{value}` is the flag's
 * value, and under `values` `{rest}` what follows `starts`. `{flag.memory|memory}` writes a size as a
 * Kubernetes quantity, `|signal` a signal without its SIG, `|key` and `|value` the parts of `web=3`, `|name`
 * a name that the API takes. Other braces stay as they are.
 */
export interface CommandRow {
  /** Canonical, such as `docker container logs`. */
  readonly command: string;
  readonly category: Category;
  /** What one wants when one types it, in the words of a search: "see what a container printed". */
  readonly intents: readonly string[];
  readonly grade: Likeness;
  /** The counterpart for the table: `kubectl logs`, `crictl images`, `none`. */
  readonly kubernetes: string;
  /** The answer in one or two sentences. */
  readonly summary: string;
  /** Names of the positional arguments in order; the last may end in `...`. */
  readonly positionals: readonly string[];
  /** The commands to type; with `when`, only where that flag is given. */
  readonly commands: readonly CommandTemplate[];
  readonly caveats: readonly string[];
  /** One for every flag the command has. */
  readonly flags: readonly FlagRow[];
  readonly lesson: string;
  readonly sources: readonly string[];
}

/** The families of commands, in the order they are listed. */
export const categories = [
  'container',
  'image',
  'build',
  'network',
  'volume',
  'system',
  'context',
  'registry',
  'compose',
  'swarm',
] as const;

export type Category = (typeof categories)[number];

export interface CommandTemplate {
  readonly run: string;
  readonly why: string;
  /** What has to be given, `--follow`, or must not be, `!--follow`; arguments by name; `--mode=global` by its value; all of several words. */
  readonly when?: string;
}

export interface FlagRow {
  /** The long name, such as `--tail`. */
  readonly flag: string;
  readonly grade: Likeness;
  /** What it becomes: `--tail`, a field, or `none`. */
  readonly kubernetes: string;
  /** Words appended to the first command when the flag is given, such as `--tail={value}`. */
  readonly adds?: string;
  readonly why: string;
  readonly sources: readonly string[];
  /** Values that mean something of their own, such as a filter's key: the first that the value begins with counts. */
  readonly values?: readonly {
    readonly starts: string;
    readonly grade: Likeness;
    readonly kubernetes: string;
    readonly adds?: string;
    readonly why: string;
  }[];
}
