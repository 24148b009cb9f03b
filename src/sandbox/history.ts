import type { Table, World } from './world.ts';

/** How one world differs from another: what has to be written and deleted to come from one to the other. */
export interface WorldPatch {
  readonly now: number;
  readonly random: number;
  readonly revision: number;
  /** By table and key; null for what is not there. */
  readonly tables: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What leads from a world to another. Costs as much as the tables that differ, and nothing for the others. */
export function patchBetween(from: World, to: World): WorldPatch {
  const tables: Record<string, Record<string, unknown>> = {};
  for (const name of new Set([...Object.keys(from.tables), ...Object.keys(to.tables)])) {
    const [before = {}, after = {}] = [from.tables[name], to.tables[name]];
    if (before === after) continue;
    const changes = changesBetween(before, after);
    if (Object.keys(changes).length > 0) tables[name] = changes;
  }
  return { now: to.now, random: to.random, revision: to.revision, tables };
}

/** The world that a patch leads to. */
export function patched(world: World, { now, random, revision, tables }: WorldPatch): World {
  const next: Record<string, Table> = { ...world.tables };
  for (const [name, changes] of Object.entries(tables)) {
    const table: Record<string, unknown> = { ...next[name] };
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) delete table[key];
      else table[key] = value;
    }
    next[name] = table;
  }
  return { version: 1, now, random, revision, tables: next };
}

function changesBetween(before: Table, after: Table): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const key of Object.keys(before)) if (after[key] === undefined) changes[key] = null;
  for (const [key, value] of Object.entries(after)) if (before[key] !== value) changes[key] = value;
  return changes;
}

/** How many steps can be taken back. */
const most = 100;

/** Worlds before and after the one at hand, to go back to and forward again. Going costs the same for any step. */
export class History {
  #past: World[] = [];
  #future: World[] = [];

  /** How many steps can be taken back. */
  get length(): number {
    return this.#past.length;
  }

  /** Remembers the world before a step. What was undone before cannot be redone any more. */
  record(before: World): void {
    this.#past = [...this.#past.slice(1 - most), before];
    this.#future = [];
  }

  /** @returns the world before the last step; undefined when there was none */
  undo(present: World): World | undefined {
    const before = this.#past.pop();
    if (before) this.#future.push(present);
    return before;
  }

  /** @returns the world that was undone last; undefined when none was */
  redo(present: World): World | undefined {
    const after = this.#future.pop();
    if (after) this.#past.push(present);
    return after;
  }

  /** The steps that can be undone, as patches from the present one back, the last step first. */
  patches(present: World, count: number): WorldPatch[] {
    const worlds = [present, ...this.#past.slice(-count).reverse()];
    return worlds.slice(1).map((world, place) => patchBetween(worlds[place] as World, world));
  }

  /** Takes up what `patches` gave. */
  static of(present: World, patches: readonly WorldPatch[]): History {
    const history = new History();
    let world = present;
    for (const patch of patches) {
      world = patched(world, patch);
      history.#past.unshift(world);
    }
    return history;
  }
}
