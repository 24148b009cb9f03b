import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import { ExecutableError, searchPath } from '../../processes/executable.ts';
import { echoText } from '../../tools/echo.ts';
import { printfText } from '../../tools/printf.ts';
import { evaluateTest, TestError } from '../../tools/test-expression.ts';
import { BecomeSignal } from '../become-signal.ts';
import type { ShellMachine } from '../machine.ts';
import { readOptions, refusedRead } from '../read-builtin.ts';
import { reserved } from '../script-reader.ts';
import { ShellExit } from '../shell-exit.ts';
import type { Flavour } from '../syntax.ts';
import { assign, environment } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { cd, pwd } from './folder-builtins.ts';
import { kill } from './kill-builtin.ts';
import { ulimit } from './ulimit-builtin.ts';

/** Words that `type` knows besides commands. */
const keywords = new Set([...reserved, 'in']);

/** Builtins that do something, and could mostly be programs of their own. */
export function otherBuiltins(names: () => ReadonlySet<string>): Readonly<Record<string, Builtin>> {
  return {
    ':': () => 0,
    true: () => 0,
    false: () => 1,
    '[': (machine, args) => {
      if (args.at(-1) === ']') return test(machine, args.slice(0, -1), '[');
      machine.say(
        machine.flavour === 'bash' ? "missing `]'" : 'missing ]',
        machine.flavour === 'ash' ? undefined : '[',
      );
      return 2;
    },
    test: (machine, args) => test(machine, args, 'test'),
    cd,
    pwd,
    echo: (machine, args) => written(machine, 'echo', echoText(args, machine.flavour === 'dash')),
    printf,
    read: (machine, args) => {
      const refused = refusedRead(machine, args);
      if (refused !== undefined) return refused;
      const { prompt, timeout } = readOptions(args);
      if (prompt !== undefined && machine.call.isTerminal(0)) machine.call.err(prompt);
      const until = timeout === undefined ? {} : { until: machine.call.now + timeout * 1000 };
      const separators = machine.scope.get('IFS') ?? ' \t\n';
      machine.state.waiting = { kind: 'read', args, separators, text: '', ...until };
      return undefined;
    },
    kill,
    command: (machine, args, ready) => {
      if (args[0] === '-v' || args[0] === '-V') {
        // Only bash looks at more than one word.
        const words = machine.flavour === 'bash' ? args.slice(1) : args.slice(1, 2);
        return describe(machine, words, names(), args[0] === '-V', 'command');
      }
      if (args.length === 0) return 0;
      ready.again({ ...ready, words: args, skipsFunctions: true });
      return undefined;
    },
    type: (machine, args) => describe(machine, args, names(), true, 'type'),
    hash: (machine, args) => {
      const { call, state, flavour } = machine;
      const lacking = args.filter(
        (word) => !word.startsWith('-') && searchPath(call.files, word, state.variables.PATH) === undefined,
      );
      for (const word of lacking) machine.say(`${word}: not found`, 'hash');
      if (args.length === 0 && flavour === 'bash') call.out('hash: hash table empty\n');
      return lacking.length > 0 ? 1 : 0;
    },
    exec: (machine, args) => exec(machine, args),
    umask,
    ulimit,
    jobs: () => 0,
    bg: (machine) => noJob(machine, 'bg'),
    fg: (machine) => noJob(machine, 'fg'),
    times: (machine) => {
      machine.call.out('0m0.00s 0m0.00s\n0m0.00s 0m0.00s\n');
      return 0;
    },
    alias: (machine, args) => {
      const defined = args.filter((word) => word.includes('='));
      if (defined.length > 0) machine.say('aliases are not simulated', 'alias');
      else noAlias(machine, 'alias', args);
      return args.length > 0 ? 1 : 0;
    },
    unalias: (machine, args) => noAlias(machine, 'unalias', args),
  };
}

/** Which of them a shell does not have. */
export function lacks(flavour: Flavour, name: string): boolean {
  if (flavour === 'dash') return ['source', 'let', 'declare', 'typeset'].includes(name);
  return flavour === 'ash' && ['declare', 'typeset'].includes(name);
}

