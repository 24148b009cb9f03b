import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { inject } from 'vitest';
import { nodeUnderTest } from './node-under-test.ts';

/** Keys as a terminal sends them. */
export const key = {
  enter: '\r',
  up: '\x1b[A',
  down: '\x1b[B',
  left: '\x1b[D',
  ctrlC: '\x03',
  ctrlD: '\x04',
  space: ' ',
  backspace: '\x7f',
};

/** An empty home directory that is removed when the test is over. */
export function emptyHome(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'tutor-home-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

interface Opening {
  readonly home: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Record<string, string>;
  /** What runs instead of the installed program, such as a shell. */
  readonly instead?: string;
}

/** The installed program in a real pseudo-terminal, with what is on its screen. */
export class Terminal {
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #pty: IPty;
  readonly exited: Promise<number>;
  /** Everything that was ever printed, as it came. */
  raw = '';

  constructor(args: readonly string[], { home, columns = 80, rows = 24, env = {}, instead }: Opening) {
    this.#screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 5000 });
    const [file, words] = instead ? [instead, args] : [nodeUnderTest, [inject('program'), ...args]];
    this.#pty = spawn(file, [...words], {
      name: env.TERM ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd: home,
      env: { PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', ...env },
    });
    this.#pty.onData((data) => {
      this.raw += data;
      this.#screen.write(data);
    });
    this.exited = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => resolve(signal ? 128 + signal : exitCode));
    });
  }

  /** What one sees: the rows of the screen. */
  get screen(): string {
    const buffer = this.#screen.buffer.active;
    return this.#rows(buffer.baseY, buffer.baseY + this.#screen.rows);
  }

  /** All that was shown, with what has scrolled away. */
  get history(): string {
    return this.#rows(0, this.#screen.buffer.active.length);
  }

  /** Types keys one after another, as a person would. */
  async type(...keys: string[]): Promise<void> {
    for (const each of keys) {
      this.#pty.write(each);
      await pause(40);
    }
  }

  /** Waits until the screen shows something. @throws with the screen when it does not in time */
  sees(wanted: string | RegExp): Promise<void> {
    return this.#waitFor(wanted, () => this.screen);
  }

  /** Waits until something was shown, even if it has scrolled away. @throws as `sees` */
  saw(wanted: string | RegExp): Promise<void> {
    return this.#waitFor(wanted, () => this.history);
  }

  async #waitFor(wanted: string | RegExp, text: () => string): Promise<void> {
    const holds = (): boolean => (typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text()));
    for (const end = Date.now() + 15_000; Date.now() < end; await pause(20)) if (holds()) return pause(30);
    throw new Error(`the screen never showed ${wanted}:\n${text()}`);
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  kill(signal: string): void {
    this.#pty.kill(signal);
  }

  #rows(from: number, to: number): string {
    const buffer = this.#screen.buffer.active;
    const lines: string[] = [];
    for (let row = from; row < to; row++) lines.push(buffer.getLine(row)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
