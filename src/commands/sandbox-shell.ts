import process from 'node:process';
import { exitCode, Interrupted } from '../errors.ts';
import { completionsFor } from '../sandbox/shell/complete.ts';
import { Drive } from '../sandbox/shell/drive.ts';
import { ShellExit } from '../sandbox/shell/evaluate.ts';
import { prepareFor } from '../sandbox/shell/prepare.ts';
import { isUnfinished } from '../sandbox/shell/script-lines.ts';
import { Shell } from '../sandbox/shell/shell.ts';
import { askLine } from '../terminal/line-editor.ts';
import { drawSandboxOpening } from '../terminal/sandbox-view.ts';
import { styleFor } from '../terminal/style.ts';
import { editText } from './edit-text.ts';
import type { SandboxOptions } from './sandbox.ts';
import { type KeptSandbox, takeUpWorld } from './sandbox-world.ts';
import type { Session } from './session.ts';

/** While nobody types, the world goes on for so long at most, in milliseconds. */
const longestAbsence = 10 * 60_000;
/** How often the screen is brought up to date while a command waits, in milliseconds. */
const tick = 100;

/** The sandbox's shell on a terminal. */
export async function openShell(session: Session, options: SandboxOptions): Promise<void> {
  const kept = takeUpWorld(session, options);
  const { io } = session;
  const shell = new Shell(kept.sandbox, (to, text) => void io[to].write(text), kept.history);
  const style = styleFor(session.screen);
  session.print(drawSandboxOpening(kept.sandbox.cluster.list('nodes').length, style));
  await visitShell(session, shell, kept, 'sandbox');
}

/**
 * Has somebody at a terminal type into a shell: time passes as on the wall, and every line is kept when it
 * has run.
 *
 * @param name stands in the prompt
 */
export async function visitShell(
  session: Session,
  shell: Shell,
  kept: KeptSandbox,
  name: string,
): Promise<void> {
  const { io } = session;
  const style = styleFor(session.screen);
  const visit = new Visit(session, shell, kept);
  const history: string[] = [];
  try {
    for (;;) {
      const line = await askLine(io, {
        prompt: `${style.title(name)} ${style.faint(visit.place())} $ `,
        more: '> ',
        history,
        isUnfinished,
        complete: (text) => completionsFor(text, shell),
      });
      if (line === undefined) return;
      if (line.trim() !== '') await visit.run(line);
    }
  } catch (error) {
    if (!(error instanceof ShellExit)) throw error;
    process.exitCode = error.code;
  } finally {
    shell.close();
    kept.save(shell.history);
  }
}

/** What goes on between somebody at a terminal and the world. */
class Visit {
  readonly #session: Session;
  readonly #shell: Shell;
  readonly #kept: KeptSandbox;
  #last = performance.now();

  constructor(session: Session, shell: Shell, kept: KeptSandbox) {
    this.#session = session;
    this.#shell = shell;
    this.#kept = kept;
  }

  /** Where commands go: the namespace, and the folder when it is not the home. */
  place(): string {
    const folder = this.#shell.laptop.directory.replace('/home/you', '~');
    return `(${this.#shell.namespace()})${folder === '~' ? '' : ` ${folder}`}`;
  }

  /** Runs a line, with Ctrl-C ending it and what is typed going to it. */
  async run(line: string): Promise<void> {
    const { io } = this.#session;
    await prepareFor(line);
    this.#catchUp(longestAbsence);
    const typed = new TypedLines(io.stdin);
    const drive = new Drive(this.#shell.run(line), this.#shell, (to, text) => void io[to].write(text));
    let isInterrupted = false;
    const interrupt = (): void => {
      isInterrupted = true;
    };
    process.on('SIGINT', interrupt);
    try {
      let answer: unknown;
      for (;;) {
        if (isInterrupted) {
          drive.interrupt();
          io.stdout.write('\n');
          this.#shell.status = exitCode.interrupted;
          return;
        }
        const waiting = drive.resume(answer);
        answer = undefined;
        if (waiting.kind === 'done') return;
        if (waiting.kind === 'pause') await this.#wait(waiting.atMost);
        else if (waiting.kind === 'terminal') answer = { isTerminal: true };
        else if (waiting.kind === 'take-input') answer = typed.take();
        else if (waiting.kind === 'edit') answer = editText(io, waiting.name, waiting.text);
        else {
          // All of the input is there at its end: Ctrl-D.
          while (!typed.ended && !isInterrupted) await this.#wait(tick);
          answer = isInterrupted ? '' : typed.take().text;
        }
      }
    } catch (error) {
      if (error instanceof ShellExit || error instanceof Interrupted) throw error;
      throw error;
    } finally {
      typed.close();
      process.off('SIGINT', interrupt);
      this.#kept.save(this.#shell.history);
      this.#last = performance.now();
    }
  }

  async #wait(atMost: number): Promise<void> {
    const next = Math.min(atMost, this.#kept.sandbox.untilNext() ?? tick, tick);
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, next)));
    this.#catchUp(longestAbsence);
  }

  #catchUp(most: number): void {
    const now = performance.now();
    const passed = Math.min(most, Math.floor(now - this.#last));
    this.#last = now;
    if (passed > 0) this.#shell.advance(passed);
  }
}

/** What is typed while a command runs. */
class TypedLines {
  ended = false;
  #text = '';
  readonly #input: NodeJS.ReadableStream;
  readonly #collect = (chunk: Buffer | string): void => {
    this.#text += chunk.toString();
  };
  readonly #end = (): void => {
    this.ended = true;
  };

  constructor(input: NodeJS.ReadableStream) {
    this.#input = input;
    input.on('data', this.#collect);
    input.once('end', this.#end);
    input.resume();
  }

  take(): { text: string; ended: boolean } {
    const text = this.#text;
    this.#text = '';
    return { text, ended: this.ended };
  }

  close(): void {
    this.#input.off('data', this.#collect);
    this.#input.off('end', this.#end);
    this.#input.pause();
  }
}
