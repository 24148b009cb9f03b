import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import { ExecutableError } from '../../processes/executable.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome, Program } from '../../program.ts';
import { steps } from '../applet.ts';
import { type FindExpression, type FindPlan, type Found, readPlan } from './find-expression.ts';

interface Visit {
  readonly path: string;
  readonly depth: number;
  /** Whether what is in it has been visited. */
  readonly isAfter?: boolean;
}

interface FindState {
  readonly queue: readonly Visit[];
  readonly code: number;
  /** What the commands for this file came to so far: they are not run again. */
  readonly results: readonly boolean[];
  /** How much was printed or deleted for this file so far. */
  readonly done: number;
  readonly pid?: number;
  /** Paths for one command at the end, by its words. */
  readonly gathered: Readonly<Record<string, readonly string[]>>;
  readonly isOver: boolean;
}

/** Ends the look at a file until the command that was started for it has ended. */
class WaitsForCommand extends Error {}

/** find */
export const find: Program = steps((call) => {
  const words = call.args.slice(call.args.findIndex((word) => !/^-[LHP]$/.test(word)));
  const ways = call.args.slice(0, call.args.length - words.length);
  const first = words.findIndex((word) => /^-./.test(word) || word === '!' || word === '(');
  const paths = first < 0 ? words : words.slice(0, first);
  const read = readPlan(call, first < 0 ? [] : words.slice(first));
  const follows = read.follows || ways.includes('-L');
  const plan = { ...read, follows, followsGiven: follows || ways.includes('-H') };
  let state = (call.state ?? {
    queue: (paths.length > 0 ? paths : ['.']).map((path) => ({ path, depth: 0 })),
    code: 0,
    results: [],
    done: 0,
    gathered: {},
    isOver: false,
  }) as FindState;
  if (state.pid !== undefined) {
    const code = call.reap(state.pid);
    if (code === undefined) return 'waits';
    const { pid: _, ...others } = state;
    state = { ...others, results: [...state.results, code === 0] };
  }
  const keep = (outcome: Outcome): Outcome => {
    call.state = state;
    return outcome;
  };
  for (let [visit, ...rest] = state.queue; visit; [visit, ...rest] = state.queue) {
    const look = new Look(call, plan, state);
    const next = look.visit(visit);
    if (next === 'waits') {
      state = look.state;
      return keep('waits');
    }
    state = {
      ...look.state,
      queue: look.isOver ? [] : [...next, ...rest],
      results: [],
      done: 0,
    };
  }
  const [gathered] = Object.entries(state.gathered);
  if (!gathered) return state.code;
  const [command, found] = gathered;
  const { [command]: _, ...others } = state.gathered;
  state = { ...state, gathered: others };
  const pid = started(call, [...(JSON.parse(command) as string[]), ...found]);
  if (pid === undefined) return 1;
  state = { ...state, pid };
  return keep('waits');
});

/** @returns undefined when there is no such program, which has been said */
function started(call: ProcessCall, argv: readonly string[]): number | undefined {
  try {
    return call.spawn({ argv });
  } catch (thrown) {
    const error = caught(thrown, ExecutableError);
    const { why } = error;
    call.err(call.isBusybox ? `find: ${argv[0]}: ${why}\n` : `find: '${argv[0]}': ${why}\n`);
    return undefined;
  }
}

/** One look at a file: it is begun again when a command that it waits for has ended. */
class Look {
  readonly #call: ProcessCall;
  readonly #plan: FindPlan & { readonly followsGiven: boolean };
  state: FindState;
  isOver = false;
  #results = 0;
  #effects = 0;
  #isPruned = false;

  /** @param plan says as well whether what is named on the command line is followed */
  constructor(call: ProcessCall, plan: FindPlan & { readonly followsGiven: boolean }, state: FindState) {
    this.#call = call;
    this.#plan = plan;
    this.state = state;
  }