function printf(machine: ShellMachine, words: readonly string[]): number {
  const { call, flavour } = machine;
  const builtin = flavour === 'ash' ? undefined : 'printf';
  // Only bash can put what it prints into a variable.
  const variable = flavour === 'bash' && words[0] === '-v' ? words[1] : undefined;
  const rest = variable === undefined ? words : words.slice(2);
  if (flavour === 'dash' && /^-[^-]/.test(rest[0] ?? '')) {
    machine.say(`Illegal option ${rest[0]?.slice(0, 2)}`, builtin);
    return 2;
  }
  const [format, ...args] = rest[0] === '--' ? rest.slice(1) : rest;
  if (format === undefined) {
    if (flavour === 'bash') call.err('printf: usage: printf [-v var] format [arguments]\n');
    else
      machine.say(
        `usage: printf ${flavour === 'ash' ? 'FORMAT [ARGUMENT...]' : 'format [arg ...]'}`,
        builtin,
      );
    return 2;
  }
  const { text, complaints, code } = printfText(format, args, flavour);
  const status = variable === undefined ? written(machine, 'printf', text) : 0;
  if (variable !== undefined) assign(machine, variable, text);
  for (const complaint of complaints) machine.say(complaint, builtin);
  return code || status;
}

/** There are no aliases: those that are named are not found. */
function noAlias(machine: ShellMachine, builtin: string, args: readonly string[]): number {
  const names = args.filter((word) => !word.startsWith('-'));
  for (const name of names) {
    if (machine.flavour === 'bash') machine.say(`${name}: not found`, builtin);
    else machine.call.err(`${builtin}: ${name} not found\n`);
  }
  return names.length > 0 ? 1 : 0;
}

/** A script has no jobs that could be brought to the front. */
function noJob(machine: ShellMachine, builtin: string): number {
  if (machine.flavour === 'bash') machine.say('no job control', builtin);
  else machine.say('No current job', builtin);
  return machine.flavour === 'bash' ? 1 : 2;
}

/** umask: shows the usual one, which files are made with whatever is asked for. */
function umask(machine: ShellMachine, [mode]: readonly string[]): number {
  const { call, flavour } = machine;
  if (mode === undefined) call.out('0022\n');
  else if (mode === '-S') call.out('u=rwx,g=rx,o=rx\n');
  else if (/^\d+$/.test(mode) && !/^[0-7]+$/.test(mode)) {
    const why = {
      ash: `illegal mode: ${mode}`,
      bash: `${mode}: octal number out of range`,
      dash: `Illegal number: ${mode}`,
    };
    machine.say(why[flavour], 'umask');
    return flavour === 'bash' ? 1 : 2;
  }
  return 0;
}

function written(machine: ShellMachine, name: string, text: string): number {
  try {
    machine.call.out(text);
    return 0;
  } catch (thrown) {
    const error = caught(thrown, FileError);
    machine.say(machine.flavour === 'bash' ? `write error: ${error.message}` : error.message, name);
    return 1;
  }
}

function test(machine: ShellMachine, args: readonly string[], name: string): number {
  const { call, flavour } = machine;
  try {
    const isSet = (variable: string) => machine.scope.get(variable) !== undefined;
    return evaluateTest(args, { files: call.files, isTerminal: (fd) => call.isTerminal(fd), isSet }, flavour)
      ? 0
      : 1;
  } catch (thrown) {
    const error = caught(thrown, TestError);
    machine.say(error.message, flavour === 'ash' ? undefined : name);
    return 2;
  }
}

function exec(machine: ShellMachine, args: readonly string[]): number {
  const { call } = machine;
  const words = args[0] === '--' ? args.slice(1) : args[0] === '-a' ? args.slice(2) : args;
  if (words.length === 0) return 0;
  try {
    call.exec(words, environment(machine));
  } catch (thrown) {
    const { isMissing } = caught(thrown, ExecutableError);
    machine.say(`${words[0]}: ${isMissing ? 'not found' : 'Permission denied'}`, 'exec');
    throw new ShellExit(isMissing ? 127 : 126);
  }
  throw new BecomeSignal();
}

function describe(
  machine: ShellMachine,
  words: readonly string[],
  builtins: ReadonlySet<string>,
  isLong: boolean,
  builtin: string,
): number {
  const { call, state, flavour } = machine;
  let status = 0;
  for (const word of words) {
    const say = (short: string, long: string) => call.out(`${isLong ? `${word} ${long}` : short}\n`);
    const path = word.includes('/')
      ? call.files.look(word)?.kind === 'file' && word
      : searchPath(call.files, word, state.variables.PATH);
    if (keywords.has(word)) say(word, 'is a shell keyword');
    else if (Object.hasOwn(state.functions, word))
      say(word, flavour === 'dash' ? 'is a shell function' : 'is a function');
    else if (builtins.has(word) && !lacks(flavour, word)) say(word, 'is a shell builtin');
    else if (path) say(path, `is ${path}`);
    else {
      if (isLong) {
        if (flavour === 'bash') machine.say(`${word}: not found`, builtin);
        else call.out(`${word}: not found\n`);
      }
      if (flavour !== 'bash' || isLong || words.length === 1) status = flavour === 'bash' ? 1 : 127;
    }
  }
  return status;
}
