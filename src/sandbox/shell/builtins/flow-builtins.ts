import { complain, type Steps } from '../../effects.ts';
import { BreakLoop, FunctionReturn, LineGivenUp, ShellExit } from '../line/control-flow.ts';
import type { Evaluator } from '../line/evaluate.ts';
import { parseScript, SyntaxFailure } from '../line/parse.ts';
import { runWords } from '../line/simple-command.ts';
import type { Builtins, Place } from '../shell-context.ts';

/** Words that say where a script goes on. */
export function flowBuiltins(evaluator: Evaluator): Builtins {
  return {
    ':': () => code(0),
    true: () => code(0),
    false: () => code(1),
    break: (words, place) => leaveLoop('break', words, place),
    continue: (words, place) => leaveLoop('continue', words, place),
    return: (words, place) => leaveFunction(words, place, evaluator),
    exit: (words) => exit(words, evaluator),
    eval: (words, place) => runText(evaluator, words.slice(1).join(' '), 'eval', place),
    source: (words, place) => source(evaluator, words, place),
    '.': (words, place) => source(evaluator, words, place),
    exec: (words, place) => exec(evaluator, words, place),
  };
}

// biome-ignore lint/correctness/useYield: it ends before it asks for anything.
function* code(value: number): Steps<number> {
  return value;
}

/** A number that stands behind a word; undefined where it is none. */
function numberIn(text: string): number | undefined {
  return /^[-+]?\d+$/.test(text) ? Number(text) : undefined;
}

function* leaveLoop(
  way: 'break' | 'continue',
  [, asked = '1']: readonly string[],
  { loops }: Place,
): Steps<number> {
  if (loops === 0) {
    yield* complain(`sh: ${way}: only meaningful in a \`for', \`while', or \`until' loop\n`);
    return 0;
  }
  const levels = numberIn(asked);
  if (levels === undefined) {
    yield* complain(`sh: ${way}: ${asked}: numeric argument required\n`);
    throw new LineGivenUp(128);
  }
  if (levels > 0) throw new BreakLoop(way, Math.min(levels, loops));
  yield* complain(`sh: ${way}: ${asked}: loop count out of range\n`);
  throw new BreakLoop('break', loops, 1);
}

function* leaveFunction(
  [, asked]: readonly string[],
  { returns }: Place,
  { context }: Evaluator,
): Steps<number> {
  if (!returns) {
    yield* complain("sh: return: can only `return' from a function or sourced script\n");
    return 2;
  }
  const status = asked === undefined ? context.status : numberIn(asked);
  if (status === undefined) yield* complain(`sh: return: ${asked}: numeric argument required\n`);
  throw new FunctionReturn((status ?? 2) & 255);
}

function* exit([, asked]: readonly string[], { context }: Evaluator): Steps<number> {
  const status = asked === undefined ? context.status : numberIn(asked);
  if (status === undefined) yield* complain(`sh: exit: ${asked}: numeric argument required\n`);
  throw new ShellExit((status ?? 2) & 255);
}

function* source(evaluator: Evaluator, words: readonly string[], place: Place): Steps<number> {
  const { context } = evaluator;
  const [name, path, ...args] = words;
  if (path === undefined) {
    yield* complain(
      `sh: ${name}: filename argument required\n${name}: usage: ${name} filename [arguments]\n`,
    );
    return 2;
  }
  const text = (yield { kind: 'read-file', path }) as string | undefined;
  if (text === undefined) {
    const isFolder = context.list(path) !== undefined;
    yield* complain(`sh: ${path}: ${isFolder ? 'Is a directory' : 'No such file or directory'}\n`);
    return 1;
  }
  const outer = context.args;
  if (args.length > 0) context.own = { ...context.own, args };
  try {
    return yield* runText(evaluator, text, path, { ...place, returns: true });
  } catch (error) {
    if (!(error instanceof FunctionReturn)) throw error;
    return error.code;
  } finally {
    if (args.length > 0) context.own = { ...context.own, args: outer };
  }
}

/** Runs a text in this shell. @param from where it stands, for what is said about it */
function* runText(evaluator: Evaluator, text: string, from: string, place: Place): Steps<number> {
  try {
    return yield* evaluator.run(parseScript(text).command, place);
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    yield* complain(`sh: ${from}: ${error.message}\n`);
    return 2;
  }
}

/** The shell becomes a program: where there is one, nothing follows. */
function* exec(evaluator: Evaluator, words: readonly string[], place: Place): Steps<number> {
  const [, name, ...args] = words;
  if (name === undefined) return 0;
  if (!evaluator.context.program(name)) {
    yield* complain(`sh: exec: ${name}: not found\n`);
    return 127;
  }
  throw new ShellExit(yield* runWords(evaluator, [name, ...args], place, 'programs'));
}