  /** @returns what is to be visited next */
  visit(visit: Visit): readonly Visit[] | 'waits' {
    const { path, depth, isAfter = false } = visit;
    const { files } = this.#call;
    const follows = depth === 0 ? this.#plan.followsGiven : this.#plan.follows;
    const node = (follows ? files.look(path) : undefined) ?? files.look(path, path.endsWith('/'));
    if (!node) {
      this.#complain(path, 'No such file or directory');
      return [];
    }
    const isFolder = node.kind === 'folder';
    const isHere = isAfter || !this.#plan.isDeepFirst || !isFolder;
    try {
      if (isHere && depth >= this.#plan.least) this.#isTrue(this.#plan.expression, { path, node });
    } catch (error) {
      if (error instanceof WaitsForCommand) return 'waits';
      throw error;
    }
    if (isAfter || !isFolder || this.#isPruned || this.isOver) return [];
    const below = depth < this.#plan.most ? this.#children(visit) : [];
    return this.#plan.isDeepFirst ? [...below, { ...visit, isAfter: true }] : below;
  }

  #children({ path, depth }: Visit): readonly Visit[] {
    try {
      const folder = path.endsWith('/') ? path : `${path}/`;
      return this.#call.files.list(path).map((name) => ({ path: `${folder}${name}`, depth: depth + 1 }));
    } catch (thrown) {
      const error = caught(thrown, FileError);
      this.#complain(path, error.message);
      return [];
    }
  }

  #complain(path: string, why: string): void {
    this.#call.err(this.#call.isBusybox ? `find: ${path}: ${why}\n` : `find: '${path}': ${why}\n`);
    this.state = { ...this.state, code: 1 };
  }

  /** Busybox says it and ends as if nothing had been. */
  #undeleted(path: string, why: string): void {
    const { code } = this.state;
    if (this.#call.isBusybox) this.#complain(path, why);
    else this.#call.err(`find: cannot delete '${path}': ${why}\n`);
    this.state = { ...this.state, code: this.#call.isBusybox ? code : 1 };
  }

  /** Does something that must not be done twice. */
  #once(effect: () => void): void {
    this.#effects += 1;
    if (this.#effects <= this.state.done) return;
    this.state = { ...this.state, done: this.#effects };
    effect();
  }

  #isTrue(expression: FindExpression, found: Found): boolean {
    switch (expression.kind) {
      case 'and':
        return this.#isTrue(expression.left, found) && !this.isOver && this.#isTrue(expression.right, found);
      case 'or':
        return (
          this.#isTrue(expression.left, found) || (!this.isOver && this.#isTrue(expression.right, found))
        );
      case 'not':
        return !this.#isTrue(expression.value, found);
      case 'test':
        return expression.fits(found);
      case 'print':
        this.#once(() => this.#call.out(`${found.path}${expression.end}`));
        return true;
      case 'prune':
        this.#isPruned = true;
        return true;
      case 'quit':
        this.isOver = true;
        return true;
      case 'delete':
        this.#once(() => {
          try {
            this.#call.files.remove(found.path);
          } catch (thrown) {
            this.#undeleted(found.path, caught(thrown, FileError).message);
          }
        });
        return true;
      case 'exec':
        return this.#exec(expression, found);
    }
  }

  #exec({ command, isGathered }: FindExpression & { kind: 'exec' }, { path }: Found): boolean {
    if (isGathered) {
      const key = JSON.stringify(command);
      this.#once(() => {
        const { gathered } = this.state;
        this.state = { ...this.state, gathered: { ...gathered, [key]: [...(gathered[key] ?? []), path] } };
      });
      return true;
    }
    const known = this.state.results[this.#results++];
    if (known !== undefined) return known;
    const pid = started(
      this.#call,
      command.map((word) => word.replaceAll('{}', path)),
    );
    if (pid === undefined) {
      this.state = { ...this.state, results: [...this.state.results, false] };
      return false;
    }
    this.state = { ...this.state, pid };
    throw new WaitsForCommand();
  }
}
