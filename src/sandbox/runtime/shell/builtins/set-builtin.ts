import type { ShellMachine } from '../machine.ts';
import { quoted } from '../messages.ts';
import { ShellExit } from '../shell-exit.ts';
import type { Flavour } from '../syntax.ts';

/** Names of options behind `-o`, with the letter of each; in the order in which they are listed. */
const longOptions: Readonly<Record<string, string>> = {
  allexport: 'a',
  errexit: 'e',
  errtrace: 'E',
  monitor: 'm',
  noclobber: 'C',
  noexec: 'n',
  noglob: 'f',
  nounset: 'u',
  pipefail: 'pipefail',
  verbose: 'v',
  xtrace: 'x',
};

/** Letters that a shell takes, beside those that do something here. */
const letters: Readonly<Record<Flavour, string>> = {
  ash: 'abefhmnuvxCEIV',
  dash: 'abefmnuvxCEIV',
  bash: 'abefhkmnptuvxBCEHPT',
};

/** The option that a letter or a name behind `-o` stands for; undefined where the shell has none. */
export function optionNamed(flavour: Flavour, letter: string, name: string | undefined): string | undefined {
  if (letter !== 'o') return letters[flavour].includes(letter) ? letter : undefined;
  if (name === undefined || (name === 'pipefail' && flavour === 'dash')) return undefined;
  return Object.hasOwn(longOptions, name) ? longOptions[name] : undefined;
}

/** What `$-` shows: bash begins with what it always has, the others end with how they were called. */
export function optionLetters(flavour: Flavour, options: readonly string[]): string {
  const order = flavour === 'bash' ? 'aefmnuvxCE' : 'ubaCExvnmfe';
  const given = [...order].filter((letter) => options.includes(letter)).join('');
  return flavour === 'bash' ? `${given}hBc` : flavour === 'ash' ? `${given}c` : given;
}

/** set: without words it lists the variables, with words it changes options and parameters. */
export function set(machine: ShellMachine, args: readonly string[]): number {
  const { state } = machine;
  if (args.length === 0) return listVariables(machine);
  for (let place = 0; place < args.length; place++) {
    const word = `${args[place]}`;
    if (word === '--' || word === '-' || !/^[-+]\w/.test(word)) {
      state.args = word === '--' || word === '-' ? args.slice(place + 1) : args.slice(place);
      return 0;
    }
    for (const letter of word.slice(1)) {
      const name = letter === 'o' ? args[++place] : undefined;
      if (letter === 'o' && name === undefined) return listOptions(machine);
      const option = optionNamed(machine.flavour, letter, name);
      const sign = machine.flavour === 'dash' ? '-' : word.charAt(0);
      if (option === undefined) return unknownOption(machine, `${sign}${letter}`, name);
      state.options = state.options.filter((each) => each !== option);
      if (word.startsWith('-')) state.options = [...state.options, option];
    }
  }
  return 0;
}

function listVariables({ state, call, flavour }: ShellMachine): number {
  const names = Object.keys(state.variables).sort();
  for (const name of names) {
    const value = `${state.variables[name]}`;
    const plain = `'${value.replaceAll("'", `'"'"'`)}'`;
    call.out(`${name}=${flavour === 'bash' ? quoted(value) : plain}\n`);
  }
  return 0;
}

function listOptions({ state, call, flavour }: ShellMachine): number {
  const width = flavour === 'bash' ? 15 : 16;
  if (flavour !== 'bash') call.out('Current option settings\n');
  for (const [name, option] of Object.entries(longOptions))
    call.out(
      `${name.padEnd(width)}${flavour === 'bash' ? '\t' : ''}${state.options.includes(option) ? 'on' : 'off'}\n`,
    );
  return 0;
}

/** @param name what stands behind `-o`, where it is that. @throws ShellExit where it ends the shell */
function unknownOption(machine: ShellMachine, option: string, name: string | undefined): number {
  const { flavour, call } = machine;
  if (flavour === 'bash') {
    machine.say(name === undefined ? `${option}: invalid option` : `${name}: invalid option name`, 'set');
    if (name === undefined)
      call.err('set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]\n');
    return 2;
  }
  const shown = name === undefined ? option : `${option} ${name}`;
  machine.say(`${flavour === 'ash' ? 'illegal' : 'Illegal'} option ${shown}`, 'set');
  if (flavour === 'ash' && name !== undefined) return 1;
  throw new ShellExit(2);
}
