import { print, type Steps } from '../effects.ts';
import type { Sandbox } from '../sandbox.ts';
import { ShellExit } from '../shell/line/control-flow.ts';
import { Shell, type Write } from '../shell/shell.ts';
import type { Program } from '../shell/shell-context.ts';
import type { World } from '../world.ts';
import { checkGoal, isReached } from './goal.ts';
import type { Lab, Seen } from './lab.ts';
import { askHint, isAttempt, type LabVisit, newVisit, readVisit } from './lab-visit.ts';

/** How the lab speaks: each gives a text as it is to be printed. */
export interface LabVoice {
  /** Story and goal. */
  brief(): string;
  checked(seen: readonly Seen[]): string;
  hint(text: string, place: number): string;
  /** Something has to be tried before the next hint; the last one again. */
  tryFirst(text: string, place: number): string;
  noMoreHints(): string;
  /** @param isSolved whether they had solved it before */
  solution(isSolved: boolean): string;
  /** @param skipped whether they have seen the solution before */
  debrief(skipped: boolean): string;
  begunAnew(): string;
  /** @param commands all that can be typed */
  help(commands: readonly string[]): string;
}

/** What a lab needs of whoever opened it. */
export interface LabHost {
  readonly voice: LabVoice;
  /** Commands besides those of the sandbox. */
  readonly more?: Readonly<Record<string, Program>>;
  /** The world as it was at the beginning. */
  readonly restart: () => World;
  /** The goal was reached, or the solution was asked for. */
  readonly record: (what: 'done' | 'skipped') => void;
}

const table = 'lab/visit';
const entry = 'visit';

/** The shell of a lab: the sandbox's own, with the words that ask about the lab. */
export class LabShell extends Shell {
  readonly lab: Lab;
  readonly #host: LabHost;
  #visit: LabVisit;

  constructor(lab: Lab, sandbox: Sandbox, write: Write, history: Shell['history'], host: LabHost) {
    super(sandbox, write, history, {
      ...host.more,
      check: () => this.#check(),
      hint: () => this.#hint(),
      solution: () => this.#solution(),
      goal: () => this.#tell(host.voice.brief()),
      reset: () => this.#reset(),
      help: () => this.#tell(host.voice.help(this.commands())),
      leave,
    } satisfies Record<string, Program>);
    this.lab = lab;
    this.#host = host;
    this.#visit = readVisit(sandbox.cluster.store.read(table, entry));
  }

  /** What was done in this lab. */
  get visit(): LabVisit {
    return this.#visit;
  }

  override *run(text: string): Steps<number> {
    if (isAttempt(text)) this.#visit = { ...this.#visit, attempts: this.#visit.attempts + 1 };
    try {
      return yield* super.run(text);
    } finally {
      // An earlier world holds an earlier visit; what was done stays done.
      this.sandbox.cluster.store.write(table, entry, this.#visit);
    }
  }

  /** Looks at the goal; when it is reached, that is recorded. */
  look(): readonly Seen[] {
    const seen = checkGoal(this.lab.goal, this.sandbox);
    if (isReached(seen) && !this.#visit.solved) {
      this.#visit = { ...this.#visit, solved: true };
      if (!this.#visit.skipped) this.#host.record('done');
    }
    return seen;
  }

  *#check(): Steps<number> {
    const seen = this.look();
    yield* print(this.#host.voice.checked(seen));
    if (!isReached(seen)) return 1;
    yield* print(this.#host.voice.debrief(this.#visit.skipped));
    return 0;
  }

  *#hint(): Steps<number> {
    const { voice } = this.#host;
    const hinting = askHint(this.#visit, this.lab.hints.length);
    if (hinting.kind === 'no-more') {
      yield* print(voice.noMoreHints());
      return 1;
    }
    const text = this.lab.hints[hinting.place] ?? '';
    if (hinting.kind === 'try-first') {
      yield* print(voice.tryFirst(text, hinting.place));
      return 1;
    }
    this.#visit = hinting.visit;
    yield* print(voice.hint(text, hinting.place));
    return 0;
  }

  *#solution(): Steps<number> {
    const isSolved = this.#visit.solved && !this.#visit.skipped;
    if (!this.#visit.solved && !this.#visit.skipped) {
      this.#visit = { ...this.#visit, skipped: true };
      this.#host.record('skipped');
    }
    yield* print(this.#host.voice.solution(isSolved));
    return 0;
  }

  *#reset(): Steps<number> {
    this.history.record(this.sandbox.snapshot());
    this.travel(this.#host.restart());
    this.#visit = newVisit;
    yield* print(this.#host.voice.begunAnew());
    return 0;
  }

  *#tell(text: string): Steps<number> {
    yield* print(text);
    return 0;
  }
}

// biome-ignore lint/correctness/useYield: it ends before it asks for anything.
function* leave(): Steps<number> {
  throw new ShellExit(0);
}
