import { ProcessEnd } from '../../processes/process-end.ts';
import { codeOf, signalName, signalNumbers } from '../../program.ts';
import type { ShellMachine } from '../machine.ts';
import { ShellExit } from '../shell-exit.ts';

/** The builtin `kill`. */
export function kill(machine: ShellMachine, args: readonly string[]): number {
  const { call, flavour } = machine;
  let signal = 'TERM';
  let rest = args;
  const [first = '', second = ''] = args;
  if (first === '-l' || first === '-L') {
    if (flavour === 'dash' && listedName.test(second)) {
      machine.say(`Illegal number: ${second}`, 'kill');
      throw new ShellExit(2);
    }
    const listed = signalName(/^\d+$/.test(second) ? `${Number(second) & 127}` : second);
    if (second !== '' && listed === undefined) {
      if (flavour === 'bash') machine.say(`${second}: invalid signal specification`, 'kill');
      else if (flavour === 'ash') machine.say(`unknown signal '${second}'`);
      else {
        machine.say(`invalid signal number or name: ${second}`, 'kill');
        throw new ShellExit(2);
      }
      return 1;
    }
    if (listed !== undefined) call.out(`${/^\d+$/.test(second) ? listed : signalNumbers[listed]}\n`);
    else
      for (const [name, number] of Object.entries(signalNumbers))
        call.out(`${`${number}`.padStart(2)}) ${name}\n`);
    return 0;
  }
  if (flavour === 'bash' && /^-[sn]$/.test(first) && args.length === 1) {
    machine.say(`${first}: option requires an argument`, 'kill');
    return 1;
  }
  if (/^-[sn]$/.test(first) && args.length > 1) {
    signal = second;
    rest = args.slice(args[2] === '--' && flavour !== 'ash' ? 3 : 2);
  } else if (/^-./.test(first) && first !== '--') {
    signal = first.slice(1);
    rest = args.slice(1);
  } else if (first === '--') rest = args.slice(1);
  const name = signal === '0' ? '0' : signalName(signal);
  if (name === undefined) {
    if (flavour === 'bash') machine.say(`${signal}: invalid signal specification`, 'kill');
    else if (flavour === 'dash') {
      machine.say(`Illegal option -${signal.charAt(0)}`, 'kill');
      throw new ShellExit(2);
    } else machine.say(`bad signal name '${signal}'`);
    return 1;
  }
  if (rest.length === 0) return killUsage(machine);
  let status = 0;
  for (const word of rest) {
    const pid = pidOf(machine, word.replace(/^-(?=\d)/, ''));
    if (pid === undefined) {
      status = noProcess(machine, word);
      continue;
    }
    if (pid === call.pid && name !== '0') {
      signalSelf(machine, name);
      continue;
    }
    const sent = call.kill(pid, name);
    if (sent) continue;
    status = 1;
    const why = sent === undefined ? 'Operation not permitted' : 'No such process';
    if (flavour === 'bash') machine.say(`(${word}) - ${why}`, 'kill');
    else if (flavour === 'dash') machine.say(`${why}\n`, 'kill');
    else machine.say(`can't kill pid ${word}: ${why}`);
  }
  return status;
}

const listedName = /^[A-Za-z]/;

/** The process that a word names: its number, or with `%` that of a job; undefined where there is none. */
export function pidOf({ state }: ShellMachine, word: string): number | undefined {
  if (word.startsWith('%')) return state.jobs[Number(word.slice(1)) - 1];
  return /^\d+$/.test(word) ? Number(word) : undefined;
}

/** Says that a word names no process. @returns the code */
function noProcess(machine: ShellMachine, word: string): number {
  const { flavour } = machine;
  const isJob = word.startsWith('%');
  const words = isJob
    ? { ash: `${word}: no such job`, bash: `${word}: no such job`, dash: `No such job: ${word}` }
    : {
        ash: `invalid number '${word}'`,
        bash: `${word}: arguments must be process or job IDs`,
        dash: `Illegal number: ${word}`,
      };
  machine.say(words[flavour], flavour === 'ash' && !isJob ? undefined : 'kill');
  if (flavour === 'bash') return 1;
  return flavour === 'dash' || isJob ? 2 : 1;
}

function killUsage(machine: ShellMachine): number {
  const { flavour, call } = machine;
  if (flavour === 'ash') machine.say('you need to specify whom to kill');
  else if (flavour === 'bash') {
    call.err(
      'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n',
    );
  } else
    machine.say(
      'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]',
      'kill',
    );
  return flavour === 'ash' ? 1 : 2;
}

/** A signal to the shell itself reaches it before its next command. */
function signalSelf({ state, call }: ShellMachine, signal: string): void {
  const action = state.traps[signal];
  if (action !== undefined) {
    if (action !== '' && !state.pending.includes(signal)) state.pending = [...state.pending, signal];
  } else if (call.pid !== 1 && !['CHLD', 'CONT', 'WINCH', 'URG'].includes(signal))
    throw new ProcessEnd(codeOf(signal));
}
