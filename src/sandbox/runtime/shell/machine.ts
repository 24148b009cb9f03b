import type { ProcessCall } from '../processes/process-call.ts';
import type { Outcome } from '../program.ts';
import { ArithmeticError } from './arithmetic.ts';
import { arithmeticWords } from './arithmetic-words.ts';
import { compileScript } from './compile.ts';
import type { Scope } from './expand.ts';
import { ExpansionError } from './expansion-error.ts';
import { shellMessage } from './messages.ts';
import { runStep } from './run-step.ts';
import { ShellExit } from './shell-exit.ts';
import type { FrameState, ShellState } from './shell-state.ts';
import { describeProblem, type Flavour, SyntaxProblem } from './syntax.ts';
import { readTyped } from './typed-commands.ts';
import { variableScope } from './variables.ts';
import { resume } from './waiting.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** So many steps are a turn; a shell that needs more is busy. */
const stepsInTurn = 3_000;
/** Functions that call themselves for ever end here. */
const mostFrames = 500;

/** A shell while it runs: its state, copied so that it can be changed, and the steps it takes. */
export class ShellMachine {
  readonly call: ProcessCall;
  readonly flavour: Flavour;
  readonly state: Mutable<ShellState>;
  readonly scope: Scope;
  line = 1;

  constructor(call: ProcessCall, state: ShellState, flavour: Flavour) {
    this.call = call;
    this.flavour = flavour;
    this.state = { ...state };
    this.scope = variableScope(this);
  }

  /** Runs until it has to wait, ends or has used up its turn. */
  run(): Outcome {
    for (let steps = 0; steps < stepsInTurn; steps++) {
      try {
        const outcome = this.#turn();
        if (outcome !== undefined) return this.#rest(outcome);
      } catch (error) {
        const code = this.#caught(error);
        if (code !== undefined && this.#leaves(code)) return this.state.status & 0xff;
      }
    }
    return this.#rest('goes-on');
  }

  get frame(): FrameState | undefined {
    return this.state.frames[0];
  }

  /** Goes into a script, or a part of one. */
  enter(frame: FrameState): void {
    if (this.state.frames.length >= mostFrames)
      throw new ExpansionError('Maximum function recursion depth exceeded');
    this.state.frames = [frame, ...this.state.frames];
  }

  /** Changes the innermost frame. */
  change(changes: Partial<FrameState>): void {
    const [first, ...others] = this.state.frames;
    if (first) this.state.frames = [{ ...first, ...changes }, ...others];
  }

  /** Goes back to where the innermost frame was called. */
  leaveFrame(): void {
    const [first, ...others] = this.state.frames;
    if (!first) return;
    this.state.frames = others;
    this.restoreTo(first.saved);
    if (first.args) this.state.args = first.args;
    if (first.status !== undefined) this.state.status = first.status;
    for (const [name, value] of Object.entries(first.locals ?? {})) {
      const { [name]: _, ...others } = this.state.variables;
      this.state.variables = value === null ? others : { ...others, [name]: value };
    }
  }

  /** Takes redirections back until so many are in force. */
  restoreTo(count: number): void {
    const outer = this.state.saved[count];
    if (!outer) return;
    this.state.saved = this.state.saved.slice(0, count);
    this.call.setFds(outer);
  }

  has(option: string): boolean {
    return this.state.options.includes(option);
  }

  /** Says what goes wrong. @param builtin whose fault it is */
  say(text: string, builtin?: string): void {
    this.call.err(shellMessage(this.messagePlace, text, builtin));
  }

  get messagePlace() {
    const { name, isInteractive } = this.state;
    const isFile = !/(^|\/|-)(sh|ash|bash|dash)$/.test(name);
    return { flavour: this.flavour, name, line: this.line, isInteractive, isFile };
  }

  /** Whether a code that is not 0 ends the shell: `set -e`, and nobody looks at it. */
  fails(checked: boolean): void {
    if (this.state.status === 0 || checked || !this.has('e')) return;
    if (this.state.frames.some((frame) => frame.checked)) return;
    throw new ShellExit(this.state.status);
  }

  #turn(): Outcome | undefined {
    const { state } = this;
    if (this.#startTrap()) return undefined;
    if (state.waiting) return resume(this);
    const frame = this.frame;
    if (!frame) return this.#end();
    const step = compileScript(frame.code, this.flavour)[frame.place];
    if (!step) {
      this.leaveFrame();
      return undefined;
    }
    this.change({ place: frame.place + 1 });
    runStep(this, step);
    return undefined;
  }

  /** A signal came that a trap is set for; a command that is waited for ends first. */
  #startTrap(): boolean {
    const { state } = this;
    const [signal, ...others] = state.pending;
    const isBusy = state.waiting !== undefined && state.waiting.kind !== 'wait';
    if (signal === undefined || isBusy) return false;
    state.pending = others;
    const action = state.traps[signal];
    if (!action) return false;
    if (state.waiting?.kind === 'wait') delete (state as { waiting?: unknown }).waiting;
    this.enter({
      code: action,
      place: 0,
      loops: [],
      kind: 'trap',
      checked: false,
      saved: state.saved.length,
      status: state.status,
    });
    return true;
  }

