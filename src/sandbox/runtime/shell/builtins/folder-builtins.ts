import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import { normalPath } from '../../files/paths.ts';
import type { ShellMachine } from '../machine.ts';
import { ShellExit } from '../shell-exit.ts';
import { assign } from '../variables.ts';

/** pwd: where the shell is; with `-P` without links on the way. */
export function pwd(machine: ShellMachine, args: readonly string[]): number {
  const { call, state, flavour } = machine;
  const wrong = args.find((word) => /^-./.test(word) && !/^-[LP]+$/.test(word));
  if (wrong !== undefined) {
    if (flavour === 'bash') {
      machine.say(`${wrong.slice(0, 2)}: invalid option`, 'pwd');
      call.err('pwd: usage: pwd [-LP]\n');
      return 2;
    }
    machine.say(`${flavour === 'ash' ? 'illegal' : 'Illegal'} option ${wrong.slice(0, 2)}`, 'pwd');
    throw new ShellExit(2);
  }
  const isReal = args.some((word) => word.endsWith('P'));
  call.out(`${isReal ? call.files.realPath(call.cwd) : (state.variables.PWD ?? call.cwd)}\n`);
  return 0;
}

/** cd */
export function cd(machine: ShellMachine, args: readonly string[]): number {
  const { call, state, flavour } = machine;
  const isReal = args.includes('-P');
  const words = args.filter((word) => !/^-[LPe]$/.test(word) && word !== '--');
  const refuse = (why: string) => {
    machine.say(why, 'cd');
    return flavour === 'bash' ? 1 : 2;
  };
  if (words.length > 1 && flavour === 'bash') return refuse('too many arguments');
  const isBack = words[0] === '-';
  const { OLDPWD, HOME } = state.variables;
  const target = isBack ? OLDPWD : (words[0] ?? HOME);
  if (target === undefined && flavour === 'bash') return refuse(`${isBack ? 'OLDPWD' : 'HOME'} not set`);
  // The others stay where they are.
  const { path, isElsewhere } = found(machine, target ?? '.');
  const why = reasonAgainst(machine, path);
  if (why !== undefined) {
    if (flavour === 'bash') return refuse(`${target}: ${why}`);
    return refuse(flavour === 'dash' ? `can't cd to ${target}` : `can't cd to ${target}: ${why}`);
  }
  assign(machine, 'OLDPWD', call.cwd);
  call.cwd = isReal ? call.files.realPath(path) : path;
  // Two slashes at the start are kept: POSIX leaves open what they mean.
  const shown = /^\/\/(?!\/)/.test(target ?? '') && !isReal ? `/${call.cwd}` : call.cwd;
  assign(machine, 'PWD', shown);
  if (isBack || isElsewhere) call.out(`${shown}\n`);
  return 0;
}

/** Where a folder is: below one that CDPATH names, or where the shell is. */
function found({ call, state }: ShellMachine, target: string) {
  const here = { path: normalPath(target, call.cwd), isElsewhere: false };
  if (/^\.{0,2}(\/|$)/.test(target)) return here;
  for (const folder of (state.variables.CDPATH ?? '').split(':').filter(Boolean)) {
    const path = normalPath(`${folder}/${target}`, call.cwd);
    if (call.files.look(path)?.kind === 'folder') return { path, isElsewhere: true };
  }
  return here;
}

/** Why nobody can go to a folder; undefined where one can. */
function reasonAgainst({ call }: ShellMachine, path: string): string | undefined {
  try {
    const node = call.files.stat(path);
    if (node.kind !== 'folder') return 'Not a directory';
    return call.files.mayUse(node, 1) ? undefined : 'Permission denied';
  } catch (thrown) {
    return caught(thrown, FileError).message;
  }
}
