import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import { searchPath } from '../../processes/executable.ts';
import { signalName, signalNumbers } from '../../program.ts';
import { compileScript } from '../compile.ts';
import type { ShellMachine } from '../machine.ts';
import { ShellExit } from '../shell-exit.ts';
import { describeProblem, SyntaxProblem } from '../syntax.ts';
import type { Builtin } from './builtin.ts';
import { pidOf } from './kill-builtin.ts';

/** Builtins that say what runs next. */
export const flowBuiltins: Readonly<Record<string, Builtin>> = {
  break: (machine, [count]) => leaveLoops(machine, count, 'end'),
  continue: (machine, [count]) => leaveLoops(machine, count, 'next'),
  eval: (machine, args) => {
    const code = args.join(' ');
    if (code.trim() === '') return 0;
    return enter(machine, code, 'eval', `${machine.state.name}: eval`);
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
    const { state, call } = machine;
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
      // A subshell ends with it, when it is one of a function.
      if (call.pid !== state.mainPid) throw new ShellExit(status);
      machine.say("can only `return' from a function or sourced script", 'return');
      return 2;
    }
    for (let left = 0; left <= place; left++) machine.leaveFrame();
    return status;
  },
  trap: (machine, args) => setTrap(machine, args),
  wait: (machine, args) => {
    const { state, flavour } = machine;
    const bad = args.find((word) => !/^(%?\d+|-n)$/.test(word));
    if (bad !== undefined) {
      machine.say(
        flavour === 'bash' ? `\`${bad}': not a pid or valid job spec` : `Illegal number: ${bad}`,
        'wait',
      );
      return flavour === 'bash' ? 1 : 2;
    }
    if (flavour === 'dash' && args.includes('-n')) {
      machine.say('Illegal option -n', 'wait');
      return 2;
    }
    const lost = args.find((word) => word.startsWith('%') && pidOf(machine, word) === undefined);
    if (lost !== undefined) {
      machine.say(flavour === 'dash' ? `No such job: ${lost}` : `${lost}: no such job`, 'wait');
      return flavour === 'bash' ? 127 : 2;
    }
    const asked = args.map((word) => pidOf(machine, word) ?? 0);
    for (const pid of asked)
      if (flavour === 'bash' && !state.jobs.includes(pid) && pid > 0)
        machine.say(`pid ${pid} is not a child of this shell`, 'wait');
    const pids = args.length > 0 ? asked.filter((pid) => pid > 0) : state.jobs;
    state.waiting = { kind: 'wait', pids, status: args.length > 0 ? 127 : 0 };
    return undefined;
  },
  '.': source,
  source,
};

function source(machine: ShellMachine, [path, ...args]: readonly string[]): number | undefined {
  const { call, state, flavour } = machine;
  if (path === undefined) {
    if (flavour !== 'bash') return flavour === 'dash' ? 0 : 2;
    machine.say('filename argument required', '.');
    call.err('.: usage: . filename [arguments]\n');
    return 2;
  }
  // Bash looks where it is, too.
  const found =
    path.includes('/') || (flavour === 'bash' && call.files.look(path))
      ? path
      : searchPath(call.files, path, state.variables.PATH);
  if (found === undefined && flavour !== 'bash') {
    machine.say(`${path}: not found`, '.');
    throw new ShellExit(2);
  }
  let text: string;
  try {
    text = call.files.read(found ?? path);
  } catch (thrown) {
    const error = caught(thrown, FileError);
    const isFolder = error.code === 'EISDIR';
    if (flavour === 'bash') {
      if (isFolder) machine.say(`${path}: is a directory`, '.');
      else machine.say(`${path}: ${error.message}`);
      return 1;
    }
    // A folder is a script without anything in it.
    if (isFolder) return 0;
    if (flavour === 'dash') machine.say(`cannot open ${path}: No such file`, '.');
    else machine.say(`can't open '${path}': ${error.message}`, '.');
    throw new ShellExit(2);
  }
  // Dash hands no parameters over.
  return enter(machine, text, 'source', path, flavour === 'dash' ? [] : args);
}

