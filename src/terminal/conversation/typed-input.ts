import process from 'node:process';
import type { Io } from '../../io.ts';

/**
 * How what is typed reaches a command: in lines, shown as they are typed; key by key, since a terminal at the
 * other end shows them; or in lines that nobody sees, as a password.
 */
export type Typing = 'lines' | 'keys' | 'hidden';

/** So often in a row Ctrl-C ends a command that gets it as a key, in milliseconds. */
const impatience = 1500;
const mostPatient = 3;

/**
 * What is typed while a command runs. The terminal hands on every key, and what its own driver would do with
 * them is done here (termios, canonical mode): otherwise Ctrl-D would be the end of all input.
 */
export class TypedInput {
  #typing: Typing = 'lines';
  /** Lines that are complete, and what nobody has asked for. */
  #ready = '';
  #line = '';
  #ended = false;
  #interrupts: number[] = [];
  readonly #io: Io;
  readonly #interrupt: () => void;
  readonly #take = (chunk: Buffer | string): void => {
    for (const key of chunk.toString()) this.#press(key);
  };

  /** @param interrupt what Ctrl-C does */
  constructor(io: Io, interrupt: () => void) {
    this.#io = io;
    this.#interrupt = interrupt;
    this.listen();
  }

  /** Takes what was typed since the last time. */
  take(typing: Typing): { readonly text: string; readonly ended: boolean } {
    this.#typing = typing;
    // What was begun before keys were wanted one by one goes with them.
    const text = typing === 'keys' ? this.#ready + this.#line : this.#ready;
    if (typing === 'keys') this.#line = '';
    this.#ready = '';
    const ended = this.#ended && typing !== 'keys';
    this.#ended = false;
    return { text, ended };
  }

  /** Whether Ctrl-D was typed, and nobody was told so far. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Begins to listen, or goes on with it. */
  listen(): void {
    const { stdin } = this.#io;
    stdin.setRawMode?.(true);
    stdin.on('data', this.#take);
    stdin.once('end', this.#end);
    stdin.resume();
  }

  /** Leaves the terminal to somebody else: an editor, the next prompt. @returns what was typed and not asked for */
  leave(): string {
    const { stdin } = this.#io;
    stdin.off('data', this.#take);
    stdin.off('end', this.#end);
    stdin.setRawMode?.(false);
    stdin.pause();
    const rest = this.#ready + this.#line;
    this.#ready = '';
    this.#line = '';
    return rest;
  }

  readonly #end = (): void => {
    this.#ended = true;
  };

  #press(key: string): void {
    if (this.#typing === 'keys') return this.#passOn(key);
    switch (key) {
      case '\x03':
        this.#line = '';
        this.#show('^C');
        return this.#interrupt();
      case '\x04':
        if (this.#line === '') this.#ended = true;
        else this.#hand('');
        return;
      case '\x1a':
        return suspend(this.#io);
      case '\x15':
        this.#show('\b \b'.repeat([...this.#line].length));
        this.#line = '';
        return;
      case '\x7f':
      case '\b': {
        const left = [...this.#line].slice(0, -1).join('');
        if (left !== this.#line) this.#show('\b \b');
        this.#line = left;
        return;
      }
      case '\r':
      case '\n':
        this.#show('\n', true);
        return this.#hand('\n');
      default:
        this.#line += key;
        this.#show(key < ' ' && key !== '\t' ? `^${String.fromCharCode(key.charCodeAt(0) + 64)}` : key);
    }
  }

  /** A key for the terminal at the other end. */
  #passOn(key: string): void {
    if (key === '\x03') {
      const now = performance.now();
      this.#interrupts = [...this.#interrupts.filter((at) => now - at < impatience), now];
      if (this.#interrupts.length >= mostPatient) return this.#interrupt();
    }
    this.#ready += key;
  }

  #hand(end: string): void {
    this.#ready += this.#line + end;
    this.#line = '';
  }

  #show(text: string, isEnd = false): void {
    if (this.#typing === 'lines' || (this.#typing === 'hidden' && isEnd)) this.#io.stdout.write(text);
  }
}

/**
 * Ctrl-Z stops the whole program, as it would without raw mode; `fg` goes on with it. Windows has nothing
 * of the kind.
 */
export function suspend({ stdin, platform }: Io, goOn: () => void = () => {}): void {
  if (platform === 'win32') return;
  stdin.setRawMode?.(false);
  process.once('SIGCONT', () => {
    stdin.setRawMode?.(true);
    goOn();
  });
  process.kill(process.pid, 'SIGTSTP');
}
