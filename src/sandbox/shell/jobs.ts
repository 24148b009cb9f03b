import { complain, pause, print, type Steps } from '../effects.ts';
import type { Drive, Waiting } from './drive.ts';
import { longestEnd } from './run-to-end.ts';
import type { Program } from './shell-context.ts';

/** What runs while the learner does something else. */
interface Job {
  readonly number: number;
  readonly text: string;
  readonly drive: JobDrive;
  /** How long it is content to wait. */
  readonly patience: number;
  /** When it has to be over, where it was told to end. */
  readonly deadline?: number;
}

type JobDrive = Pick<Drive, 'resume' | 'interrupt' | 'end'>;

/** The commands of a shell that were started with `&`. */
export class Jobs {
  #jobs: readonly Job[] = [];
  readonly #now: () => number;

  /** @param now the world's time */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Runs a command up to where it waits; it is kept when it is not over by then. */
  start(drive: JobDrive, text: string): void {
    const patience = upToPause(drive, drive.resume());
    if (patience === undefined) return;
    const number = (this.#jobs.at(-1)?.number ?? 0) + 1;
    this.#jobs = [...this.#jobs, { number, text, drive, patience }];
  }

  /** Lets all go on: something has happened, or time has passed. */
  goOn(): void {
    this.#jobs = this.#jobs.flatMap((job) => {
      const { drive, deadline = Number.POSITIVE_INFINITY } = job;
      if (this.#now() < deadline) return kept(job, upToPause(drive, drive.resume()));
      drive.end();
      return [];
    });
  }

  /** How long all of them are content to wait. */
  get patience(): number {
    return Math.min(...this.#jobs.map(({ patience }) => patience));
  }

  /** Ends all of them at once, and what they have opened is closed. */
  end(): void {
    for (const { drive } of this.#jobs) drive.end();
    this.#jobs = [];
  }

  get isEmpty(): boolean {
    return this.#jobs.length === 0;
  }

  /** The programs that look after them. */
  programs(): Readonly<Record<string, Program>> {
    return { jobs: () => this.#list(), kill: (words) => this.#kill(words), wait: () => this.#wait(), fg };
  }

  *#list(): Steps<number> {
    for (const { number, text } of this.#jobs)
      yield* print(`[${number}]  Running                 ${text} &\n`);
    return 0;
  }

  *#kill(words: readonly string[]): Steps<number> {
    const names = words.slice(1).filter((word) => !word.startsWith('-'));
    if (names.length === 0) {
      yield* complain('kill: usage: kill %1; jobs lists what runs in the background\n');
      return 2;
    }
    let code = 0;
    for (const name of names) {
      const job = this.#jobs.find(({ number }) => name === `%${number}`);
      if (job) {
        const patience = upToPause(job.drive, job.drive.interrupt());
        const deadline = job.deadline ?? this.#now() + longestEnd;
        this.#jobs = this.#jobs.flatMap((each) =>
          each === job ? kept({ ...job, deadline }, patience) : [each],
        );
      } else {
        yield* complain(`sh: kill: ${name}: no such job\n`);
        code = 1;
      }
    }
    return code;
  }

  *#wait(): Steps<number> {
    while (!this.isEmpty) yield* pause(1000);
    return 0;
  }
}

function* fg(): Steps<number> {
  yield* complain('sh: fg: this shell does not bring jobs back; jobs lists them, kill %1 ends one\n');
  return 1;
}

/** A job as it goes on; none that is over. */
function kept(job: Job, patience: number | undefined): readonly Job[] {
  return patience === undefined ? [] : [{ ...job, patience }];
}

/** Runs what is in the background up to where it waits. @returns for how long; undefined when it is over */
function upToPause(drive: JobDrive, first: Waiting): number | undefined {
  for (let waiting = first; ; ) {
    if (waiting.kind === 'done') return undefined;
    if (waiting.kind === 'pause') return waiting.atMost;
    // Nobody types into what runs in the background.
    const answer: unknown =
      waiting.kind === 'terminal'
        ? { isTerminal: false }
        : waiting.kind === 'take-input'
          ? { text: '', ended: true }
          : waiting.kind === 'read-input'
            ? ''
            : undefined;
    waiting = drive.resume(answer);
  }
}
