import { evaluate } from '../arithmetic.ts';
import type { ShellMachine } from '../machine.ts';
import { ShellExit } from '../shell-exit.ts';
import { assign, exportVariable, unset } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { set } from './set-builtin.ts';

/** Builtins that change variables, parameters and options. */
export const variableBuiltins: Readonly<Record<string, Builtin>> = {
  export: (machine, args) => {
    if (args[0] === '-n' && machine.flavour === 'dash') {
      machine.say('Illegal option -n', 'export');
      throw new ShellExit(2);
    }
    if (args.length === 0 || args[0] === '-p')
      return listVariables(machine, machine.state.exported, 'export');
    return eachName(
      machine,
      'export',
      args.filter((word) => word !== '-n' && word !== '--'),
      (name) => {
        if (args[0] !== '-n') exportVariable(machine, name);
        else machine.state.exported = machine.state.exported.filter((each) => each !== name);
      },
    );
  },
  readonly: (machine, args) => {
    const { state } = machine;
    if (args.length === 0 || args[0] === '-p') return listVariables(machine, state.readOnly, 'readonly');
    return eachName(machine, 'readonly', args, (name) => {
      state.readOnly = [...new Set([...state.readOnly, name])];
    });
  },
  local,
  declare: (machine, args) => {
    const names = args.filter((word) => !/^[-+]/.test(word));
    if (args.some((word) => /^-\w*[aA]/.test(word))) {
      machine.say('arrays are not simulated', 'declare');
      return 1;
    }
    return eachName(machine, 'declare', names, (name) => {
      if (args.some((word) => /^-\w*x/.test(word))) exportVariable(machine, name);
    });
  },
  typeset: (machine, args, ready) => variableBuiltins.declare?.(machine, args, ready),
  unset: (machine, args) => {
    for (const name of args) {
      if (name.startsWith('-')) continue;
      const { [name]: _, ...functions } = machine.state.functions;
      if (args[0] === '-f') machine.state.functions = functions;
      else if (machine.state.readOnly.includes(name)) {
        const why = machine.flavour === 'bash' ? 'cannot unset: readonly variable' : 'is read only';
        machine.say(`${name}: ${why}`, 'unset');
        if (machine.flavour !== 'bash') throw new ShellExit(2);
        return 1;
      } else unset(machine, name);
    }
    return 0;
  },
  set,
  shift: (machine, [count]) => {
    const { state, flavour } = machine;
    if (count !== undefined && !/^\d+$/.test(count)) {
      machine.say(
        flavour === 'bash' ? `${count}: numeric argument required` : `Illegal number: ${count}`,
        'shift',
      );
      if (flavour !== 'bash') throw new ShellExit(2);
      return 1;
    }
    const wanted = count === undefined ? 1 : Number(count);
    if (wanted > state.args.length) {
      if (flavour === 'dash') {
        machine.say("can't shift that many", 'shift');
        throw new ShellExit(2);
      }
      return 1;
    }
    state.args = state.args.slice(wanted);
    return 0;
  },
  let: (machine, args) => {
    let value = 0n;
    if (args.length === 0) {
      machine.say('expression expected', 'let');
      return machine.flavour === 'bash' ? 1 : 2;
    }
    const variables = {
      get: (name: string) => machine.scope.get(name) ?? '',
      set: (name: string, text: string) => assign(machine, name, text),
    };
    for (const word of args) value = evaluate(word, variables);
    return value === 0n ? 1 : 0;
  },
  getopts,
};

function eachName(
  machine: ShellMachine,
  builtin: string,
  args: readonly string[],
  change: (name: string) => void,
): number {
  let status = 0;
  for (const word of args) {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      const text =
        machine.flavour === 'bash' ? `\`${word}': not a valid identifier` : `${name}: bad variable name`;
      machine.say(text, builtin);
      if (machine.flavour !== 'bash' && !machine.state.isInteractive) throw new ShellExit(2);
      status = 1;
      continue;
    }
    if (equals >= 0) assign(machine, name, word.slice(equals + 1));
    change(name);
  }
  return status;
}

