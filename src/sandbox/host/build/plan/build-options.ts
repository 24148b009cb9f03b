/** What a build was asked for, beside its files. */
export interface BuildOptions {
  /** Name of the Dockerfile; it stands in messages too. */
  readonly dockerfile: string;
  readonly target: string;
  readonly args: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Stages that are built anew; all of them when it is empty, none when it is left out. */
  readonly noCache?: readonly string[];
  /** Asks the registry for images that are there already. */
  readonly pull: boolean;
  /** Secrets by id. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Names for the result; it has none when they are left out. */
  readonly tags: readonly string[];
}
