import type { Likeness } from '../../lesson/lesson.ts';

/**
 * What a kubectl command is in Docker, as a row of data (lessons/mapping/kubectl.yaml).
 *
 * Templates are those of src/mapping/command-row.ts: a word whose placeholder has no value is left out.
 * `{flags...}` is where `adds` of the given flags go; without it they go nowhere. Placeholders are the
 * positional arguments by name, `{flag.image}` for the value of a flag, `{command...}` for what stands after
 * `--`, and those that line-values.ts makes of a line, such as `{name}`, `{names...}` and `{labels...}`. A
 * command with `{each}` is repeated for each object named.
 *
 * In `positionals` four names are read in their own way: `object` is a Pod or TYPE/NAME, `objects...` are
 * TYPE NAME… or TYPE/NAME…, `nodes...` are names of nodes, and `pairs...` are KEY=VALUE and KEY-.
 */
export interface KubectlRow extends KubectlAnswer {
  /** Canonical, such as `kubectl rollout restart`. */
  readonly command: string;
  readonly positionals: readonly string[];
  /** One for every flag the command has, global ones left out. */
  readonly flags: readonly KubectlFlagRow[];
  /** One for every flag that all commands take. */
  readonly globals: readonly KubectlFlagRow[];
  /** What the answer is for a kind of object. */
  readonly resources: readonly KubectlResourceRow[];
  readonly lesson: string;
  readonly sources: readonly string[];
}

/** The answer of a row, or that for some kinds of object. */
export interface KubectlAnswer {
  readonly grade: Likeness;
  /** The counterpart for the table: `docker logs`, `docker compose up -d`, `none`. */
  readonly docker: string;
  /** The answer in one or two sentences. */
  readonly summary: string;
  readonly commands: readonly DockerTemplate[];
  readonly caveats: readonly string[];
}

/** The answer for some kinds, with flags that mean something else there; the rest is the row's. */
export interface KubectlResourceRow extends KubectlAnswer {
  /** Plurals as the API has them, `all`, and `file` for a line that names files instead. */
  readonly kinds: readonly string[];
  readonly flags: readonly KubectlFlagRow[];
}

export interface DockerTemplate {
  readonly run: string;
  readonly why: string;
  /**
   * Conditions with blanks between them, which all have to hold: `--follow` for a flag that is given,
   * `--for=delete` for a flag with that value, `name` for a placeholder that has a value; `!` before one
   * turns it round.
   */
  readonly when?: string;
}

export interface KubectlFlagRow extends FlagMeaning {
  /** The long name, such as `--tail`. */
  readonly flag: string;
  readonly sources: readonly string[];
  /** Values that mean something of their own; the first that the value begins with counts. */
  readonly values?: readonly (FlagMeaning & { readonly starts: string })[];
}

export interface FlagMeaning {
  readonly grade: Likeness;
  /** What it becomes: `--tail`, a command, or `none`. */
  readonly docker: string;
  /**
   * Words put where `{flags...}` stands: `{value}` is the flag's value, `{item}` each part of a list with
   * commas, `{rest}` what follows `starts`.
   */
  readonly adds?: string;
  readonly why: string;
}

/** lessons/mapping/kubectl.yaml as it is written; complete-row.ts makes rows of it. */
export interface WrittenKubectlMapping {
  readonly globals: readonly KubectlFlagRow[];
  /** Flags that mean the same in every command that says nothing else. */
  readonly common: readonly KubectlFlagRow[];
  readonly rows: readonly WrittenKubectlRow[];
}

/** A flag without sources rests on those of its row. */
export type WrittenFlagRow = Omit<KubectlFlagRow, 'sources'> & Partial<Pick<KubectlFlagRow, 'sources'>>;

export type WrittenKubectlRow = Pick<KubectlRow, 'command' | 'lesson' | 'sources'> &
  Pick<KubectlAnswer, 'grade' | 'docker' | 'summary'> &
  Partial<Pick<KubectlRow, 'positionals' | 'commands' | 'caveats'>> & {
    readonly flags?: readonly WrittenFlagRow[];
    readonly resources?: readonly WrittenResourceRow[];
  };

/** What it leaves out of grade and docker is the row's; its commands are its own. */
export type WrittenResourceRow = Pick<KubectlResourceRow, 'kinds'> &
  Partial<Omit<KubectlResourceRow, 'kinds' | 'flags'>> & { readonly flags?: readonly WrittenFlagRow[] };