  /** Nothing is left to run: the next command is read, or it is over. */
  #end(): Outcome | undefined {
    const { typed, leavesWith, status } = this.state;
    if (typed !== undefined && leavesWith === undefined) return readTyped(this);
    throw new ShellExit(leavesWith ?? status);
  }

  /** @returns the code to leave with; undefined when it goes on */
  #caught(error: unknown): number | undefined {
    const { state } = this;
    if (error instanceof ShellExit) return error.code;
    if (error instanceof SyntaxProblem) {
      const isRuntime = error.reason === 'bad substitution';
      const isCommand = this.flavour === 'bash' && !this.messagePlace.isFile && !isRuntime;
      const prefix = isCommand ? `${state.name}: -c` : state.name;
      this.call.err(`${describeProblem(error, this.flavour, prefix, `${this.frame?.code}`)}\n`);
      state.status = this.flavour === 'bash' && isRuntime ? 1 : 2;
      return this.#abandon(state.status);
    }
    if (error instanceof ArithmeticError || error instanceof ExpansionError) {
      this.say(this.#words(error));
      const isLesser = error instanceof ArithmeticError || error.kind === 'read-only';
      return this.#abandon(this.flavour !== 'bash' ? 2 : isLesser ? 1 : 127);
    }
    throw error;
  }

  #words(error: ArithmeticError | ExpansionError): string {
    if (error instanceof ArithmeticError) return arithmeticWords(error, this.flavour);
    if (this.flavour !== 'bash' || error.kind !== 'unset') return error.message;
    return error.message.replace(/parameter not set$/, 'unbound variable').replace(/^(?=\d)/, '$$');
  }

  /** A shell that somebody types into gives up the command, any other itself. */
  #abandon(code: number): number | undefined {
    const { state } = this;
    if (!state.isInteractive) return code;
    this.restoreTo(0);
    state.frames = [];
    state.captures = [];
    state.status = code;
    delete (state as { waiting?: unknown }).waiting;
    return undefined;
  }

  /** @returns false when the trap EXIT has something to do first */
  #leaves(code: number): boolean {
    const { state } = this;
    state.status = code;
    const action = state.traps.EXIT;
    if (!action || state.leavesWith !== undefined) return true;
    state.leavesWith = code;
    state.pending = [];
    delete (state as { waiting?: unknown }).waiting;
    state.frames = [{ code: action, place: 0, loops: [], kind: 'trap', checked: false, saved: 0 }];
    return false;
  }

  #rest(outcome: Outcome): Outcome {
    this.call.state = { ...this.state };
    return outcome;
  }
}
