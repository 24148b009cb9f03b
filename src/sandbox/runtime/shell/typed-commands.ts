import { nameOfId } from '../container-start.ts';
import type { Outcome } from '../program.ts';
import type { ShellMachine } from './machine.ts';
import { parseScript } from './parser.ts';
import { ShellExit } from './shell-exit.ts';
import { SyntaxProblem } from './syntax.ts';

/** Reads the next command from a shell's input. @returns undefined when there is one to run */
export function readTyped(machine: ShellMachine): Outcome | undefined {
  const { call, state } = machine;
  if (state.isInteractive && !state.isAsked) {
    state.isAsked = true;
    ask(machine, promptText(machine));
  }
  for (;;) {
    const line = call.readLine(0);
    if (line === undefined) return 'waits';
    if (line === null) {
      if (state.typed) run(machine, state.typed);
      if (state.frames.length > 0) return undefined;
      if (state.isInteractive) call.err(machine.flavour === 'bash' ? 'exit\n' : '\n');
      throw new ShellExit(state.status);
    }
    const text = (state.typed ?? '') + line;
    if (isComplete(text, machine)) {
      run(machine, text);
      return undefined;
    }
    state.typed = text;
    if (state.isInteractive) ask(machine, '> ');
  }
}

function run(machine: ShellMachine, text: string): void {
  machine.state.typed = '';
  machine.state.isAsked = false;
  machine.enter({ code: text, place: 0, loops: [], kind: 'main', checked: false, saved: 0 });
}

/** Busybox prompts on its output, the others beside it. */
function ask({ call, flavour }: ShellMachine, prompt: string): void {
  if (flavour === 'ash') call.out(prompt);
  else call.err(prompt);
}

function isComplete(text: string, machine: ShellMachine): boolean {
  try {
    parseScript(text, machine.flavour, true);
    return true;
  } catch (error) {
    if (error instanceof SyntaxProblem) return !error.isOpen && !error.isQuote;
    throw error;
  }
}

function promptText({ flavour, call, state }: ShellMachine): string {
  const isRoot = call.user.uid === 0;
  const end = isRoot ? '#' : '$';
  const home = state.variables.HOME;
  const shown = call.cwd === home ? '~' : call.cwd;
  if (flavour === 'dash') return `${end} `;
  if (flavour === 'ash') return `${shown} ${end} `;
  const user = nameOfId(call.files.container, '/etc/passwd', `${call.user.uid}`) ?? 'I have no name!';
  return `${user}@${call.spec.hostname}:${shown}${end} `;
}
