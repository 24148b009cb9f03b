import { codeOf, type Outcome } from '../program.ts';
import type { ShellMachine } from './machine.ts';
import { finishRead } from './read-builtin.ts';
import type { Waiting } from './shell-state.ts';

/** A substitution may give so much. */
const mostCaptured = 2 ** 20;

/** Looks whether what a shell waits for has happened. @returns undefined when it goes on */
export function resume(machine: ShellMachine): Outcome | undefined {
  const { waiting } = machine.state;
  switch (waiting?.kind) {
    case 'children':
      return children(machine, waiting);
    case 'capture':
      return capture(machine, waiting);
    case 'wait':
      return builtinWait(machine, waiting);
    case 'read':
      return finishRead(machine, waiting);
    default:
      return undefined;
  }
}

/** The shell no longer waits. */
function goOn(machine: ShellMachine): void {
  delete (machine.state as { waiting?: unknown }).waiting;
}

function children(machine: ShellMachine, waiting: Waiting & { kind: 'children' }): Outcome | undefined {
  const { call, state } = machine;
  const codes = waiting.pids.map((pid, index) => waiting.codes[index] ?? call.reap(pid) ?? null);
  if (codes.includes(null)) {
    state.waiting = { ...waiting, codes };
    return 'waits';
  }
  goOn(machine);
  const last = codes.at(-1) ?? 0;
  const failed = codes.findLast((code) => code !== 0) ?? 0;
  state.status = machine.has('pipefail') ? failed : last;
  const pid = waiting.pids.at(-1) ?? 0;
  sayKilled(machine, state.status, pid, waiting.command);
  machine.fails(waiting.checked);
  return undefined;
}

/** A command that a signal ended is told of. */
function sayKilled(machine: ShellMachine, code: number, pid: number, command = ''): void {
  const words = {
    [codeOf('KILL')]: 'Killed',
    [codeOf('TERM')]: 'Terminated',
    [codeOf('SEGV')]: 'Segmentation fault',
  };
  const said = words[code];
  if (said === undefined) return;
  // Bash says nothing of a job that is waited for, and of a plain end nothing but that.
  if (machine.flavour === 'bash' && command === '') return;
  const isLong = machine.flavour === 'bash' && said !== 'Terminated';
  if (isLong) machine.say(`${`${pid}`.padStart(5)} ${said.padEnd(23)} ${command}`);
  else machine.call.err(`${said}\n`);
}

function capture(machine: ShellMachine, waiting: Waiting & { kind: 'capture' }): Outcome | undefined {
  const { call, state } = machine;
  let { text } = waiting;
  for (;;) {
    const more = call.read(waiting.fd);
    if (more === undefined) {
      state.waiting = { ...waiting, text };
      return 'waits';
    }
    if (more === null) break;
    text = (text + more).slice(0, mostCaptured);
  }
  const code = call.reap(waiting.pid);
  if (code === undefined) {
    state.waiting = { ...waiting, text };
    return 'waits';
  }
  const { [waiting.fd]: _, ...fds } = call.fds;
  call.setFds(fds);
  goOn(machine);
  state.captures = [...state.captures, text.replaceAll('\0', '').replace(/\n+$/, '')];
  state.status = code;
  return undefined;
}

/** `wait`: for the children it names, or for all. */
function builtinWait(machine: ShellMachine, waiting: Waiting & { kind: 'wait' }): Outcome | undefined {
  const { call, state } = machine;
  let { status } = waiting;
  const left = waiting.pids.filter((pid) => {
    const code = call.reap(pid);
    if (code !== undefined) {
      status = code;
      sayKilled(machine, code, pid);
    }
    return code === undefined;
  });
  state.jobs = state.jobs.filter((pid) => !waiting.pids.includes(pid) || left.includes(pid));
  if (left.length > 0) {
    state.waiting = { ...waiting, pids: left, status };
    return 'waits';
  }
  goOn(machine);
  state.status = status;
  return undefined;
}
