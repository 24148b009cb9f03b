import { complain, print, type Steps } from '../../effects.ts';
import { evaluate } from '../../runtime/shell/arithmetic.ts';
import { quoted } from '../../runtime/shell/messages.ts';
import type { Builtins, Place, ShellContext } from '../shell-context.ts';

/** Words that set variables, arguments and options of the shell. */
export function variableBuiltins(context: ShellContext): Builtins {
  return {
    export: (words) => exportAll(words, context),
    declare: (words, place) => (place.locals ? local(words, place, context) : assign(words, context)),
    local: (words, place) => local(words, place, context),
    readonly: (words) => assign(words, context),
    unset: (words) => unset(words, context),
    set: (words) => set(words, context),
    shift: (words) => shift(words, context),
    let: (words) => calculate(words, context),
  };
}

function* exportAll(words: readonly string[], context: ShellContext): Steps<number> {
  if (words.slice(1).some((word) => word !== '-p')) return yield* assign(words, context);
  const lines = Object.entries(context.variables())
    .sort()
    .map(([name, value]) => `declare -x ${name}="${value.replace(/[\\"$`]/g, '\\$&')}"\n`);
  yield* print(lines.join(''));
  return 0;
}

/** @returns 1 where a word is no assignment, which has been said then */
function* assign(words: readonly string[], context: ShellContext): Steps<number> {
  let status = 0;
  for (const word of operands(words)) {
    const [name, value] = yield* readAssignment(word, words[0]);
    if (name === '') status = 1;
    else if (value !== undefined) context.setVariable(name, value);
  }
  return status;
}

function* local(words: readonly string[], { locals }: Place, context: ShellContext): Steps<number> {
  if (!locals) {
    yield* complain('sh: local: can only be used in a function\n');
    return 1;
  }
  let status = 0;
  for (const word of operands(words)) {
    const [name, value] = yield* readAssignment(word, words[0]);
    if (name === '') {
      status = 1;
      continue;
    }
    const isNew = !locals.has(name);
    if (isNew) locals.set(name, context.own.variables[name]);
    if (value !== undefined) context.setVariable(name, value);
    else if (isNew) context.unsetVariable(name);
  }
  return status;
}

function operands(words: readonly string[]): readonly string[] {
  return words.slice(1).filter((word) => !word.startsWith('-'));
}

/** Takes `NAME=VALUE` apart. @returns an empty name where it is none, which has been said then */
function* readAssignment(
  word: string,
  builtin = '',
): Steps<readonly [name: string, value: string | undefined]> {
  const end = word.indexOf('=');
  const name = end < 0 ? word : word.slice(0, end);
  if (/^[A-Za-z_]\w*$/.test(name)) return [name, end < 0 ? undefined : word.slice(end + 1)];
  yield* complain(`sh: ${builtin}: \`${word}': not a valid identifier\n`);
  return ['', undefined];
}

// biome-ignore lint/correctness/useYield: it ends before it asks for anything.
function* unset(words: readonly string[], context: ShellContext): Steps<number> {
  for (const name of operands(words)) {
    const isVariable = Object.hasOwn(context.own.variables, name) || words[1] === '-v';
    if (words[1] === '-f' || !isVariable) context.functions.delete(name);
    if (words[1] !== '-f') context.unsetVariable(name);
  }
  return 0;
}

/** Letters of `set`, and their long names. */
const optionNames: Readonly<Record<string, string>> = {
  errexit: 'e',
  noglob: 'f',
  nounset: 'u',
  pipefail: 'pipefail',
  xtrace: 'x',
};

function* set(words: readonly string[], context: ShellContext): Steps<number> {
  const options = new Set(context.own.options);
  if (words.length === 1) {
    for (const [name, value] of Object.entries(context.variables()).sort())
      yield* print(`${name}=${value === '' ? '' : quoted(value)}\n`);
    return 0;
  }
  if (words.length === 2 && words[1] === '-o') {
    for (const [name, option] of Object.entries(optionNames))
      yield* print(`${name.padEnd(15)}\t${options.has(option) ? 'on' : 'off'}\n`);
    return 0;
  }
  const rest = words.slice(1);
  for (let word = rest[0]; word !== undefined && /^[-+][^-]/.test(word); word = rest[0]) {
    rest.shift();
    for (const letter of word.slice(1)) {
      const name = letter === 'o' ? (rest.shift() ?? '') : letter;
      const option = optionNames[name] ?? name;
      if (!Object.values(optionNames).includes(option)) {
        yield* complain(`sh: set: ${name}: this shell has -e, -f, -u, -x and -o pipefail\n`);
        return 2;
      }
      if (word.startsWith('-')) options.add(option);
      else options.delete(option);
    }
  }
  const [first] = rest;
  const hasArgs = first !== undefined;
  const args = first === '--' || first === '-' ? rest.slice(1) : rest;
  context.own = { ...context.own, options, args: hasArgs ? args : context.args };
  return 0;
}

function* shift([, asked = '1']: readonly string[], context: ShellContext): Steps<number> {
  if (!/^[-+]?\d+$/.test(asked)) {
    yield* complain(`sh: shift: ${asked}: numeric argument required\n`);
    return 1;
  }
  const count = Number(asked);
  if (count < 0) {
    yield* complain(`sh: shift: ${asked}: shift count out of range\n`);
    return 1;
  }
  if (count > context.args.length) return 1;
  context.own = { ...context.own, args: context.args.slice(count) };
  return 0;
}

function* calculate(words: readonly string[], context: ShellContext): Steps<number> {
  if (words.length === 1) {
    yield* complain('sh: let: expression expected\n');
    return 1;
  }
  const variables = {
    get: (name: string) => context.variables()[name] ?? '',
    set: (name: string, value: string) => context.setVariable(name, value),
  };
  let value = 0n;
  for (const expression of words.slice(1)) value = evaluate(expression, variables);
  return value === 0n ? 1 : 0;
}
