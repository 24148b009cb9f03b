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
    // What is new mostly stands behind what was there: names that are told one after the other end in the time.
    let place = keys.length;
    while (place > 0 && (keys[place - 1] as string) > key) place -= 1;
    if (keys[place - 1] === key) {
      this.#few = this.#few.with(place - 1, entry);
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

/** An entry among many; who has it need not look it up by its key. */
interface Slot {
  readonly key: string;
  entry: unknown;
  isGone: boolean;
}

/** Many entries, which are put in order when somebody asks for them. */
class ManyEntries {
  readonly #slots = new Map<string, Slot>();
  /** In order; without those that were added since, and with those that are gone. */
  #ordered: readonly Slot[];
  #added: Slot[] = [];
  #isThinned = false;
  #sorted: readonly unknown[] | undefined;

  constructor(keys: readonly string[], entries: readonly unknown[]) {
    this.#ordered = keys.map((key, place) => ({ key, entry: entries[place], isGone: false }));
    for (const slot of this.#ordered) this.#slots.set(slot.key, slot);
  }

  get size(): number {
    return this.#slots.size;
  }

  set(key: string, entry: unknown): void {
    this.#sorted = undefined;
    const known = this.#slots.get(key);
    if (known) {
      known.entry = entry;
      return;
    }
    const slot: Slot = { key, entry, isGone: false };
    this.#slots.set(key, slot);
    this.#added.push(slot);
  }

  delete(key: string): void {
    const slot = this.#slots.get(key);
    if (!slot) return;
    this.#slots.delete(key);
    slot.isGone = true;
    this.#isThinned = true;
    this.#sorted = undefined;
  }

  sorted(): readonly unknown[] {
    if (this.#sorted) return this.#sorted;
    this.#order();
    this.#sorted = this.#ordered.map(({ entry }) => entry);
    return this.#sorted;
  }

  /** What is in order already need not be sorted again. */
  #order(): void {
    if (this.#isThinned) {
      this.#ordered = this.#ordered.filter(({ isGone }) => !isGone);
      this.#added = this.#added.filter(({ isGone }) => !isGone);
      this.#isThinned = false;
    }
    const added = this.#added;
    if (added.length === 0) return;
    this.#added = [];
    added.sort((one, other) => (one.key < other.key ? -1 : 1));
    const last = this.#ordered.at(-1);
    const isBehind = last === undefined || last.key < (added[0] as Slot).key;
    this.#ordered = isBehind ? [...this.#ordered, ...added] : merged(this.#ordered, added);
  }
}

function merged(one: readonly Slot[], other: readonly Slot[]): readonly Slot[] {
  const found: Slot[] = [];
  let place = 0;
  for (const slot of one) {
    for (let next = other[place]; next !== undefined && next.key < slot.key; next = other[place]) {
      found.push(next);
      place += 1;
    }
    found.push(slot);
  }
  for (; place < other.length; place++) found.push(other[place] as Slot);
  return found;
}
