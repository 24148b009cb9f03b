import type { Change, Store } from '../../../store.ts';
import { isResource } from '../../resources.ts';

/** More than this is not remembered: who reads slower begins anew. */
const mostChanges = 10_000;

/**
 * The latest changes of the API's objects, for watches. It is a memory, not a part of the world: a world
 * that was loaded or gone back to begins with none.
 */
export class ChangeHistory {
  readonly #store: Store;
  readonly #changes: Change[] = [];
  /** How many changes were dropped: the number of the first one that is remembered. */
  #dropped = 0;
  /** The revision of the last one that was dropped; changes up to it are not known. */
  #forgotten: number;
  #era: number;

  constructor(store: Store) {
    this.#store = store;
    this.#forgotten = store.revision;
    this.#era = store.era;
    store.listen(
      (change) => this.#notice(change),
      (table) => this.#hears(table),
    );
  }

  /** Changes with every world that is taken up. */
  get era(): number {
    this.#refresh();
    return this.#era;
  }

  /** The number that the next change will have. */
  get end(): number {
    this.#refresh();
    return this.#dropped + this.#changes.length;
  }

  /** The revision after which everything is remembered. */
  get oldest(): number {
    this.#refresh();
    return this.#forgotten;
  }

  /** The number of the first change after a revision; undefined when some after it are forgotten. */
  after(revision: number): number | undefined {
    this.#refresh();
    if (revision < this.#forgotten) return undefined;
    const place = this.#changes.findIndex((change) => change.revision > revision);
    return place === -1 ? this.end : this.#dropped + place;
  }

  /** The changes from a number on; undefined when some of them are forgotten. */
  from(number: number): readonly Change[] | undefined {
    this.#refresh();
    return number < this.#dropped ? undefined : this.#changes.slice(number - this.#dropped);
  }

  #hears(table: string): boolean {
    this.#refresh();
    return isResource(table);
  }

  #notice(change: Change): void {
    this.#changes.push(change);
    // Dropping one by one would move the rest each time.
    if (this.#changes.length < 2 * mostChanges) return;
    const gone = this.#changes.splice(0, mostChanges);
    this.#dropped += gone.length;
    this.#forgotten = gone.at(-1)?.revision ?? this.#forgotten;
  }

  #refresh(): void {
    if (this.#era === this.#store.era) return;
    this.#era = this.#store.era;
    this.#dropped += this.#changes.length;
    this.#changes.length = 0;
    this.#forgotten = this.#store.revision;
  }
}
