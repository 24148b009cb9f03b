import { caught } from '../../thrown.ts';
import { ExecutableError } from '../processes/executable.ts';
import type { Descriptors } from '../records.ts';
import { BecomeSignal } from './become-signal.ts';
import { builtinNamed } from './builtins/all-builtins.ts';
import type { Step } from './compile.ts';
import { doubleTest } from './double-test.ts';
import { expandText, expandWords } from './expand.ts';
import type { ShellMachine } from './machine.ts';
import { quoted } from './messages.ts';
import { RedirectError, redirected } from './redirects.ts';
import { ShellExit } from './shell-exit.ts';
import type { SimpleCommand, Word } from './syntax.ts';
import { assign, environment, exportVariable } from './variables.ts';

/** Builtins whose assignments stay, and which end a shell that fails in them (POSIX, 2.14). */
const special = new Set([
  ':',
  '.',
  'source',
  'break',
  'continue',
  'eval',
  'exec',
  'exit',
  'export',
  'readonly',
  'return',
  'set',
  'shift',
  'trap',
  'unset',
]);

/** Runs a simple command: a function, a builtin, or a program that is waited for. */
export function runSimple(machine: ShellMachine, step: Step & { do: 'simple' }): void {
  const { state, scope } = machine;
  const { command, checked } = step;
  const isTest = isDoubleTest(command, machine);
  const words = isTest ? [] : expandWords(command.words, scope);
  if (words.length === 0 && !isTest) return assignOnly(machine, command, checked);
  const values = command.assignments.map(({ name, value, appends }) => {
    const text = expandText(value, scope);
    return [name, appends ? (scope.get(name) ?? '') + text : text] as const;
  });
  const fds = redirect(machine, command);
  const tested = isTest && fds ? doubleTest(machine, command.words.slice(1, -1)) : undefined;
  state.captures = [];
  if (!fds) {
    state.status = machine.flavour === 'dash' ? 2 : 1;
    if (special.has(words[0] ?? '') && machine.flavour !== 'bash' && !state.isInteractive)
      throw new ShellExit(2);
    return machine.fails(checked);
  }
  if (isTest) {
    state.status = tested === undefined ? 2 : Number(!tested);
    return machine.fails(checked);
  }
  const shown = machine.flavour === 'dash' ? (word: string) => word : quoted;
  trace(machine, [...values.map(([name, value]) => `${name}=${shown(value)}`), ...words.map(shown)]);
  state.variables = { ...state.variables, _: `${words.at(-1)}` };
  runWords(machine, {
    words,
    values,
    fds,
    checked,
    last: step.last,
    skipsFunctions: false,
    again: (ready) => runWords(machine, ready),
  });
}

/** A command line that is expanded. */
export interface Ready {
  readonly words: readonly string[];
  readonly values: readonly (readonly [name: string, value: string])[];
  readonly fds: Descriptors;
  readonly checked: boolean;
  /** Nothing follows: the shell may become the program. */
  readonly last: boolean;
  readonly skipsFunctions: boolean;
  /** Runs another command line in its place. */
  again(ready: Ready): void;
}

/** Runs a command line that is expanded. */
function runWords(machine: ShellMachine, ready: Ready): void {
  const { state, call } = machine;
  const { words, values, fds, checked } = ready;
  const [name = '', ...args] = words;
  const body =
    ready.skipsFunctions || !Object.hasOwn(state.functions, name) ? undefined : state.functions[name];
  if (body) {
    const locals = Object.fromEntries(values.map(([each]) => [each, state.variables[each] ?? null]));
    for (const [variable, value] of values) assign(machine, variable, value);
    state.saved = [...state.saved, call.fds];
    if (fds !== call.fds) call.setFds(fds);
    machine.enter({
      ...body,
      loops: [],
      kind: 'function',
      args: state.args,
      locals,
      checked,
      saved: state.saved.length - 1,
    });
    state.args = args;
    return;
  }
  const builtin = builtinNamed(name, machine.flavour);
  if (builtin) {
    const before = Object.fromEntries(values.map(([variable]) => [variable, state.variables[variable]]));
    for (const [variable, value] of values) assign(machine, variable, value);
    const outer = call.fds;
    if (fds !== outer) call.setFds(fds);
    const frames = state.frames.length;
    const status = builtin(machine, args, ready);
    if (status !== undefined) state.status = status;
    const waits = state.waiting !== undefined;
    if (fds !== outer && waits) {
      state.saved = [...state.saved, outer];
      state.restores = state.waiting?.kind === 'read';
    } else if (fds !== outer && name !== 'exec' && state.frames.length <= frames) call.setFds(outer);
    else if (fds !== outer && name !== 'exec') state.saved = [...state.saved, outer];
    if (!special.has(name) || machine.flavour === 'bash') {
      for (const [variable, value] of Object.entries(before)) {
        const { [variable]: _, ...others } = state.variables;
        state.variables = value === undefined ? others : { ...others, [variable]: value };
      }
    }
    if (!waits && state.frames.length <= frames) machine.fails(checked);
    return;
  }
  external(machine, ready);
}

