import type { EngineParts } from '../engine/engine-parts.ts';

/** What the container half of the engine works with. */
export interface ContainerParts extends EngineParts {
  readonly readers: Readers;
}

/**
 * The streams that are open on containers. They are no part of the world: whoever reads one holds it. A container
 * that goes takes its log with it, so they are told to read what is there before.
 */
export class Readers {
  readonly #readers = new Map<string, Set<() => void>>();

  /** @param drain reads what is there @returns ends it */
  add(container: string, drain: () => void): () => void {
    const all = this.#readers.get(container) ?? new Set();
    all.add(drain);
    this.#readers.set(container, all);
    return () => {
      all.delete(drain);
      if (all.size === 0 && this.#readers.get(container) === all) this.#readers.delete(container);
    };
  }

  /** Has everything read that is there of a container. */
  drain(container: string): void {
    for (const each of this.#readers.get(container) ?? []) each();
  }
}