function local(machine: ShellMachine, args: readonly string[]): number {
  const { state, flavour } = machine;
  const place = state.frames.findIndex(({ kind }) => kind === 'function');
  if (place < 0) {
    machine.say(flavour === 'bash' ? 'can only be used in a function' : 'not in a function', 'local');
    if (flavour !== 'bash') throw new ShellExit(2);
    return 1;
  }
  for (const word of args) {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (name.startsWith('-')) {
      if (flavour === 'bash') continue;
      machine.say(`${name}: bad variable name`, 'local');
      throw new ShellExit(2);
    }
    const locals = state.frames[place]?.locals ?? {};
    const isAgain = Object.hasOwn(locals, name);
    const kept = isAgain ? locals : { ...locals, [name]: state.variables[name] ?? null };
    state.frames = state.frames.map((each, index) => (index === place ? { ...each, locals: kept } : each));
    if (equals >= 0) assign(machine, name, word.slice(equals + 1));
    else if (flavour !== 'dash' && !isAgain) unsetLocal(machine, name);
  }
  return 0;
}

function unsetLocal(machine: ShellMachine, name: string): void {
  const { [name]: _, ...others } = machine.state.variables;
  machine.state.variables = others;
}

function getopts(machine: ShellMachine, [options = '', name = '', ...given]: readonly string[]): number {
  const { scope, state, call } = machine;
  const args = given.length > 0 ? given : state.args;
  if (name === '') {
    const usage =
      machine.flavour === 'dash'
        ? 'Usage: getopts optstring var [arg...]'
        : 'usage: getopts optstring var [arg]';
    if (machine.flavour === 'bash') call.err('getopts: usage: getopts optstring name [arg ...]\n');
    else machine.say(usage, 'getopts');
    return 2;
  }
  const complain = (bash: string, ash: string) => {
    if (options.startsWith(':')) return;
    call.err(machine.flavour === 'bash' ? `${state.name}: ${bash}\n` : `${ash}\n`);
  };
  const index = Number(scope.get('OPTIND') ?? 1);
  const word = args[index - 1];
  const place = state.positionOfOption;
  if (word === undefined || (place === 0 && !/^-[^-]/.test(word))) {
    if (word === '--') assign(machine, 'OPTIND', `${index + 1}`);
    assign(machine, name, '?');
    state.positionOfOption = 0;
    return 1;
  }
  const at = Math.max(place, 1);
  const letter = word.charAt(at);
  const known = options.indexOf(letter);
  const isLast = at + 1 >= word.length;
  let next = isLast ? index + 1 : index;
  state.positionOfOption = isLast ? 0 : at + 1;
  if (known < 0 || letter === ':') {
    complain(`illegal option -- ${letter}`, `Illegal option -${letter}`);
    if (options.startsWith(':')) assign(machine, 'OPTARG', letter);
    else unset(machine, 'OPTARG');
    assign(machine, name, '?');
  } else if (options[known + 1] === ':') {
    const value = isLast ? args[index] : word.slice(at + 1);
    next = isLast ? index + 2 : index + 1;
    state.positionOfOption = 0;
    if (value === undefined) {
      complain(`option requires an argument -- ${letter}`, `No arg for -${letter} option`);
      if (options.startsWith(':')) assign(machine, 'OPTARG', letter);
      else unset(machine, 'OPTARG');
      assign(machine, name, options.startsWith(':') ? ':' : '?');
    } else {
      assign(machine, 'OPTARG', value);
      assign(machine, name, letter);
    }
  } else {
    unset(machine, 'OPTARG');
    assign(machine, name, letter);
  }
  assign(machine, 'OPTIND', `${next}`);
  return 0;
}

function listVariables(machine: ShellMachine, names: readonly string[], word: string): number {
  const { state, call, flavour } = machine;
  for (const name of [...names].sort()) {
    const value = state.variables[name];
    if (flavour === 'bash')
      call.out(
        `declare -${word === 'export' ? 'x' : 'r'} ${name}${value === undefined ? '' : `="${value}"`}\n`,
      );
    else call.out(`${word} ${name}${value === undefined ? '' : `='${value}'`}\n`);
  }
  return 0;
}