function external(machine: ShellMachine, { words, values, fds, checked, last }: Ready): void {
  const { state, call } = machine;
  const env = { ...environment(machine), ...Object.fromEntries(values) };
  // Children find programs where the shell's own PATH says.
  const PATH = env.PATH ?? state.variables.PATH ?? '';
  const whole = { ...env, PATH };
  const replaces = last && mayBecome(machine);
  try {
    if (replaces) {
      if (fds !== call.fds) call.setFds(fds);
      call.exec(words, whole);
      throw new BecomeSignal();
    }
    const pid = call.spawn({ argv: words, env: whole, fds });
    const command = words.map(quoted).join(' ');
    state.waiting = { kind: 'children', pids: [pid], codes: [null], checked, command };
  } catch (thrown) {
    const error = caught(thrown, ExecutableError);
    const [command = ''] = words;
    const isScript = error.reason === 'format' && command.includes('/');
    if (isScript) {
      const pid = call.spawn({ argv: [state.name, ...words], env: whole, fds, program: call.record.program });
      state.waiting = { kind: 'children', pids: [pid], codes: [null], checked };
      return;
    }
    const outer = call.fds;
    if (fds !== outer) call.setFds(fds);
    machine.say(`${command}: ${missing(machine, command, error)}`);
    if (fds !== outer) call.setFds(outer);
    state.status = error.isMissing ? 127 : 126;
    machine.fails(checked);
  }
}

/** Only a shell that has nothing to come back for may become what it runs. */
function mayBecome({ state, flavour }: ShellMachine): boolean {
  const hasTraps = Object.values(state.traps).some((action) => action !== '');
  const isPlain = state.typed === undefined && state.saved.length === 0 && state.leavesWith === undefined;
  return (
    isPlain &&
    !hasTraps &&
    flavour !== undefined &&
    state.frames.every((frame) => frame.kind === 'main') &&
    state.frames.length === 1 &&
    state.jobs.length === 0
  );
}

function missing({ flavour, state }: ShellMachine, word: string, { reason }: ExecutableError): string {
  if (reason === 'denied') return 'Permission denied';
  if (reason === 'folder') return flavour === 'bash' ? 'Is a directory' : 'Permission denied';
  if (reason === 'format') return 'Exec format error';
  if (flavour !== 'bash') return 'not found';
  if (reason === 'interpreter') return 'cannot execute: required file not found';
  return word.includes('/') || !state.variables.PATH ? 'No such file or directory' : 'command not found';
}

function assignOnly(machine: ShellMachine, command: SimpleCommand, checked: boolean): void {
  const { state, scope } = machine;
  const hasSubstitution = state.captures.length > 0;
  for (const { name, value, appends } of command.assignments) {
    const text = expandText(value, scope);
    const whole = appends ? (scope.get(name) ?? '') + text : text;
    assign(machine, name, whole);
    if (name === 'PATH') exportVariable(machine, 'PATH');
    trace(machine, [`${name}=${quoted(whole)}`]);
  }
  const fds = redirect(machine, command);
  state.captures = [];
  if (!fds) state.status = 1;
  else if (!hasSubstitution) state.status = 0;
  machine.fails(checked);
}

/** @returns undefined when a redirection cannot be, which has been said then */
function redirect(machine: ShellMachine, { redirects }: SimpleCommand): Descriptors | undefined {
  const { call } = machine;
  if (redirects.length === 0) return call.fds;
  try {
    return redirected(call, call.fds, redirects, machine.scope, machine.flavour);
  } catch (thrown) {
    const error = caught(thrown, RedirectError);
    machine.say(error.message);
    return undefined;
  }
}

function trace(machine: ShellMachine, words: readonly string[]): void {
  if (machine.has('x')) machine.call.err(`${machine.scope.get('PS4') ?? '+ '}${words.join(' ')}\n`);
}

function isDoubleTest({ words }: SimpleCommand, { flavour }: ShellMachine): boolean {
  const text = (word: Word | undefined) =>
    word?.length === 1 && word[0]?.kind === 'text' ? word[0].text : '';
  return flavour !== 'dash' && text(words[0]) === '[[' && text(words.at(-1)) === ']]';
}
