import { FileError } from '../../files/file-error.ts';
import { searchPath } from '../../processes/executable.ts';
import { signalName } from '../../program.ts';
import { compileScript } from '../compile.ts';
import type { ShellMachine } from '../machine.ts';
import { ShellExit } from '../shell-exit.ts';
import { describeProblem, SyntaxProblem } from '../syntax.ts';
import type { Builtin } from './builtin.ts';

/** Builtins that say what runs next. */
export const flowBuiltins: Readonly<Record<string, Builtin>> = {
  break: (machine, [count]) => leaveLoops(machine, count, 'end'),
  continue: (machine, [count]) => leaveLoops(machine, count, 'next'),
  eval: (machine, args) => {
    const code = args.join(' ');
    if (code.trim() === '') return 0;
    enter(machine, code, 'eval');
    return undefined;
  },
  exit: (machine, [code]) => {
    if (code !== undefined && !(machine.flavour === 'bash' ? /^-?\d+$/ : /^\d+$/).test(code)) {
      if (machine.flavour === 'bash') machine.say(`${code}: numeric argument required`, 'exit');
      else machine.say(`Illegal number: ${code}`, 'exit');
      throw new ShellExit(2);
    }
    throw new ShellExit(code === undefined ? machine.state.status : Number(code) & 0xff);
  },
  return: (machine, [code]) => {
    const { state } = machine;
    if (code !== undefined && !(machine.flavour === 'bash' ? /^-?\d+$/ : /^\d+$/).test(code)) {
      machine.say(
        machine.flavour === 'bash' ? `${code}: numeric argument required` : `Illegal number: ${code}`,
        'return',
      );
      if (machine.flavour !== 'bash') throw new ShellExit(2);
    }
    const status = code === undefined ? state.status : /^-?\d+$/.test(code) ? Number(code) & 0xff : 2;
    const place = state.frames.findIndex(({ kind }) => kind === 'function' || kind === 'source');
    if (place < 0) {
      if (machine.flavour !== 'bash') throw new ShellExit(status);
      machine.say("can only `return' from a function or sourced script", 'return');
      return 1;
    }
    for (let left = 0; left <= place; left++) machine.leaveFrame();
    return status;
  },
  trap: (machine, args) => setTrap(machine, args),
  wait: (machine, args) => {
    const { state } = machine;
    const pids = args.length > 0 ? args.map(Number).filter((pid) => pid > 0) : state.jobs;
    state.waiting = { kind: 'wait', pids, status: args.length > 0 ? 127 : 0 };
    return undefined;
  },
  '.': source,
  source,
};

function source(machine: ShellMachine, [path, ...args]: readonly string[]): number | undefined {
  const { call, state, flavour } = machine;
  if (path === undefined) {
    if (flavour === 'bash') machine.say('filename argument required', '.');
    return 2;
  }
  const found = path.includes('/')
    ? path
    : (searchPath(call.files, path, state.variables.PATH) ?? (call.files.look(path) ? path : undefined));
  let text: string;
  try {
    text = call.files.read(found ?? path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (flavour === 'bash') {
      machine.say(`${path}: ${error.message}`);
      return 1;
    }
    if (flavour === 'dash')
      machine.say(`cannot open ${path}: ${error.code === 'ENOENT' ? 'No such file' : error.message}`, '.');
    else machine.say(`can't open '${path}': ${error.message}`, '.');
    throw new ShellExit(2);
  }
  enter(machine, text, 'source', args);
  return undefined;
}

function enter(
  machine: ShellMachine,
  code: string,
  kind: 'eval' | 'source',
  args: readonly string[] = [],
): void {
  const { state } = machine;
  try {
    compileScript(code, machine.flavour);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    machine.call.err(`${describeProblem(error, machine.flavour, state.name, code)}\n`);
    throw new ShellExit(2);
  }
  state.status = 0;
  const outer = args.length > 0 ? { args: state.args } : {};
  machine.enter({ code, place: 0, loops: [], kind, checked: false, saved: state.saved.length, ...outer });
  if (args.length > 0) state.args = args;
}

function leaveLoops(machine: ShellMachine, count: string | undefined, where: 'next' | 'end'): number {
  const { frame } = machine;
  if (count !== undefined && !/^0*[1-9]\d*$/.test(count) && machine.flavour !== 'bash') {
    machine.say(`Illegal number: ${count}`, where === 'end' ? 'break' : 'continue');
    throw new ShellExit(2);
  }
  // Within `eval` the loop stands further out.
  if (frame?.kind === 'eval' && frame.loops.length === 0) {
    machine.leaveFrame();
    return leaveLoops(machine, count, where);
  }
  const loops = frame?.loops ?? [];
  const wanted = Math.min(Math.max(Number(count ?? 1) || 1, 1), loops.length);
  const loop = loops[wanted - 1];
  if (!loop) return 0;
  machine.restoreTo(loop.saved);
  machine.change({ place: loop[where], loops: loops.slice(wanted - 1) });
  return 0;
}

function setTrap(machine: ShellMachine, args: readonly string[]): number {
  const { state, call } = machine;
  if (args.length === 0 || args[0] === '-p') {
    for (const [signal, action] of Object.entries(state.traps)) {
      const name = machine.flavour === 'bash' && signal !== 'EXIT' ? `SIG${signal}` : signal;
      call.out(`trap -- '${action}' ${name}
`);
    }
    return 0;
  }
  if (args[0] === '-l') return 0;
  const [first = '', ...rest] = args[0] === '--' ? args.slice(1) : args;
  const isReset = first === '-' || (rest.length === 0 && named(first) !== undefined);
  let status = 0;
  for (const word of rest.length === 0 ? [first] : rest) {
    const signal = named(word);
    if (signal === undefined) {
      machine.say(
        `${word}: ${machine.flavour === 'bash' ? 'invalid signal specification' : machine.flavour === 'dash' ? 'bad trap' : 'invalid signal specification'}`,
        'trap',
      );
      status = 1;
      continue;
    }
    const { [signal]: _, ...others } = state.traps;
    state.traps = isReset ? others : { ...others, [signal]: first };
  }
  return status;
}

function named(word: string): string | undefined {
  return word === '0' || word.toUpperCase() === 'EXIT'
    ? 'EXIT'
    : ['ERR', 'DEBUG', 'RETURN'].includes(word)
      ? word
      : signalName(word);
}
