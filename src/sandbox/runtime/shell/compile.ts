import { parseScript } from './parser.ts';
import type { Command, Flavour, Redirect, SimpleCommand, Word } from './syntax.ts';

/**
 * A step of a compiled script. Where a step goes is a number, so that where a shell stands is one: it can be
 * saved and gone on from.
 */
export type Step =
  /** Runs what is between `$(` and `)`, and keeps what it writes for the command that follows. */
  | { readonly do: 'capture'; readonly source: string }
  /** @property checked whether somebody looks at its code, so that `set -e` does not @property last nothing follows */
  | { readonly do: 'simple'; readonly command: SimpleCommand; readonly checked: boolean; last: boolean }
  | { readonly do: 'jump'; to: number }
  | { readonly do: 'jump-if'; readonly success: boolean; to: number }
  | { readonly do: 'status'; readonly status: number }
  | { readonly do: 'not' }
  /** Starts a copy of the shell at each place; goes on at `to` when they ended, or at once. */
  | {
      readonly do: 'fork';
      readonly stages: number[];
      to: number;
      readonly waits: boolean;
      readonly checked: boolean;
    }
  /** The end of what a copy of the shell runs. */
  | { readonly do: 'leave' }
  | { readonly do: 'loop'; next: number; end: number }
  | { readonly do: 'for'; readonly words: readonly Word[] | undefined; next: number; end: number }
  | { readonly do: 'for-next'; readonly name: string; end: number }
  | { readonly do: 'loop-end' }
  | {
      readonly do: 'case';
      readonly word: Word;
      readonly items: { readonly patterns: readonly Word[]; to: number }[];
      end: number;
    }
  | { readonly do: 'define'; readonly name: string; readonly body: number; to: number }
  | { readonly do: 'return' }
  | { readonly do: 'redirect'; readonly redirects: readonly Redirect[]; end: number }
  | { readonly do: 'restore' };

export type Steps = readonly Step[];

/** Scripts are compiled once for all shells that run them. */
const compiled = new Map<string, Steps>();
const mostCompiled = 500;

/**
 * Compiles a script.
 *
 * @throws SyntaxProblem
 */
export function compileScript(text: string, flavour: Flavour): Steps {
  const key = `${flavour} ${text}`;
  const known = compiled.get(key);
  if (known) return known;
  const compiler = new Compiler();
  compiler.add(parseScript(text, flavour), false);
  const { steps } = compiler;
  markLast(steps);
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(key, steps);
  return steps;
}

class Compiler {
  readonly steps: Step[] = [];

  add(command: Command, checked: boolean): void {
    switch (command.kind) {
      case 'simple':
        this.#captures(wordsOf(command));
        this.steps.push({ do: 'simple', command, checked, last: false });
        return;
      case 'list':
        for (const item of command.items) {
          if (item.background) this.#fork([item.command], false, checked);
          else this.add(item.command, checked);
        }
        return;
      case 'pipeline':
        return this.#fork(command.stages, true, checked);
      case 'not':
        this.add(command.command, true);
        this.steps.push({ do: 'not' });
        return;
      case 'and':
      case 'or': {
        this.add(command.left, true);
        const jump = this.#push({ do: 'jump-if', success: command.kind === 'or', to: 0 });
        this.add(command.right, checked);
        jump.to = this.#here;
        return;
      }
      case 'subshell':
        return this.#redirected(command.redirects, () => this.#fork([command.body], true, checked));
      case 'group':
        return this.#redirected(command.redirects, () => this.add(command.body, checked));
      case 'if':
        return this.#redirected(command.redirects, () => this.#if(command, checked));
      case 'while':
        return this.#redirected(command.redirects, () => this.#while(command, checked));
      case 'for':
        return this.#redirected(command.redirects, () => this.#for(command, checked));
      case 'case':
        return this.#redirected(command.redirects, () => this.#case(command, checked));
      case 'function': {
        const step = this.#push({ do: 'define', name: command.name, body: this.#here + 1, to: 0 });
        this.add(command.body, false);
        this.steps.push({ do: 'return' });
        step.to = this.#here;
      }
    }
  }

