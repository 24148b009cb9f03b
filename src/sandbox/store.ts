import { nextState, numberOf } from './chance.ts';
import { TableIndex } from './table-index.ts';
import type { Table, World } from './world.ts';

/** One entry of a table that was written, and what it was before. */
export interface Change {
  readonly table: string;
  readonly key: string;
  /** Undefined when it is new. */
  readonly before: unknown;
  /** Undefined when it is gone. */
  readonly after: unknown;
  /** The world's revision after it; the same as before for tables that are not of the API. */
  readonly revision: number;
}

interface Listener {
  readonly notice: (change: Change) => void;
  readonly hears: (table: string) => boolean;
}

const none: readonly TableIndex[] = [];

/**
 * A world that is being changed. Values in tables are never changed in place: they are replaced, and a table
 * is copied the first time it is written after a snapshot. So a snapshot costs nothing, every snapshot
 * stays what it was, and going back to one is taking it up again.
 */
export class Store {
  now: number;
  revision: number;
  /** Counts how often another world was taken up, for those who remember something of the one before. */
  era = 0;
  #random: number;
  #tables: Record<string, Record<string, unknown>>;
  /** The tables that no snapshot holds, so that they may be written. */
  readonly #own = new Set<string>();
  readonly #indexes = new Map<string, TableIndex[]>();
  #listeners: Listener[] = [];

  constructor(world: World) {
    this.now = world.now;
    this.revision = world.revision;
    this.#random = world.random;
    this.#tables = { ...(world.tables as Record<string, Record<string, unknown>>) };
  }

  /** The world as it is. What is written later does not change it. */
  snapshot(): World {
    this.#own.clear();
    return {
      version: 1,
      now: this.now,
      random: this.#random,
      revision: this.revision,
      tables: { ...this.#tables },
    };
  }

  /** Goes on from another world, such as an earlier snapshot. Nobody is told of the difference. */
  restore(world: World): void {
    this.now = world.now;
    this.revision = world.revision;
    this.#random = world.random;
    this.#tables = { ...(world.tables as Record<string, Record<string, unknown>>) };
    this.#own.clear();
    this.#indexes.clear();
    this.era += 1;
  }

  /**
   * Has changes told from now on, in order.
   *
   * @param hears whether changes of a table are to be told; it is asked each time. All are where it is left out
   */
  listen(notice: (change: Change) => void, hears: (table: string) => boolean = () => true): void {
    this.#listeners.push({ notice, hears });
  }

  /** Ends what `listen` began. */
  unlisten(notice: (change: Change) => void): void {
    this.#listeners = this.#listeners.filter((each) => each.notice !== notice);
  }

  table(name: string): Table {
    return this.#tables[name] ?? {};
  }

  read(table: string, key: string): unknown {
    return this.#tables[table]?.[key];
  }

  /** @param value replaces what was there; it is not to be changed afterwards */
  write(table: string, key: string, value: unknown): void {
    const owned = this.#owned(table);
    const before = owned[key];
    owned[key] = value;
    this.#tell(table, key, before, value);
  }

  delete(table: string, key: string): void {
    if (this.read(table, key) === undefined) return;
    const owned = this.#owned(table);
    const before = owned[key];
    delete owned[key];
    this.#tell(table, key, before, undefined);
  }

  /**
   * Finds entries of a table by what they have in common. The index is made when it is first asked for, and
   * kept up with every change.
   *
   * @param name of the index, unique in its table
   * @param valuesOf under which values an entry is found
   */
  index(table: string, name: string, valuesOf: (entry: never, key: string) => readonly string[]): TableIndex {
    const indexes = this.#indexes.get(table) ?? none;
    // This is asked so often that the loop makes nothing.
    for (const each of indexes) if (each.name === name) return each;
    const index = new TableIndex(name, valuesOf as (entry: unknown, key: string) => readonly string[]);
    for (const [key, entry] of Object.entries(this.table(table))) index.change(key, undefined, entry);
    this.#indexes.set(table, [...indexes, index]);
    return index;
  }

  /** A whole number that is at least 0 and below `limit`; the same ones from the same world. */
  random(limit: number): number {
    this.#random = nextState(this.#random);
    return Math.floor((numberOf(this.#random) / 2 ** 32) * limit);
  }

  #owned(table: string): Record<string, unknown> {
    const there = this.#tables[table];
    if (there && this.#own.has(table)) return there;
    const copy = { ...there };
    this.#tables[table] = copy;
    this.#own.add(table);
    return copy;
  }

  #tell(table: string, key: string, before: unknown, after: unknown): void {
    for (const index of this.#indexes.get(table) ?? none) index.change(key, before, after);
    // Half of all that is written is of tables that nobody watches.
    let change: Change | undefined;
    for (const { notice, hears } of this.#listeners) {
      if (!hears(table)) continue;
      change ??= { table, key, before, after, revision: this.revision };
      notice(change);
    }
  }
}
