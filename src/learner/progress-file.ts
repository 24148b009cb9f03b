import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whileLocked } from './lock.ts';
import { makeDirectory } from './make-directory.ts';
import { noProgress, type Progress } from './progress.ts';
import { NewerProgress, readProgress, UnreadableProgress, writeProgress } from './progress-text.ts';
import { replaceFile } from './replace-file.ts';

type Change = (progress: Progress) => Progress;

/**
 * The learner's progress on disk. Every change is written when it is made: read what is there now, apply
 * the change, write a new file, rename it over the old one, all under a lock. So two runs at once lose
 * nothing of either, and a run that is killed leaves the old file or the new one, never a piece of one.
 * A file that cannot be read is never written over; one that is damaged is kept under another name.
 *
 * Reading and updating never throw: a lesson goes on without a disk. What went wrong is said by `warn`, once.
 */
export class ProgressFile {
  /** Undefined where there is no place to keep state. */
  readonly path: string | undefined;
  readonly #directory: string;
  readonly #now: () => Date;
  readonly #warn: (what: string, hint: string) => void;
  readonly #warned = new Set<string>();
  /** What could not be written yet. */
  #pending: readonly Change[] = [];
  /** The file as it was seen last, with what is pending. */
  #known: Progress = noProgress;

  constructor(directory: string | undefined, now: () => Date, warn: (what: string, hint: string) => void) {
    this.#directory = directory ?? '';
    this.path = directory === undefined ? undefined : join(directory, 'progress.json');
    this.#now = now;
    this.#warn = warn;
  }

  /** What is known: the file as it is now, with what could not be written yet. */
  read(): Progress {
    const { path } = this;
    if (path === undefined) return this.#known;
    try {
      this.#known = this.#withPending(this.#load(path));
    } catch (error) {
      this.#explain('progress cannot be read', error as Error);
    }
    return this.#known;
  }

  /** Makes a change and writes it. What cannot be written is kept, and tried again with the next change. */
  update(change: Change): Progress {
    const { path } = this;
    const known = change(this.#known);
    this.#pending = [...this.#pending, change];
    if (path === undefined) {
      this.#warnOnce(
        'home',
        'there is no home directory to keep progress in',
        'Set K8S_DOCKER_TUTOR_STATE to a directory of yours.',
      );
      this.#known = known;
      return known;
    }
    try {
      makeDirectory(this.#directory);
      this.#whileLocked(() => this.#save(path));
    } catch (error) {
      this.#explain('progress cannot be saved', error as Error);
      this.#known = known;
    }
    return this.#known;
  }

  /** Whether everything that was changed is on the disk. */
  get isSaved(): boolean {
    return this.#pending.length === 0;
  }

  /**
   * Forgets everything; the file is kept under another name.
   *
   * @returns that name, or undefined when there was nothing to forget
   * @throws what the file system throws, and LockTaken; nothing is forgotten then
   */
  reset(): string | undefined {
    const { path } = this;
    const aside = path === undefined ? undefined : this.#setAsideIfThere(path);
    this.#pending = [];
    this.#known = noProgress;
    return aside;
  }

  /** @throws what `load` throws, and what the file system does */
  #save(path: string): void {
    const next = this.#withPending(this.#loadAlone(path));
    const draft = `${path}.${process.pid}.new`;
    try {
      const file = openSync(draft, 'w', 0o600);
      try {
        writeFileSync(file, writeProgress(next));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      replaceFile(draft, path);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
    this.#pending = [];
    this.#known = next;
  }

  /** Reads the file. When it is damaged it is looked at again once no other run can be at it. */
  #load(path: string): Progress {
    try {
      return readFile(path);
    } catch (error) {
      if (!(error instanceof UnreadableProgress)) throw error;
      return this.#whileLocked(() => this.#loadAlone(path));
    }
  }

  /**
   * Reads the file and sets it aside when it is damaged. Only under the lock: without it, what is moved
   * away could be the good file that another run has written since.
   */
  #loadAlone(path: string): Progress {
    try {
      return readFile(path);
    } catch (error) {
      if (!(error instanceof UnreadableProgress)) throw error;
      const aside = this.#setAside(path, 'damaged');
      this.#warn(
        `the progress file could not be understood (${error.message})`,
        `It is kept as ${aside}; a new one is begun.`,
      );
      return noProgress;
    }
  }

  #setAsideIfThere(path: string): string | undefined {
    try {
      return this.#whileLocked(() => this.#setAside(path, 'before-reset'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  #setAside(path: string, why: string): string {
    const stamp = this.#now().toISOString().replace(/[:.]/g, '-');
    const aside = path.replace(/\.json$/, `.${why}-${stamp}-${process.pid}.json`);
    replaceFile(path, aside);
    return aside;
  }

  #whileLocked<T>(act: () => T): T {
    return whileLocked(join(this.#directory, 'progress.lock'), act);
  }

  #withPending(progress: Progress): Progress {
    return this.#pending.reduce((state, change) => change(state), progress);
  }

  #explain(what: string, error: Error): void {
    if (error instanceof NewerProgress) {
      this.#warnOnce(
        'newer',
        `${this.path} was written by a newer k8s-docker-tutor`,
        'It is left alone and nothing is saved. Update the tutor to go on where you were.',
      );
      return;
    }
    this.#warnOnce(
      'disk',
      `${what}: ${error.message}`,
      'The lesson goes on. Make the directory writable, or set K8S_DOCKER_TUTOR_STATE to another.',
    );
  }

  #warnOnce(about: string, what: string, hint: string): void {
    if (this.#warned.has(about)) return;
    this.#warned.add(about);
    this.#warn(what, hint);
  }
}

/** @throws NewerProgress, UnreadableProgress, and what the file system throws except that there is no file */
function readFile(path: string): Progress {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return noProgress;
    throw error;
  }
  return readProgress(text);
}
