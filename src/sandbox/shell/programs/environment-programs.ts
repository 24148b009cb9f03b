import { complain, print, type Steps } from '../../effects.ts';
import type { Program, ShellContext } from '../shell-context.ts';
import { runProgram } from './xargs.ts';

/** Programs that show variables, and run others with more of them. */
export function environmentPrograms(context: ShellContext): Readonly<Record<string, Program>> {
  return {
    env: (words) => env(words, context),
    printenv: (words) => printenv(words, context),
  };
}

function* env(words: readonly string[], context: ShellContext): Steps<number> {
  const rest = words.slice(1);
  const unset: string[] = [];
  let isEmpty = false;
  for (let word = rest[0]; word?.startsWith('-'); word = rest[0]) {
    rest.shift();
    if (word === '-i' || word === '-') isEmpty = true;
    else if (word.startsWith('-u')) unset.push(word.slice(2) || (rest.shift() ?? ''));
    else if (word === '--') break;
    else {
      yield* complain(`env: invalid option -- '${word.slice(1)}'\nTry 'env --help' for more information.\n`);
      return 125;
    }
  }
  const given: Record<string, string> = {};
  for (let word = rest[0]; word?.includes('='); word = rest[0]) {
    rest.shift();
    const end = word.indexOf('=');
    given[word.slice(0, end)] = word.slice(end + 1);
  }
  const kept = Object.entries(context.variables()).filter(([name]) => !isEmpty && !unset.includes(name));
  const variables = { ...Object.fromEntries(kept), ...given };
  if (rest.length === 0) {
    yield* print(lines(variables));
    return 0;
  }
  const before = context.own;
  context.own = { ...before, variables };
  try {
    return yield* runProgram(rest, context, () => `env: '${rest[0]}': No such file or directory\n`);
  } finally {
    context.own = { ...context.own, variables: before.variables };
  }
}

function lines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function* printenv(words: readonly string[], context: ShellContext): Steps<number> {
  const known = context.variables();
  const names = words.slice(1);
  if (names.length === 0) yield* print(lines(known));
  let code = 0;
  for (const name of names) {
    const value = known[name];
    if (value === undefined) code = 1;
    else yield* print(`${value}\n`);
  }
  return code;
}