  #if({ clauses, otherwise }: Command & { kind: 'if' }, checked: boolean): void {
    const ends: { to: number }[] = [];
    for (const { condition, body } of clauses) {
      this.add(condition, true);
      const skip = this.#push({ do: 'jump-if', success: false, to: 0 });
      this.add(body, checked);
      ends.push(this.#push({ do: 'jump', to: 0 }));
      skip.to = this.#here;
    }
    this.steps.push({ do: 'status', status: 0 });
    if (otherwise) this.add(otherwise, checked);
    for (const end of ends) end.to = this.#here;
  }

  #while({ isUntil, condition, body }: Command & { kind: 'while' }, checked: boolean): void {
    const loop = this.#push({ do: 'loop', next: 0, end: 0 });
    loop.next = this.#here;
    this.add(condition, true);
    const leave = this.#push({ do: 'jump-if', success: isUntil, to: 0 });
    this.add(body, checked);
    this.steps.push({ do: 'jump', to: loop.next });
    leave.to = this.#here;
    this.steps.push({ do: 'status', status: 0 });
    loop.end = this.#here;
    this.steps.push({ do: 'loop-end' });
  }

  #for({ name, words, body }: Command & { kind: 'for' }, checked: boolean): void {
    this.#captures(words ?? []);
    const loop = this.#push({ do: 'for', words, next: 0, end: 0 });
    loop.next = this.#here;
    const next = this.#push({ do: 'for-next', name, end: 0 });
    this.add(body, checked);
    this.steps.push({ do: 'jump', to: loop.next });
    loop.end = this.#here;
    next.end = this.#here;
    this.steps.push({ do: 'loop-end' });
  }

  #case({ word, items }: Command & { kind: 'case' }, checked: boolean): void {
    this.#captures([word, ...items.flatMap(({ patterns }) => patterns)]);
    const choose = this.#push({
      do: 'case',
      word,
      items: items.map(({ patterns }) => ({ patterns, to: 0 })),
      end: 0,
    });
    const ends = items.map(({ body }, index) => {
      const item = choose.items[index];
      if (item) item.to = this.#here;
      this.steps.push({ do: 'status', status: 0 });
      this.add(body, checked);
      return this.#push({ do: 'jump', to: 0 });
    });
    for (const end of ends) end.to = this.#here;
    choose.end = this.#here;
  }

  #fork(stages: readonly Command[], waits: boolean, checked: boolean): void {
    const starts: number[] = [];
    const fork = this.#push({ do: 'fork', stages: starts, to: 0, waits, checked });
    for (const stage of stages) {
      starts.push(this.#here);
      this.add(stage, checked);
      this.steps.push({ do: 'leave' });
    }
    fork.to = this.#here;
  }

  #redirected(redirects: readonly Redirect[], inner: () => void): void {
    if (redirects.length === 0) return inner();
    this.#captures(redirects.map(({ target }) => target));
    const step = this.#push({ do: 'redirect', redirects, end: 0 });
    inner();
    this.steps.push({ do: 'restore' });
    step.end = this.#here;
  }

  /** Substitutions run before their command, each is numbered among those of its command. */
  #captures(words: readonly Word[], from = 0): number {
    let slot = from;
    for (const part of words.flat()) {
      if (part.kind === 'command') {
        part.slot = slot;
        this.steps.push({ do: 'capture', source: part.source });
        slot += 1;
      } else if (part.kind === 'arithmetic') slot = this.#captures([part.expression], slot);
      else if (part.kind === 'parameter') slot = this.#captures([part.word, part.other ?? []], slot);
    }
    return slot;
  }

  #push<S extends Step>(step: S): S {
    this.steps.push(step);
    return step;
  }

  get #here(): number {
    return this.steps.length;
  }
}

/** Words in the order in which their substitutions are kept: values, words, targets. */
function wordsOf({ assignments, words, redirects }: SimpleCommand): readonly Word[] {
  return [...assignments.map(({ value }) => value), ...words, ...redirects.map(({ target }) => target)];
}

/** A command that nothing follows need not return to the shell: the shell becomes it. */
function markLast(steps: readonly Step[]): void {
  for (const [place, step] of steps.entries()) {
    if (step.do === 'simple') step.last = endsAfter(steps, place + 1);
  }
}

function endsAfter(steps: readonly Step[], place: number): boolean {
  for (let at = place, hops = 0; hops < 50; hops++) {
    const step = steps[at];
    if (!step || step.do === 'leave') return true;
    if (step.do !== 'jump' || step.to <= at) return false;
    at = step.to;
  }
  return false;
}
