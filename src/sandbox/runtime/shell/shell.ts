import { caught } from '../../thrown.ts';
import { FileError } from '../files/file-error.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { BecomeSignal } from './become-signal.ts';
import { optionNamed } from './builtins/set-builtin.ts';
import { ShellMachine } from './machine.ts';
import type { FrameState, ShellState } from './shell-state.ts';
import type { Flavour } from './syntax.ts';

/** Bytes of a shell. */
const memory: Readonly<Record<Flavour, number>> = { ash: 500_000, dash: 700_000, bash: 2_300_000 };

/** A shell as a program. */
export function shell(flavour: Flavour): Program {
  return {
    memory: memory[flavour],
    step(call) {
      const state = (call.state as ShellState | undefined) ?? begin(call, flavour);
      if (typeof state === 'number') return state;
      try {
        return new ShellMachine(call, state, flavour).run();
      } catch (error) {
        if (error instanceof BecomeSignal) return 'waits';
        throw error;
      }
    },
    onSignal(call, signal) {
      const state = call.state as ShellState | undefined;
      if (!state) return false;
      const action = state.traps[signal];
      if (action === '') return true;
      if (action !== undefined) {
        if (!state.pending.includes(signal)) call.state = { ...state, pending: [...state.pending, signal] };
        return true;
      }
      if (!state.isInteractive) return false;
      if (signal === 'INT' && state.waiting === undefined) {
        call.state = {
          ...state,
          frames: [],
          saved: [],
          captures: [],
          status: 130,
          typed: '',
          isAsked: false,
        };
        return true;
      }
      return ['INT', 'TERM', 'QUIT'].includes(signal);
    },
  };
}

/** @returns the exit code when it cannot begin, which has been said then */
function begin(call: ProcessCall, flavour: Flavour): ShellState | number {
  const options: string[] = [];
  const { args } = call;
  let place = 0;
  let isCommand = false;
  let isInput = false;
  let isInteractive = false;
  for (; /^[-+][^-\s]/.test(args[place] ?? '') || args[place] === '--login'; place++) {
    const word = `${args[place]}`;
    if (word === '--login' && flavour !== 'dash') continue;
    for (const letter of word.slice(1)) {
      if (letter === 'c') isCommand = true;
      else if (letter === 's') isInput = true;
      else if (letter === 'i') isInteractive = true;
      else if (letter !== 'l') {
        const name = letter === 'o' ? args[++place] : undefined;
        const option = optionNamed(flavour, letter, name);
        if (option === undefined) return refused(call, flavour, `${word.charAt(0)}${letter}`, name);
        if (word.startsWith('-')) options.push(option);
      }
    }
  }
  if (args[place] === '--') place += 1;
  const rest = args.slice(place);
  const [own = 'sh'] = call.argv;
  if (isCommand) {
    const [code, name = own, ...others] = rest;
    if (code === undefined) {
      call.err(`${own}: ${flavour === 'dash' ? '0: ' : ''}-c requires an argument\n`);
      return 2;
    }
    return fresh(call, flavour, { name, args: others, frames: [main(code)], options });
  }
  if (isInput || rest.length === 0) {
    const hasTerminal = call.isTerminal(0);
    if (isInteractive && !hasTerminal && flavour !== 'bash')
      call.err(`${own}: ${flavour === 'dash' ? '0: ' : ''}can't access tty; job control turned off\n`);
    const interactive = isInteractive || hasTerminal;
    return fresh(call, flavour, {
      name: own,
      args: rest,
      frames: [],
      options,
      typed: '',
      isInteractive: interactive,
    });
  }
  const [path = '', ...others] = rest;
  try {
    const text = call.files.read(path);
    return fresh(call, flavour, { name: path, args: others, frames: [main(text)], options });
  } catch (thrown) {
    const error = caught(thrown, FileError);
    // A folder is a script without anything in it.
    if (error.code === 'EISDIR' && flavour !== 'bash') return 0;
    const words = {
      ash: `${own}: can't open '${path}': ${error.message}`,
      dash: `${own}: 0: cannot open ${path}: ${['ENOENT', 'ENOTDIR'].includes(error.code) ? 'No such file' : error.message}`,
      bash: `${own}: ${path}: ${error.message}`,
    };
    call.err(`${words[flavour]}\n`);
    if (flavour !== 'bash') return 2;
    return error.code === 'ENOENT' ? 127 : 126;
  }
}

/** Says that the shell has no such option. @returns the code; busybox minds a name less than a letter */
function refused(call: ProcessCall, flavour: Flavour, option: string, name: string | undefined): number {
  const [own = 'sh'] = call.argv;
  const shown = name === undefined ? option : `${option} ${name}`;
  const words = {
    ash: `illegal option ${shown}`,
    dash: `0: Illegal option ${shown}`,
    bash: name === undefined ? `${option}: invalid option` : `${name}: invalid option name`,
  };
  call.err(`${own}: ${words[flavour]}\n`);
  return flavour === 'ash' && name !== undefined ? 0 : 2;
}

function main(code: string): FrameState {
  return { code, place: 0, loops: [], kind: 'main', checked: false, saved: 0 };
}

function fresh(
  call: ProcessCall,
  flavour: Flavour,
  given: Partial<ShellState> & Pick<ShellState, 'name' | 'frames'>,
): ShellState {
  const { env } = call;
  const level = `${(Number(env.SHLVL ?? 0) || 0) + 1}`;
  const shells = flavour === 'dash' ? {} : { SHLVL: level };
  const variables = {
    ...env,
    ...shells,
    PWD: call.cwd,
    PATH: env.PATH ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  };
  return {
    variables,
    exported: [...Object.keys(env), ...Object.keys(shells), 'PWD'].filter(
      (name, index, all) => all.indexOf(name) === index,
    ),
    readOnly: [],
    functions: {},
    aliases: {},
    args: [],
    status: 0,
    background: 0,
    jobs: [],
    options: [],
    traps: {},
    pending: [],
    captures: [],
    saved: [],
    mainPid: call.pid,
    startedAt: call.now,
    restores: false,
    isInteractive: false,
    isAsked: false,
    positionOfOption: 0,
    ...given,
  };
}
