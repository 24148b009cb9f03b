/** Entries of a table by a value that they have, in the order of their keys. */
export class TableIndex {
  readonly name: string;
  readonly #valuesOf: (entry: unknown, key: string) => readonly string[];
  readonly #groups = new Map<string, Group>();

  constructor(name: string, valuesOf: (entry: unknown, key: string) => readonly string[]) {
    this.name = name;
    this.#valuesOf = valuesOf;
  }

  /** Keeps up with a change of the table. */
  change(key: string, before: unknown, after: unknown): void {
    const left = before === undefined ? none : this.#valuesOf(before, key);
    const found = after === undefined ? none : this.#valuesOf(after, key);
    if (left !== found) {
      for (const value of left) if (!found.includes(value)) this.#groups.get(value)?.delete(key);
    }
    for (const value of found) {
      let group = this.#groups.get(value);
      if (!group) {
        group = new Group();
        this.#groups.set(value, group);
      }
      group.set(key, after);
    }
  }

  /** The entries with a value, in the order of their keys, however they came to be there. */
  entries(value: string): readonly unknown[] {
    return this.#groups.get(value)?.sorted() ?? [];
  }

  /** How many entries have a value. */
  count(value: string): number {
    return this.#groups.get(value)?.size ?? 0;
  }
}

const none: readonly string[] = [];

/** Most groups have few entries, such as what was told of one Pod: those are kept in two lists and no more. */
const mostFew = 16;

/** The order of insertion would be another after a world was saved and loaded, so it must not show. */
class Group {
  /** Sorted, while there are few. Lists are handed out, so they are replaced when something changes. */
  #keys: readonly string[] = none;
  #few: readonly unknown[] = none;
  #many: ManyEntries | undefined;

  get size(): number {
    return this.#many ? this.#many.size : this.#keys.length;
  }

  set(key: string, entry: unknown): void {
    if (this.#many) return this.#many.set(key, entry);
    const keys = this.#keys;
    let place = 0;
    while (place < keys.length && (keys[place] as string) < key) place += 1;
    if (keys[place] === key) {
      this.#few = this.#few.with(place, entry);
    } else if (keys.length === mostFew) {
      this.#many = new ManyEntries(keys, this.#few);
      this.#many.set(key, entry);
      this.#keys = none;
      this.#few = none;
    } else {
      this.#keys = keys.toSpliced(place, 0, key);
      this.#few = this.#few.toSpliced(place, 0, entry);
    }
  }

  delete(key: string): void {
    if (this.#many) return this.#many.delete(key);
    const place = this.#keys.indexOf(key);
    if (place < 0) return;
    this.#keys = this.#keys.toSpliced(place, 1);
    this.#few = this.#few.toSpliced(place, 1);
  }

  sorted(): readonly unknown[] {
    return this.#many ? this.#many.sorted() : this.#few;
  }
}

/** Many entries, which are put in order when somebody asks for them. */
class ManyEntries {
  readonly #entries: Map<string, unknown>;
  /** Sorted; without those that were added since, and with those that are gone. */
  #keys: readonly string[];
  #added: string[] = [];
  #isThinned = false;
  #sorted: readonly unknown[] | undefined;

  constructor(keys: readonly string[], entries: readonly unknown[]) {
    this.#keys = keys;
    this.#entries = new Map(keys.map((key, place) => [key, entries[place]]));
  }

  get size(): number {
    return this.#entries.size;
  }

  set(key: string, entry: unknown): void {
    const before = this.#entries.size;
    this.#entries.set(key, entry);
    if (this.#entries.size > before) this.#added.push(key);
    this.#sorted = undefined;
  }

  delete(key: string): void {
    if (!this.#entries.delete(key)) return;
    this.#isThinned = true;
    this.#sorted = undefined;
  }

  sorted(): readonly unknown[] {
    if (this.#sorted) return this.#sorted;
    this.#sortKeys();
    this.#sorted = this.#keys.map((key) => this.#entries.get(key));
    return this.#sorted;
  }

  /** What is sorted already need not be sorted again. */
  #sortKeys(): void {
    if (this.#isThinned) {
      // One that was taken away and came again stands among those that were added.
      const again = new Set(this.#added);
      this.#keys = this.#keys.filter((key) => this.#entries.has(key) && !again.has(key));
      this.#added = [...again].filter((key) => this.#entries.has(key));
      this.#isThinned = false;
    }
    const added = this.#added;
    if (added.length === 0) return;
    this.#added = [];
    added.sort();
    const last = this.#keys.at(-1);
    const isBehind = last === undefined || last < (added[0] as string);
    this.#keys = isBehind ? [...this.#keys, ...added] : merged(this.#keys, added);
  }
}

function merged(one: readonly string[], other: readonly string[]): readonly string[] {
  const found: string[] = [];
  let place = 0;
  for (const key of one) {
    for (let next = other[place]; next !== undefined && next < key; next = other[place]) {
      found.push(next);
      place += 1;
    }
    found.push(key);
  }
  for (; place < other.length; place++) found.push(other[place] as string);
  return found;
}