/** Runs a script within the shell. @param place where it is, as bash says it */
function enter(
  machine: ShellMachine,
  code: string,
  kind: 'eval' | 'source',
  place: string,
  args: readonly string[] = [],
): number | undefined {
  const { state } = machine;
  try {
    compileScript(code, machine.flavour);
  } catch (thrown) {
    const error = caught(thrown, SyntaxProblem);
    const { flavour, call } = machine;
    // Bash goes on behind what it could not read.
    const prefix = flavour === 'bash' ? place : state.name;
    call.err(`${describeProblem(error, flavour, prefix, code)}\n`);
    if (flavour !== 'bash') throw new ShellExit(2);
    state.status = 2;
    return 2;
  }
  state.status = 0;
  const outer = args.length > 0 ? { args: state.args } : {};
  machine.enter({ code, place: 0, loops: [], kind, checked: false, saved: state.saved.length, ...outer });
  if (args.length > 0) state.args = args;
  return undefined;
}

function leaveLoops(machine: ShellMachine, count: string | undefined, where: 'next' | 'end'): number {
  const { frame } = machine;
  const builtin = where === 'end' ? 'break' : 'continue';
  const isWrong = count !== undefined && !/^0*[1-9]\d*$/.test(count);
  if (isWrong && machine.flavour !== 'bash') {
    machine.say(`Illegal number: ${count}`, builtin);
    throw new ShellExit(2);
  }
  // Within `eval` the loop stands further out.
  if (frame?.kind === 'eval' && frame.loops.length === 0) {
    machine.leaveFrame();
    return leaveLoops(machine, count, where);
  }
  const loops = frame?.loops ?? [];
  const wanted = Math.min(Number(count ?? 1) || 1, loops.length);
  const loop = loops[wanted - 1];
  if (!loop) {
    if (machine.flavour === 'bash')
      machine.say("only meaningful in a `for', `while', or `until' loop", builtin);
    return 0;
  }
  if (isWrong) {
    const isNumber = /^-?\d+$/.test(count);
    machine.say(`${count}: ${isNumber ? 'loop count out of range' : 'numeric argument required'}`, builtin);
    if (!isNumber) throw new ShellExit(128);
    machine.change({ place: loop.end, loops: loops.slice(1) });
    return 1;
  }
  machine.restoreTo(loop.saved);
  machine.change({ place: loop[where], loops: loops.slice(wanted - 1) });
  return 0;
}

function setTrap(machine: ShellMachine, args: readonly string[]): number {
  const { state, call } = machine;
  const { flavour } = machine;
  const option = /^-[^-]/.test(args[0] ?? '') ? args[0]?.slice(0, 2) : undefined;
  if (option !== undefined && flavour !== 'bash') {
    machine.say(`${flavour === 'ash' ? 'illegal' : 'Illegal'} option ${option}`, 'trap');
    throw new ShellExit(2);
  }
  if (args.length === 0 || option === '-p') {
    for (const [signal, action] of Object.entries(state.traps)) {
      const name = machine.flavour === 'bash' && signal !== 'EXIT' ? `SIG${signal}` : signal;
      call.out(`trap -- '${action}' ${name}\n`);
    }
    return 0;
  }
  if (option === '-l') {
    const names = Object.entries(signalNumbers).map(
      ([name, number]) => `${`${number}`.padStart(2)}) SIG${name}`,
    );
    call.out(`${names.join('\t')}\n`);
    return 0;
  }
  const [first = '', ...rest] = args[0] === '--' ? args.slice(1) : args;
  const isReset = first === '-' || (rest.length === 0 && named(first) !== undefined);
  let status = 0;
  for (const word of rest.length === 0 ? [first] : rest) {
    const signal = flavour === 'dash' && word === 'ERR' ? undefined : named(word);
    if (signal === undefined) {
      if (flavour === 'dash') call.err(`trap: ${word}: bad trap\n`);
      else machine.say(`${word}: invalid signal specification`, 'trap');
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
