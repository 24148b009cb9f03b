import process from 'node:process';
import { exitCode } from '../../errors.ts';
import { completionsOnNode } from '../../sandbox/node-shell/complete-on-node.ts';
import { completionsFor } from '../../sandbox/shell/complete/complete.ts';
import { Drive, type Waiting } from '../../sandbox/shell/drive.ts';
import { ShellExit } from '../../sandbox/shell/line/control-flow.ts';
import { isUnfinished } from '../../sandbox/shell/line/script-lines.ts';
import { kubeContext } from '../../sandbox/shell/programs/kube-context.ts';
import { Shell } from '../../sandbox/shell/shell.ts';
import { showControls } from '../../terminal/control-characters.ts';
import { askLine } from '../../terminal/conversation/line-editor.ts';
import { TypedInput } from '../../terminal/conversation/typed-input.ts';
import { askLinearLine } from '../../terminal/linear-line.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawSandboxOpening } from '../../terminal/views/sandbox-view.ts';
import type { Session } from '../session.ts';
import { editText } from './edit-text.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import { SandboxTools } from './sandbox-tools.ts';
import { type KeptSandbox, takeUpWorld } from './sandbox-world.ts';

/** While nobody types, the world goes on for so long at most, in milliseconds. */
const longestAbsence = 10 * 60_000;
/** The context that is there at first: it goes without saying. */
const usualContext = 'sandbox';
/** So often Ctrl-C ends a command, whatever it still has to do. */
const mostPresses = 3;
/** How often the screen is brought up to date while a command waits, in milliseconds. */
const tick = 100;

/** The sandbox's shell on a terminal. */
export async function openShell(session: Session, options: SandboxOptions): Promise<void> {
  const kept = takeUpWorld(session, options);
  const tools = new SandboxTools(session);
  const shell: Shell = new Shell(
    kept.sandbox,
    session.writeTool,
    kept.history,
    tools.programs(() => shell),
  );
  const style = styleFor(session.screen);
  const nodes = kept.sandbox.cluster.list('nodes').length;
  const project = shell.laptop.isFolder('~/shop') ? '~/shop' : undefined;
  session.print(drawSandboxOpening({ nodes, project }, style));
  await visitShell(session, shell, { kept, tools, name: 'sandbox' });
}

/** What belongs to a shell that somebody types into. */
export interface VisitedShell {
  readonly kept: KeptSandbox;
  readonly tools: SandboxTools;
  /** Stands in the prompt. */
  readonly name: string;
}

/**
 * Has somebody at a terminal type into a shell: time passes as on the wall, and every line is kept when it
 * has run.
 */
export async function visitShell(
  session: Session,
  shell: Shell,
  { kept, tools, name }: VisitedShell,
): Promise<void> {
  const { io } = session;
  const style = styleFor(session.screen);
  const visit = new Visit(session, shell, kept, tools);
  const history: string[] = [];
  const ask = session.screen.plain ? askLinearLine : askLine;
  try {
    for (;;) {
      const line = await ask(io, {
        prompt: shell.nodes.open?.prompt ?? `${style.title(name)} ${style.faint(visit.place())} $ `,
        more: '> ',
        history,
        ahead: visit.ahead,
        isUnfinished,
        complete: (text) =>
          shell.nodes.open ? completionsOnNode(text, shell.nodes.open) : completionsFor(text, shell),
      });
      if (line === undefined && shell.nodes.open) io.stdout.write(shell.nodes.leave());
      else if (line === undefined) return;
      else if (line.trim() !== '') await visit.run(line);
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
  readonly #tools: SandboxTools;
  /** What was typed while a command ran that did not ask for it. */
  readonly ahead = { text: '' };
  #last = performance.now();

  constructor(session: Session, shell: Shell, kept: KeptSandbox, tools: SandboxTools) {
    this.#tools = tools;
    this.#session = session;
    this.#shell = shell;
    this.#kept = kept;
  }

  /** Where commands go: the context where it is another, the namespace, and the folder when it is not the home. */
  place(): string {
    const { laptop } = this.#shell;
    const folder = laptop.directory.replace(/^\/home\/you(?=\/|$)/, '~');
    const { name, namespace } = kubeContext(laptop);
    const target = name === usualContext ? namespace : `${name || 'no context'}/${namespace}`;
    return showControls(`(${target})${folder === '~' ? '' : ` ${folder}`}`);
  }

  /** Runs a line, with Ctrl-C ending it and what is typed going to it. */
  async run(line: string): Promise<void> {
    const { io } = this.#session;
    await this.#tools.prepare(line);
    this.#catchUp(longestAbsence);
    const presses = { made: 0, seen: 0 };
    const interrupt = (): void => {
      presses.made++;
    };
    const typed = new TypedInput(io, interrupt);
    let isAtLineStart = true;
    const drive = new Drive(this.#shell.run(line), this.#shell, (to, text) => {
      this.#session.writeTool(to, text);
      isAtLineStart = text === '' ? isAtLineStart : text.endsWith('\n');
    });
    process.on('SIGINT', interrupt);
    try {
      let waiting = drive.resume();
      while (waiting.kind !== 'done') {
        const answer = await this.#answer(waiting, typed, () => presses.made > presses.seen);
        if (presses.made === presses.seen) {
          waiting = drive.resume(answer);
          continue;
        }
        // `^C` stands there now.
        isAtLineStart = false;
        presses.seen++;
        waiting = drive.interrupt();
        if (waiting.kind === 'done' || presses.seen < mostPresses) continue;
        drive.end();
        waiting = { kind: 'done', code: exitCode.interrupted };
      }
      if (presses.seen === 0) return await this.#tools.advise(this.#shell);
      if (!isAtLineStart) io.stdout.write('\n');
      this.#shell.status = waiting.code;
    } finally {
      this.ahead.text += typed.leave();
      process.off('SIGINT', interrupt);
      this.#kept.save(this.#shell.history);
      this.#last = performance.now();
    }
  }

  /** What a command waits for: time, or something that is typed. */
  async #answer(
    waiting: Exclude<Waiting, { readonly kind: 'done' }>,
    typed: TypedInput,
    isInterrupted: () => boolean,
  ): Promise<unknown> {
    const { io } = this.#session;
    switch (waiting.kind) {
      case 'pause':
        return await this.#wait(waiting.atMost);
      case 'terminal':
        return {
          isTerminal: true,
          columns: io.stdout.columns ?? 80,
          isLinear: this.#session.screen.plain,
        };
      case 'take-input':
        return typed.take(waiting.typing ?? 'lines');
      case 'edit': {
        typed.leave();
        const answer = editText(io, waiting.name, waiting.text);
        typed.listen();
        return answer;
      }
      case 'read-input':
        // All of the input is there at its end: Ctrl-D.
        while (!typed.ended && !isInterrupted()) await this.#wait(tick);
        return isInterrupted() ? '' : typed.take('lines').text;
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
