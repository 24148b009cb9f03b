import { lineOf } from '../container-start.ts';
import { FileError } from '../files/file-error.ts';
import { optionLetters } from './builtins/set-builtin.ts';
import type { Scope } from './expand.ts';
import { ExpansionError } from './expansion-error.ts';
import type { ShellMachine } from './machine.ts';

/** The variables and special parameters of a shell, and what else its words are expanded with. */
export function variableScope(machine: ShellMachine): Scope {
  const { call, state } = machine;
  return {
    get args() {
      return state.args;
    },
    get captures() {
      return state.captures;
    },
    get isStrict() {
      return machine.has('u');
    },
    get isPlain() {
      return machine.flavour === 'dash';
    },
    get globs() {
      return !machine.has('f');
    },
    get keepsFiles() {
      return machine.has('C');
    },
    get: (name) => parameter(machine, name),
    set: (name, value) => assign(machine, name, value),
    home: (user) => {
      const home = (name: string) => lineOf(call.files.container, '/etc/passwd', name)?.[5];
      if (user !== '') return home(user) ?? `~${user}`;
      // Without HOME bash looks who it is.
      const own = machine.flavour === 'bash' ? home(`${call.user.uid}`) : undefined;
      return state.variables.HOME ?? own ?? '~';
    },
    list: (folder) => {
      try {
        return call.files.list(folder);
      } catch (error) {
        if (error instanceof FileError) return undefined;
        throw error;
      }
    },
  };
}

/** Gives a variable a value. @throws ExpansionError when it is read-only */
export function assign(machine: ShellMachine, name: string, value: string): void {
  const { state } = machine;
  if (state.readOnly.includes(name)) {
    throw new ExpansionError(
      `${name}: ${machine.flavour === 'bash' ? 'readonly variable' : 'is read only'}`,
      'read-only',
    );
  }
  state.variables = { ...state.variables, [name]: value };
  if (machine.has('a')) exportVariable(machine, name);
}

/** Has children get a variable. */
export function exportVariable(machine: ShellMachine, name: string): void {
  const { state } = machine;
  if (!state.exported.includes(name)) state.exported = [...state.exported, name];
}

/** Takes a variable away. */
export function unset(machine: ShellMachine, name: string): void {
  const { [name]: _, ...others } = machine.state.variables;
  machine.state.variables = others;
  machine.state.exported = machine.state.exported.filter((each) => each !== name);
}

/** The environment that children get. */
export function environment(machine: ShellMachine): Readonly<Record<string, string>> {
  const { exported, variables } = machine.state;
  const found: Record<string, string> = {};
  for (const name of exported) {
    const value = variables[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function parameter({ state, call, line, flavour }: ShellMachine, name: string): string | undefined {
  if (/^\d+$/.test(name)) return name === '0' ? state.name : state.args[Number(name) - 1];
  switch (name) {
    case '@':
    case '*':
      return state.args.length === 0 ? undefined : state.args.join((state.variables.IFS ?? ' ').slice(0, 1));
    case '#':
      return `${state.args.length}`;
    case '?':
      return `${state.status}`;
    case '$':
      return `${state.mainPid}`;
    case '!':
      return state.background === 0 ? undefined : `${state.background}`;
    case '-':
      return optionLetters(flavour, state.options);
    case 'RANDOM':
      return `${call.random(32_768)}`;
    case 'SECONDS':
      return `${Math.floor((call.now - state.startedAt) / 1000)}`;
    case 'LINENO':
      return `${line}`;
    case 'EPOCHSECONDS':
      return `${Math.floor(call.now / 1000)}`;
    case 'UID':
    case 'EUID':
      return flavour === 'bash' ? `${call.user.uid}` : state.variables[name];
    default:
      return Object.hasOwn(state.variables, name) ? state.variables[name] : undefined;
  }
}
