import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { WorldPatch } from '../sandbox/history.ts';
import { broughtForward } from '../sandbox/older-world.ts';
import type { World } from '../sandbox/world.ts';
import { whileLocked } from './lock.ts';
import { makeDirectory } from './make-directory.ts';
import { replaceFile } from './replace-file.ts';

/** A world as it is kept between runs, with what is needed to take steps back. */
export interface SavedWorld {
  readonly version: 1;
  /** Counts how often it was saved: a run that finds another number knows of another run. */
  readonly serial: number;
  readonly world: World;
  /** The last step first. */
  readonly undo: readonly WorldPatch[];
}

/** How long a run waits for another one with the same world, in milliseconds: that one may have a long script. */
const runPatience = 20_000;

/** Thrown when a file is there and is no world, or one of a newer program. It is left as it is. */
export class UnreadableWorld extends Error {
  override readonly name = 'UnreadableWorld';
  readonly isNewer: boolean;

  constructor(message: string, isNewer = false) {
    super(message);
    this.isNewer = isNewer;
  }
}

/**
 * A world on disk. It is written as a whole under another name and renamed, so that a run that is killed
 * leaves the old one or the new one. When two runs have it open, the second one to save keeps its world in a
 * file of its own.
 */
export class WorldFile {
  #path: string;
  #serial = 0;

  constructor(path: string) {
    this.#path = path;
  }

  get path(): string {
    return this.#path;
  }

  /**
   * @returns undefined when there is none yet
   * @throws UnreadableWorld, and what the file system throws
   */
  load(): SavedWorld | undefined {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
    const saved = parse(text);
    this.#serial = saved.serial;
    return saved;
  }

  /**
   * Writes the world.
   *
   * @param aside names the file that is written when another run has saved since this one loaded
   * @returns whether it had to go there
   * @throws LockTaken, and what the file system throws; the file is then as it was
   */
  save(world: World, undo: readonly WorldPatch[], aside: string): boolean {
    makeDirectory(dirname(this.#path));
    return whileLocked(`${this.#path}.lock`, () => {
      const isTaken = serialIn(this.#path) !== this.#serial;
      if (isTaken) {
        this.#path = aside;
        this.#serial = 0;
      }
      const saved: SavedWorld = { version: 1, serial: this.#serial + 1, world, undo };
      this.#write(`${JSON.stringify(saved)}\n`);
      this.#serial += 1;
      return isTaken;
    });
  }

  /**
   * Does something with the world while no other run that asks in this way does.
   *
   * @throws LockTaken, and what `act` and the file system throw
   */
  alone<T>(act: () => T): T {
    makeDirectory(dirname(this.#path));
    return whileLocked(`${this.#path}.run`, act, runPatience);
  }

  /** Puts a world that cannot be read out of the way. @returns its new name */
  setAside(stamp: string): string {
    const aside = `${this.#path.replace(/\.json$/, '')}.damaged-${stamp}.json`;
    replaceFile(this.#path, aside);
    return aside;
  }

  #write(text: string): void {
    const draft = `${this.#path}.${process.pid}.new`;
    try {
      writeFileSync(draft, text, { mode: 0o600, flush: true });
      replaceFile(draft, this.#path);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  }
}

/** The number stands at the beginning, so that a large world need not be parsed for it. */
function serialIn(path: string): number {
  try {
    const text = readFileSync(path, 'utf8');
    return Number(/^\{"version":1,"serial":(\d+),/.exec(text)?.[1] ?? -1);
  } catch (error) {
    if (isAbsence(error)) return 0;
    throw error;
  }
}

/** Whether there is nothing at the path: no file, or no folder that it could be in. */
function isAbsence(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function parse(text: string): SavedWorld {
  let value: Partial<SavedWorld> | null;
  try {
    value = JSON.parse(text) as Partial<SavedWorld> | null;
  } catch {
    throw new UnreadableWorld('it is no JSON');
  }
  const version: unknown = value?.version;
  if (typeof version === 'number' && version > 1)
    throw new UnreadableWorld('a newer k8s-docker-tutor wrote it', true);
  const { world, serial, undo } = value ?? {};
  if (version !== 1 || typeof serial !== 'number' || !Array.isArray(undo) || !isWorld(world)) {
    throw new UnreadableWorld('it holds no world');
  }
  return { version, serial, ...broughtForward(world, undo) };
}

function isWorld(value: unknown): value is World {
  const { version, now, random, revision, tables } = (value ?? {}) as Partial<World>;
  return (
    version === 1 &&
    [now, random, revision].every((number) => Number.isFinite(number)) &&
    typeof tables === 'object' &&
    tables !== null &&
    Object.values(tables).every(
      (table) => typeof table === 'object' && table !== null && !Array.isArray(table),
    )
  );
}
