import type { SedMemory, SedWorld } from './sed-memory.ts';
import { type Address, type Edit, ScriptError } from './sed-script.ts';
import { substituted, unambiguous } from './sed-substitute.ts';

/** Commands of one line at most: a script that jumps without end is stopped. */
const mostSteps = 100_000;

/** Runs a script of sed. */
export class SedMachine {
  readonly #edits: readonly Edit[];
  readonly #world: SedWorld;
  #memory: SedMemory;
  #isLast = false;
  #expression: RegExp | undefined;

  constructor(edits: readonly Edit[], memory: SedMemory, world: SedWorld) {
    this.#edits = edits;
    this.#memory = memory;
    this.#world = world;
  }

  get memory(): SedMemory {
    return this.#memory;
  }

  /** Takes a line, with its end where it has one, and goes on until it wants the next. */
  line(whole: string, isLast: boolean): void {
    const text = whole.replace(/\n$/, '');
    const { joins, pattern, number, at } = this.#memory;
    this.#isLast = isLast;
    this.#set({
      number: number + 1,
      hasEnd: text !== whole,
      pattern: joins ? `${pattern}\n${text}` : text,
      joins: false,
      ...(at === undefined ? { changed: false } : {}),
    });
    this.#run(at ?? 0);
  }

  #set(changes: Partial<SedMemory>): void {
    this.#memory = { ...this.#memory, ...changes };
  }

  #run(from: number): void {
    let at = from;
    for (let count = 0; ; count++) {
      const edit = this.#edits[at];
      if (!edit || count > mostSteps) break;
      const applies = this.#applies(edit, at) !== edit.isNot;
      if (edit.command === '{') {
        if (!applies && edit.end === 0) throw new ScriptError('unterminated {', 0);
        at = applies ? at + 1 : edit.end;
      } else {
        const next = applies ? this.#do(edit, at) : at + 1;
        if (next === 'waits') return;
        if (next === 'deleted') {
          this.#finish(false);
          return;
        }
        at = next;
      }
    }
    this.#finish(!this.#world.isSilent);
  }

  /** @returns the next command, or that the line is done, or that another line is wanted */
  #do(edit: Edit, at: number): number | 'waits' | 'deleted' {
    const { pattern, hold, number } = this.#memory;
    const jump = () =>
      edit.text === ''
        ? this.#edits.length
        : this.#edits.findIndex(({ command, text }) => command === ':' && text === edit.text);
    switch (edit.command) {
      case 's':
        this.#substitute(edit);
        break;
      case 'y': {
        const from = [...edit.flags];
        const to = [...edit.text];
        this.#set({ pattern: [...pattern].map((each) => to[from.indexOf(each)] ?? each).join('') });
        break;
      }
      case 'p':
        if (this.#world.isBusybox) this.#print(`${pattern}\n`);
        else this.#printLine();
        break;
      case 'P':
        this.#print(`${pattern.split('\n', 1)[0]}\n`);
        break;
      case 'l':
        if (!this.#world.isBusybox) this.#print(`${unambiguous(pattern, edit.code)}$\n`);
        break;
      case '=':
        this.#print(`${number}\n`);
        break;
      case 'i':
        this.#print(`${edit.text}\n`);
        break;
      case 'a':
        this.#set({ behind: [...this.#memory.behind, { text: edit.text }] });
        break;
      case 'r':
        this.#set({ behind: [...this.#memory.behind, { file: edit.text }] });
        break;
      case 'w':
        this.#world.write(edit.text, `${pattern}\n`);
        break;
      case 'c':
        if (!edit.to || edit.isNot || this.#memory.open[at] === undefined) this.#print(`${edit.text}\n`);
        return 'deleted';
      case 'd':
        return 'deleted';
      case 'D': {
        const end = pattern.indexOf('\n');
        if (end < 0) return 'deleted';
        this.#flush();
        this.#set({ pattern: pattern.slice(end + 1) });
        return 0;
      }
      case 'g':
        this.#set({ pattern: hold });
        break;
      case 'G':
        this.#set({ pattern: `${pattern}\n${hold}` });
        break;
      case 'h':
        this.#set({ hold: pattern });
        break;
      case 'H':
        this.#set({ hold: `${hold}\n${pattern}` });
        break;
      case 'x':
        this.#set({ pattern: hold, hold: pattern });
        break;
      case 'z':
        this.#set({ pattern: '' });
        break;
      case 'n':
      case 'N':
        if (this.#isLast) return this.#edits.length;
        if (edit.command === 'n' && !this.#world.isSilent) this.#printLine();
        this.#flush();
        this.#set({ at: at + 1, joins: edit.command === 'N' });
        return 'waits';
      case 'q':
        this.#set({ quits: edit.code });
        return this.#edits.length;
      case 'Q':
        this.#set({ quits: edit.code });
        return 'deleted';
      case 'b':
        return jump();
      case 't':
      case 'T': {
        const { changed } = this.#memory;
        this.#set({ changed: false });
        if (changed === (edit.command === 't')) return jump();
      }
    }
    return at + 1;
  }

  /** The expression of a command, or the one that was used last. @throws ScriptError */
  #expressionOf(own: RegExp | undefined): RegExp {
    this.#expression = own ?? this.#expression;
    if (this.#expression) return this.#expression;
    const { isBusybox } = this.#world;
    throw new ScriptError(isBusybox ? 'no previous regexp' : 'no previous regular expression', 0);
  }

  #substitute({ expression: own, text, flags, file }: Edit): void {
    const expression = this.#expressionOf(own);
    const next = substituted(this.#memory.pattern, expression, text, flags, this.#world.isBusybox);
    if (next === undefined) return;
    this.#set({ pattern: next, changed: true });
    if (flags.includes('p')) this.#print(`${next}\n`);
    if (file !== undefined) this.#world.write(file, `${next}\n`);
  }

  /** The pattern space, with an end where its line had one or something follows. */
  #printLine(): void {
    const { pattern, hasEnd } = this.#memory;
    this.#print(`${pattern}${hasEnd ? '\n' : ''}`);
  }

  #print(text: string): void {
    this.#world.print(`${this.#memory.lacksEnd ? '\n' : ''}${text}`);
    this.#set({ lacksEnd: !text.endsWith('\n') });
  }

  #finish(prints: boolean): void {
    if (prints) this.#printLine();
    this.#flush();
    const { at: _, ...rest } = this.#memory;
    this.#memory = rest;
  }

  #flush(): void {
    for (const { text, file } of this.#memory.behind) {
      const shown = file === undefined ? `${text}\n` : this.#world.read(file);
      if (shown !== '') this.#print(shown);
    }
    this.#set({ behind: [] });
  }

  #fits(address: Address): boolean {
    const { number, pattern } = this.#memory;
    switch (address.kind) {
      case 'line':
        return address.line === number;
      case 'last':
        return this.#isLast;
      case 'step':
        return address.step === 0
          ? number === address.first
          : number >= address.first && (number - address.first) % address.step === 0;
      case 'expression':
        return this.#expressionOf(address.expression).test(pattern);
      default:
        return false;
    }
  }

  #applies({ from, to }: Edit, index: number): boolean {
    const { number, open } = this.#memory;
    if (!from) return true;
    if (!to) return this.#fits(from);
    // A range that is open has the line it ends with, or 0 where something else ends it.
    const until = open[index];
    if (until !== undefined) {
      const isOver = until > 0 ? number >= until : this.#fits(to);
      if (isOver) this.#closeRange(index);
      return until === 0 || number <= until;
    }
    const isZero = from.kind === 'line' && from.line === 0;
    const begins = isZero ? number === 1 && !this.#world.isBusybox : this.#fits(from);
    if (!begins) return false;
    if (isZero && this.#fits(to)) return true;
    const last =
      to.kind === 'line'
        ? to.line
        : to.kind === 'more'
          ? number + to.count
          : to.kind === 'multiple'
            ? Math.ceil(number / Math.max(to.of, 1)) * to.of
            : 0;
    const isOne = to.kind === 'last' ? this.#isLast : to.kind !== 'expression' && last <= number;
    if (!isOne) this.#set({ open: { ...open, [index]: last } });
    return true;
  }

  #closeRange(index: number): void {
    const { [index]: _, ...open } = this.#memory.open;
    this.#set({ open });
  }
}
