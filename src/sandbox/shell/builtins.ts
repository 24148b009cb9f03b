import { complain, print, type Steps, terminal } from '../effects.ts';
import { evaluate } from '../runtime/shell/arithmetic.ts';
import { alias, unalias } from './aliases.ts';
import { BreakLoop, FunctionReturn, LineGivenUp, ShellExit } from './control-flow.ts';
import type { Evaluator } from './evaluate.ts';
import { parseScript, SyntaxFailure } from './parse.ts';
import type { Place, ShellContext } from './shell-context.ts';
import { runWords } from './simple-command.ts';

/** Words of the shell itself. @param words the word itself first */
export type Builtins = Readonly<Record<string, (words: readonly string[], place: Place) => Steps<number>>>;

/** The words of a shell. */
export function builtins(evaluator: Evaluator): Builtins {
  const { context } = evaluator;
  return {
    ':': () => code(0),
    true: () => code(0),
    false: () => code(1),
    break: (words) => leaveLoop('break', words),
    continue: (words) => leaveLoop('continue', words),
    return: (words) => {
      throw new FunctionReturn(Number(words[1] ?? context.status) & 255);
    },
    exit: (words) => {
      throw new ShellExit(Number(words[1] ?? context.status) & 255);
    },
    export: (words) => assign(words, context),
    local: (words) => assign(words, context),
    readonly: (words) => assign(words, context),
    unset: (words) => unset(words, context),
    set: (words) => set(words, context),
    shift: (words) => shift(words, context),
    let: (words) => calculate(words.slice(1), context),
    read: (words, place) => read(words, place, context),
    eval: (words, place) => runText(evaluator, words.slice(1).join(' '), place),
    source: (words, place) => source(evaluator, words, place),
    '.': (words, place) => source(evaluator, words, place),
    command: (words, place) => runWords(evaluator, words.slice(1), place),
    exec: (words, place) => runWords(evaluator, words.slice(1), place),
    type: (words) => type(words, evaluator),
    alias: (words) => alias(words, context.aliases),
    unalias: (words) => unalias(words, context.aliases),
  };
}

// biome-ignore lint/correctness/useYield: it ends before it asks for anything.
function* code(value: number): Steps<number> {
  return value;
}

function leaveLoop(way: 'break' | 'continue', words: readonly string[]): never {
  throw new BreakLoop(way, Math.max(1, Number(words[1] ?? 1) || 1));
}

function* assign(words: readonly string[], context: ShellContext): Steps<number> {
  let status = 0;
  for (const word of words.slice(1)) {
    if (word.startsWith('-')) continue;
    const [name = '', ...value] = word.split('=');
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      yield* complain(`sh: ${words[0]}: \`${word}': not a valid identifier\n`);
      status = 1;
    } else if (value.length > 0) context.setVariable(name, value.join('='));
  }
  return status;
}

function* unset(words: readonly string[], context: ShellContext): Steps<number> {
  const names = words.slice(1).filter((word) => !word.startsWith('-'));
  for (const name of names) {
    if (words[1] === '-f') context.functions.delete(name);
    else context.unsetVariable(name);
  }
  return 0;
}

const letters = ['e', 'f', 'u', 'x'];

function* set(words: readonly string[], context: ShellContext): Steps<number> {
  const options = new Set(context.own.options);
  let args = context.args;
  for (let place = 1; place < words.length; place++) {
    const word = words[place] ?? '';
    if (word === '--' || !/^[-+]./.test(word)) {
      args = words.slice(word === '--' ? place + 1 : place);
      break;
    }
    for (const letter of word.slice(1)) {
      const name = letter === 'o' ? (words[++place] ?? '') : letter;
      const option = { errexit: 'e', nounset: 'u', xtrace: 'x', noglob: 'f' }[name] ?? name;
      if (option !== 'pipefail' && !letters.includes(option)) {
        yield* complain(`sh: set: ${name}: this shell has -e, -f, -u, -x and -o pipefail\n`);
        return 2;
      }
      if (word.startsWith('-')) options.add(option);
      else options.delete(option);
    }
  }
  context.own = { ...context.own, options, args };
  return 0;
}

// biome-ignore lint/correctness/useYield: it ends before it asks for anything.
function* shift(words: readonly string[], context: ShellContext): Steps<number> {
  const count = Number(words[1] ?? 1);
  if (!(count <= context.args.length)) return 1;
  context.own = { ...context.own, args: context.args.slice(count) };
  return 0;
}

function* calculate(expressions: readonly string[], context: ShellContext): Steps<number> {
  const variables = {
    get: (name: string) => context.variables()[name] ?? '',
    set: (name: string, value: string) => context.setVariable(name, value),
  };
  let value = 0n;
  for (const expression of expressions) value = evaluate(expression, variables);
  return value === 0n ? 1 : 0;
}

function* read(words: readonly string[], place: Place, context: ShellContext): Steps<number> {
  const prompt = words.indexOf('-p');
  const names = words.slice(1).filter((word, at) => !word.startsWith('-') && (prompt < 0 || at !== prompt));
  if (prompt > 0 && (yield* terminal()).isTerminal) yield* complain(words[prompt + 1] ?? '');
  const line = yield* place.input.line();
  const isRaw = words.includes('-r');
  const text = (line ?? '').replace(/\n$/, '');
  const fields = (isRaw ? text : text.replace(/\\(.)/g, '$1')).trim();
  const wanted = names.length > 0 ? names : ['REPLY'];
  let rest = fields;
  for (const [index, name] of wanted.entries()) {
    const end = index === wanted.length - 1 ? -1 : rest.search(/\s/);
    context.setVariable(name, end < 0 ? rest : rest.slice(0, end));
    rest = end < 0 ? '' : rest.slice(end).trimStart();
  }
  return line?.endsWith('\n') ? 0 : 1;
}

function* source(evaluator: Evaluator, words: readonly string[], place: Place): Steps<number> {
  const [, path] = words;
  if (path === undefined) {
    yield* complain(`sh: ${words[0]}: filename argument required\n`);
    return 2;
  }
  const text = (yield { kind: 'read-file', path }) as string | undefined;
  if (text !== undefined) return yield* runText(evaluator, text, place);
  yield* complain(`sh: ${path}: No such file or directory\n`);
  return 1;
}

/** Runs a text in this shell. */
function* runText(evaluator: Evaluator, text: string, place: Place): Steps<number> {
  try {
    return yield* evaluator.run(parseScript(text).command, place);
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    yield* complain(`sh: ${error.message}\n`);
    throw new LineGivenUp(2);
  }
}

function* type(words: readonly string[], { context, builtins: known }: Evaluator): Steps<number> {
  let status = 0;
  for (const name of words.slice(1)) {
    const stands = context.aliases.get(name);
    if (stands !== undefined) yield* print(`${name} is aliased to \`${stands}'\n`);
    else if (context.functions.has(name)) yield* print(`${name} is a function\n`);
    else if (Object.hasOwn(known, name)) yield* print(`${name} is a shell builtin\n`);
    else if (context.program(name)) yield* print(`${name} is a command of the sandbox\n`);
    else {
      yield* complain(`sh: type: ${name}: not found\n`);
      status = 1;
    }
  }
  return status;
}
