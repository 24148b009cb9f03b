import { caught } from '../../thrown.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { globPattern } from '../text/glob.ts';
import type { Step } from './compile.ts';
import { expandPattern, expandText, expandWords } from './expand.ts';
import type { ShellMachine } from './machine.ts';
import { RedirectError, redirected } from './redirects.ts';
import { runSimple } from './run-simple.ts';
import { ShellExit } from './shell-exit.ts';
import type { FrameState, ShellState } from './shell-state.ts';

/** Where the shell has the pipe that a substitution writes into. */
const captureFd = 63;

/** Takes a step of a compiled script. */
export function runStep(machine: ShellMachine, step: Step): void {
  const { state, scope } = machine;
  switch (step.do) {
    case 'capture':
      return capture(machine, step.source);
    case 'simple':
      machine.line = step.command.line;
      // With `set -n` commands are read only.
      return machine.has('n') ? undefined : runSimple(machine, step);
    case 'jump':
      return machine.change({ place: step.to });
    case 'jump-if':
      return (state.status === 0) === step.success ? machine.change({ place: step.to }) : undefined;
    case 'status':
      state.status = step.status;
      return;
    case 'not':
      state.status = state.status === 0 ? 1 : 0;
      return;
    case 'fork':
      return fork(machine, step);
    case 'leave':
      throw new ShellExit(state.status);
    case 'loop':
      return loop(machine, { next: step.next, end: step.end });
    case 'for': {
      const items = step.words ? expandWords(step.words, scope) : state.args;
      state.captures = [];
      state.status = 0;
      return loop(machine, { next: step.next, end: step.end, items });
    }
    case 'for-next':
      return next(machine, step.name, step.end);
    case 'loop-end':
      return machine.change({ loops: machine.frame?.loops.slice(1) ?? [] });
    case 'case': {
      const text = expandText(step.word, scope);
      const found = step.items.find(({ patterns }) =>
        patterns.some((pattern) =>
          globPattern(expandPattern(pattern, scope), { crossesSlash: true }).test(text),
        ),
      );
      state.captures = [];
      if (!found) state.status = 0;
      return machine.change({ place: found?.to ?? step.end });
    }
    case 'define':
      state.functions = {
        ...state.functions,
        [step.name]: { code: machine.frame?.code ?? '', place: step.body },
      };
      state.status = 0;
      return machine.change({ place: step.to });
    case 'return':
      return machine.leaveFrame();
    case 'redirect':
      return redirect(machine, step);
    case 'restore':
      return machine.restoreTo(state.saved.length - 1);
  }
}

function loop(machine: ShellMachine, loop: { next: number; end: number; items?: readonly string[] }): void {
  const loops = machine.frame?.loops ?? [];
  machine.change({ loops: [{ ...loop, saved: machine.state.saved.length }, ...loops] });
}

function next(machine: ShellMachine, name: string, end: number): void {
  const [loop, ...others] = machine.frame?.loops ?? [];
  const [first, ...items] = loop?.items ?? [];
  if (!loop || first === undefined) return machine.change({ place: end });
  machine.scope.set(name, first);
  machine.change({ loops: [{ ...loop, items }, ...others] });
}

function redirect(machine: ShellMachine, { redirects, end }: Step & { do: 'redirect' }): void {
  const { call, state } = machine;
  try {
    const fds = redirected(call, call.fds, redirects, machine.scope, machine.flavour);
    state.saved = [...state.saved, call.fds];
    call.setFds(fds);
  } catch (thrown) {
    const error = caught(thrown, RedirectError);
    machine.say(error.message);
    state.status = 1;
    machine.change({ place: end });
  }
  state.captures = [];
}

function capture(machine: ShellMachine, source: string): void {
  const { call, state } = machine;
  const pipe = call.kernel.pipes.make(call.container);
  const { [captureFd]: _, ...fds } = call.fds;
  const frame: FrameState = { code: source, place: 0, loops: [], kind: 'main', checked: false, saved: 0 };
  // What the outer command has gathered so far is nothing to the inner one.
  const outer = state.captures;
  state.captures = [];
  const pid = copy(machine, [frame], { ...fds, 1: { kind: 'pipe', id: pipe, end: 'write' } });
  state.captures = outer;
  call.setFds({ ...fds, [captureFd]: { kind: 'pipe', id: pipe, end: 'read' } });
  state.waiting = { kind: 'capture', pid, fd: captureFd, text: '' };
}

function fork(machine: ShellMachine, { stages, to, waits, checked }: Step & { do: 'fork' }): void {
  const { call, state } = machine;
  const frame = machine.frame;
  if (!frame) return;
  const pids: number[] = [];
  let input = waits
    ? call.fds[0]
    : stages.length === 1 && !state.isInteractive
      ? ({ kind: 'null' } as const)
      : call.fds[0];
  for (const [index, place] of stages.entries()) {
    const isLast = index === stages.length - 1;
    const { 0: _, ...rest } = call.fds;
    const pipe = isLast ? undefined : call.kernel.pipes.make(call.container);
    const fds = {
      ...rest,
      ...(input ? { 0: input } : {}),
      ...(pipe ? { 1: { kind: 'pipe', id: pipe, end: 'write' } as const } : {}),
    };
    pids.push(
      copy(
        machine,
        [{ ...frame, place, loops: [], saved: 0, kind: 'main', checked: frame.checked || checked }],
        fds,
      ),
    );
    if (pipe) input = { kind: 'pipe', id: pipe, end: 'read' };
  }
  machine.change({ place: to });
  if (waits) {
    state.waiting = { kind: 'children', pids, codes: pids.map(() => null), checked };
    return;
  }
  state.background = pids.at(-1) ?? 0;
  state.jobs = [...state.jobs, ...pids];
  state.status = 0;
}

/** Starts a copy of the shell that goes on from some place. */
function copy(machine: ShellMachine, frames: readonly FrameState[], fds: ProcessCall['fds']): number {
  const { call } = machine;
  const { waiting: _, typed: __, leavesWith: ___, ...own } = machine.state;
  const traps = Object.fromEntries(Object.entries(own.traps).filter(([, action]) => action === ''));
  const state: ShellState = {
    ...own,
    frames,
    traps,
    pending: [],
    saved: [],
    jobs: [],
    isInteractive: false,
  };
  return call.spawn({ argv: call.argv, program: call.record.program, state, fds });
}
