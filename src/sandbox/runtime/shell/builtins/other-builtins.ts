import { FileError } from '../../files/file-error.ts';
import { normalPath } from '../../files/paths.ts';
import { ExecutableError, searchPath } from '../../processes/executable.ts';
import { echoText } from '../../tools/echo.ts';
import { printfText } from '../../tools/printf.ts';
import { evaluateTest, TestError } from '../../tools/test-expression.ts';
import { BecomeSignal } from '../become-signal.ts';
import type { ShellMachine } from '../machine.ts';
import { readOptions } from '../read-builtin.ts';
import { reserved } from '../script-reader.ts';
import { ShellExit } from '../shell-exit.ts';
import type { Flavour } from '../syntax.ts';
import { assign, environment } from '../variables.ts';
import type { Builtin } from './builtin.ts';
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
    pwd: (machine) => {
      machine.call.out(`${machine.state.variables.PWD ?? machine.call.cwd}\n`);
      return 0;
    },
    echo: (machine, args) => written(machine, 'echo', echoText(args, machine.flavour === 'dash')),
    printf: (machine, [format, ...args]) => {
      if (format === undefined) {
        machine.say(
          machine.flavour === 'ash' ? 'usage: printf FORMAT [ARG]...' : 'usage: printf format [arguments]',
          'printf',
        );
        return 2;
      }
      const isOption = format === '--' && args.length > 0;
      const { text, complaints } = isOption
        ? printfText(args[0] ?? '', args.slice(1))
        : printfText(format, args);
      const status = written(machine, 'printf', text);
      for (const complaint of complaints)
        machine.say(complaint, machine.flavour === 'ash' ? undefined : 'printf');
      return complaints.length > 0 ? 1 : status;
    },
    read: (machine, args) => {
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
        return describe(machine, words, names(), args[0] === '-V');
      }
      if (args.length === 0) return 0;
      ready.again({ ...ready, words: args, skipsFunctions: true });
      return undefined;
    },
    type: (machine, args) => describe(machine, args, names(), true),
    hash: () => 0,
    exec: (machine, args) => exec(machine, args),
    umask: (machine, args) => {
      if (args.length === 0) machine.call.out('0022\n');
      return 0;
    },
    ulimit,
    jobs: () => 0,
    bg: () => 0,
    fg: () => 0,
    times: (machine) => {
      machine.call.out('0m0.00s 0m0.00s\n0m0.00s 0m0.00s\n');
      return 0;
    },
    alias: (machine, args) => {
      if (args.length === 0) return 0;
      machine.say('aliases are not simulated', 'alias');
      return 1;
    },
    unalias: () => 0,
  };
}

/** Which of them a shell does not have. */
export function lacks(flavour: Flavour, name: string): boolean {
  if (flavour === 'dash') return ['source', 'let', 'declare', 'typeset'].includes(name);
  return flavour === 'ash' && ['declare', 'typeset'].includes(name);
}

function written(machine: ShellMachine, name: string, text: string): number {
  try {
    machine.call.out(text);
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    machine.say(machine.flavour === 'bash' ? `write error: ${error.message}` : error.message, name);
    return 1;
  }
}

function test(machine: ShellMachine, args: readonly string[], name: string): number {
  const { call, flavour } = machine;
  try {
    return evaluateTest(args, call.files, (fd) => call.isTerminal(fd), flavour) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    machine.say(error.message, flavour === 'ash' ? undefined : name);
    return 2;
  }
}

function cd(machine: ShellMachine, args: readonly string[]): number {
  const { call, state, flavour } = machine;
  const words = args.filter((word) => !/^-[LPe]$/.test(word) && word !== '--');
  const isBack = words[0] === '-';
  const target = isBack ? (state.variables.OLDPWD ?? '') : (words[0] ?? state.variables.HOME ?? '/');
  const path = normalPath(target, call.cwd);
  const refuse = (why: string, short: boolean) => {
    if (flavour === 'bash') machine.say(`${target}: ${why}`, 'cd');
    else machine.say(`can't cd to ${target}${short && flavour === 'dash' ? '' : `: ${why}`}`, 'cd');
    return flavour === 'bash' ? 1 : 2;
  };
  try {
    const node = call.files.stat(path);
    if (node.kind !== 'folder') return refuse('Not a directory', true);
    if (!call.files.mayUse(node, 1)) return refuse('Permission denied', true);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return refuse(error.message, true);
  }
  assign(machine, 'OLDPWD', call.cwd);
  call.cwd = path;
  assign(machine, 'PWD', path);
  if (isBack) call.out(`${path}\n`);
  return 0;
}

function exec(machine: ShellMachine, args: readonly string[]): number {
  const { call } = machine;
  const words = args[0] === '--' ? args.slice(1) : args[0] === '-a' ? args.slice(2) : args;
  if (words.length === 0) return 0;
  try {
    call.exec(words, environment(machine));
  } catch (error) {
    if (!(error instanceof ExecutableError)) throw error;
    const isMissing = ['not-found', 'no-such-file', 'interpreter'].includes(error.reason);
    const why = isMissing ? 'not found' : 'Permission denied';
    machine.say(
      `${words[0]}: ${machine.flavour === 'ash' && (words[0] ?? '').includes('/') && isMissing ? 'not found' : why}`,
      'exec',
    );
    throw new ShellExit(isMissing ? 127 : 126);
  }
  throw new BecomeSignal();
}

function describe(
  machine: ShellMachine,
  words: readonly string[],
  builtins: ReadonlySet<string>,
  isLong: boolean,
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
      say(word, flavour === 'bash' ? 'is a function' : 'is a shell function');
    else if (builtins.has(word) && !lacks(flavour, word)) say(word, 'is a shell builtin');
    else if (path) say(path, `is ${path}`);
    else {
      if (isLong) {
        if (flavour === 'bash') machine.say(`${word}: not found`, 'type');
        else call.out(`${word}: not found\n`);
      }
      if (flavour !== 'bash' || isLong || words.length === 1) status = flavour === 'bash' ? 1 : 127;
    }
  }
  return status;
}
