import type { Interface, Key } from 'node:readline';
import type { Io } from '../io.ts';

/**
 * Ctrl-R as in a shell: shows the newest line that holds what is typed, and with each further Ctrl-R one
 * before it. Enter runs it, an arrow or Tab takes it up to be changed, Ctrl-G gives the search up.
 */
export class ReverseSearch {
  readonly #editor: Interface;
  readonly #history: readonly string[];
  readonly #io: Pick<Io, 'stdin' | 'stdout'>;
  /** What stood before the line when the search began; undefined as long as there is none. */
  #prompt: string | undefined;
  /** How many lines that hold it are passed over. */
  #passed = 0;

  /** @param history the newest first */
  constructor(editor: Interface, history: readonly string[], io: Pick<Io, 'stdin' | 'stdout'>) {
    this.#editor = editor;
    this.#history = history;
    this.#io = io;
    const listen = (_: string | undefined, key: Key): void => this.#press(key);
    // The editor listens already, so a key has had its effect on the line.
    io.stdin.on('keypress', listen);
    editor.once('close', () => io.stdin.off('keypress', listen));
  }

  /** Whether what is typed is looked for. */
  get isOpen(): boolean {
    return this.#prompt !== undefined;
  }

  /** The line that is meant when `typed` has been entered: the one that was found, where there is a search. */
  enter(typed: string): string {
    if (this.#prompt === undefined) return typed;
    const found = this.#found(typed) ?? '';
    this.#io.stdout.write(`${this.#prompt}${found}\n`);
    this.close();
    return found;
  }

  /** Ends the search. What is typed is left as it is. */
  close(): void {
    if (this.#prompt !== undefined) this.#editor.setPrompt(this.#prompt);
    this.#prompt = undefined;
    this.#passed = 0;
  }

  #press({ name, ctrl, sequence }: Key): void {
    if (ctrl && name === 'r') this.#further();
    else if (!this.isOpen) return;
    else if (ctrl && name === 'g') this.#take('');
    else if (name === 'backspace' || (!ctrl && /^[^\p{Cc}]+$/u.test(sequence ?? ''))) this.#passed = 0;
    else return this.#take(this.#found(this.#editor.line) ?? this.#editor.line);
    this.#show();
  }

  #further(): void {
    if (this.#prompt === undefined) this.#prompt = this.#editor.getPrompt();
    else if (this.#holding(this.#editor.line).length > this.#passed + 1) this.#passed++;
  }

  #show(): void {
    if (this.#prompt === undefined) return;
    const text = this.#editor.line;
    this.#editor.setPrompt(text === '' ? 'search: ' : `[${this.#found(text) ?? 'nothing'}] search: `);
    this.#editor.prompt(true);
  }

  /** Ends the search with a line in the editor. */
  #take(line: string): void {
    this.close();
    this.#editor.write(null, { ctrl: true, name: 'e' });
    this.#editor.write(null, { ctrl: true, name: 'u' });
    this.#editor.prompt();
    this.#editor.write(line);
  }

  #found(text: string): string | undefined {
    return text === '' ? undefined : this.#holding(text)[this.#passed];
  }

  #holding(text: string): string[] {
    return [...new Set(this.#history)].filter((line) => line.includes(text));
  }
}
