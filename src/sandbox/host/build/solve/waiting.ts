/** What a build waits for: a time, or the end of a container. */
export type Waiting = { readonly until: number } | { readonly container: string };

/** A part of a build: it yields what it waits for, and goes on when that has come. */
export type BuildSteps<T> = Generator<Waiting, T, undefined>;
