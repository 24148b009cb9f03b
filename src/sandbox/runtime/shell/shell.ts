import { FileError } from '../files/file-error.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { BecomeSignal } from './become-signal.ts';
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
    for (const letter of args[place] === '--login' ? '' : (args[place]?.slice(1) ?? '')) {
      if (letter === 'c') isCommand = true;
      else if (letter === 's') isInput = true;
      else if (letter === 'i') isInteractive = true;
      else if (letter === 'o') {
        const name = args[++place];
        if (name === 'pipefail') options.push(name);
        if (name === 'errexit') options.push('e');
      } else if (letter !== 'l') options.push(letter);
    }
  }
  if (args[place] === '--') place += 1;
  const rest = args.slice(place);
  const own = call.argv[0] ?? 'sh';
  if (isCommand) {
    const [code, name = own, ...others] = rest;
    if (code === undefined) {
      call.err(
        flavour === 'ash'
          ? `${own}: -c requires an argument\n`
          : `${own}: ${flavour === 'dash' ? '0: ' : ''}-c requires an argument\n`,
      );
      return 2;
    }
    return fresh(call, flavour, { name, args: others, frames: [main(code)], options });
  }
  if (isInput || rest.length === 0) {
    const interactive = isInteractive || call.isTerminal(0);
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
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const words = {
      ash: `${own}: can't open '${path}': ${error.message}`,
      dash: `${own}: 0: cannot open ${path}: ${error.code === 'ENOENT' ? 'No such file' : error.message}`,
      bash: `${own}: ${path}: ${error.message}`,
    };
    call.err(`${words[flavour]}\n`);
    return flavour === 'ash' || flavour === 'dash' ? 2 : error.code === 'ENOENT' ? 127 : 126;
  }
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
