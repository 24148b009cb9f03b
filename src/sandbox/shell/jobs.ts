import { complain, pause, print, type Steps } from '../effects.ts';
import type { Drive, Waiting } from './drive.ts';
import { longestEnd } from './run-to-end.ts';
import type { Program } from './shell-context.ts';

/** What runs while the learner does something else. */
interface Job {
  /** As `jobs` and `%1` count. */
  readonly number: number;
  readonly pid: number;
  readonly text: string;
  readonly drive: JobDrive;
  /** How long it is content to wait. */
  readonly patience: number;
  /** When it has to be over, where it was told to end. */
  readonly deadline?: number;
}

type JobDrive = Pick<Drive, 'resume' | 'interrupt' | 'end'>;

/** Processes of jobs are numbered from here on: those that are there from the start have lower numbers. */
const firstPid = 1201;

const killUsage =
  'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n';

/** The commands of a shell that were started with `&`. */
export class Jobs {
  #jobs: readonly Job[] = [];
  /** What those that are over ended with, by their processes. */
  readonly #codes = new Map<number, number>();
  #nextPid = firstPid;
  readonly #now: () => number;

  /** @param now the world's time */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Runs a command up to where it waits; it is kept when it is not over by then.
   *
   * @returns the number of its process
   */
  start(drive: JobDrive, text: string): number {
    const pid = this.#nextPid;
    this.#nextPid += 1;
    const number = (this.#jobs.at(-1)?.number ?? 0) + 1;
    const waiting = upToPause(drive, drive.resume());
    this.#jobs = [...this.#jobs, ...this.#kept({ number, pid, text, drive }, waiting)];
    return pid;
  }

  /** Lets all go on: something has happened, or time has passed. */
  goOn(): void {
    this.#jobs = this.#jobs.flatMap((job) => {
      const { drive, pid, deadline = Number.POSITIVE_INFINITY } = job;
      if (this.#now() < deadline) return this.#kept(job, upToPause(drive, drive.resume()));
      drive.end();
      this.#codes.set(pid, killedCode);
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

  /** The programs that look after them. */
  programs(): Readonly<Record<string, Program>> {
    return {
      jobs: (words) => this.#list(words),
      kill: (words) => this.#kill(words),
      wait: (words) => this.#wait(words),
      fg,
      bg: fg,
    };
  }

  *#list(words: readonly string[]): Steps<number> {
    for (const [place, { number, pid, text }] of this.#jobs.entries()) {
      const mark = { [this.#jobs.length - 1]: '+', [this.#jobs.length - 2]: '-' }[place] ?? ' ';
      const process = words.includes('-l') ? ` ${pid}` : '';
      yield* print(
        words.includes('-p')
          ? `${pid}\n`
          : `[${number}]${mark}${process}  Running                 ${text} &\n`,
      );
    }
    return 0;
  }

  *#kill(words: readonly string[]): Steps<number> {
    const [first] = words.slice(1);
    const isNamed = first === '-s' || first === '-n';
    const signal = isNamed ? words[2] : first?.replace(/^-(?=.)/, '');
    const names = words.slice(isNamed ? 3 : first?.startsWith('-') ? 2 : 1);
    if (names.length === 0) {
      yield* complain(killUsage);
      return 2;
    }
    let code = 0;
    for (const name of names) {
      const job = this.#named(name);
      if (typeof job === 'string') {
        yield* complain(`sh: kill: ${job}\n`);
        code = 1;
      } else if (signal !== '0') this.#strike(job);
    }
    return code;
  }

  #strike(job: Job): void {
    const waiting = upToPause(job.drive, job.drive.interrupt());
    const deadline = job.deadline ?? this.#now() + longestEnd;
    const rest = this.#kept({ ...job, deadline }, waiting);
    this.#jobs = this.#jobs.flatMap((each) => (each.number === job.number ? rest : [each]));
  }

  /** The job that `%1`, `%+` or a process names. @returns what is said where there is none */
  #named(name: string): Job | string {
    if (/^%[+%]?$/.test(name)) return this.#jobs.at(-1) ?? `${name}: no such job`;
    const byNumber = name.startsWith('%');
    const found = this.#jobs.find(({ number, pid }) => name === (byNumber ? `%${number}` : `${pid}`));
    if (found) return found;
    if (byNumber) return `${name}: no such job`;
    return /^-?\d+$/.test(name)
      ? `(${name}) - No such process`
      : `${name}: arguments must be process or job IDs`;
  }

  *#wait(words: readonly string[]): Steps<number> {
    const names = words.slice(1).filter((word) => !word.startsWith('-'));
    if (names.length === 0) {
      while (this.#jobs.length > 0) yield* pause(1000);
      return 0;
    }
    let code = 0;
    for (const name of names) code = yield* this.#waitFor(name);
    return code;
  }

  *#waitFor(name: string): Steps<number> {
    const job = this.#named(name);
    const pid = typeof job === 'string' ? Number(name) : job.pid;
    while (this.#jobs.some((each) => each.pid === pid)) yield* pause(1000);
    const code = this.#codes.get(pid);
    if (code !== undefined) return code;
    const isPid = /^\d+$/.test(name);
    yield* complain(
      `sh: wait: ${isPid ? `pid ${name} is not a child of this shell` : name.startsWith('%') ? `${name}: no such job` : `\`${name}': not a pid or valid job spec`}\n`,
    );
    return isPid || name.startsWith('%') ? 127 : 1;
  }

  /** A job as it goes on; none that is over. */
  #kept(job: Omit<Job, 'patience'>, waiting: Waiting & { kind: 'done' | 'pause' }): readonly Job[] {
    if (waiting.kind === 'pause') return [{ ...job, patience: waiting.atMost }];
    this.#codes.set(job.pid, waiting.code);
    return [];
  }
}

/** What is ended at once ends with: 128 and the number of SIGKILL. */
const killedCode = 137;

function* fg(words: readonly string[]): Steps<number> {
  yield* complain(
    `sh: ${words[0]}: this shell does not bring jobs back; jobs lists them, kill %1 ends one\n`,
  );
  return 1;
}

/** Runs what is in the background up to where it waits, or to its end. */
function upToPause(drive: JobDrive, first: Waiting): Waiting & { kind: 'done' | 'pause' } {
  for (let waiting = first; ; ) {
    if (waiting.kind === 'done' || waiting.kind === 'pause') return waiting;
    waiting = drive.resume(unattended[waiting.kind]);
  }
}

/** What is heard where nobody types into what runs in the background. */
const unattended = {
  terminal: { isTerminal: false },
  'take-input': { text: '', ended: true },
  'read-input': '',
  edit: undefined,
} as const;
