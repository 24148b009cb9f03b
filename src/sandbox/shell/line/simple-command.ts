import { complain, type Steps } from '../../effects.ts';
import { ArithmeticError } from '../../runtime/shell/arithmetic.ts';
import { ExpansionError } from '../../runtime/shell/expansion-error.ts';
import { quoted } from '../../runtime/shell/messages.ts';
import type { Command, SimpleCommand } from '../../runtime/shell/syntax.ts';
import { refuseProgram } from '../programs/refused-programs.ts';
import type { Place, ShellContext } from '../shell-context.ts';
import { aliased } from './aliases.ts';
import { FunctionReturn, LineGivenUp } from './control-flow.ts';
import type { Evaluator } from './evaluate.ts';
import { openAll } from './redirections.ts';

/** Runs a simple command: a function, a word of the shell, or a program. @throws what the evaluator throws */
export function* runSimple(evaluator: Evaluator, command: SimpleCommand, place: Place): Steps<number> {
  try {
    return yield* run(evaluator, command, place);
  } catch (error) {
    if (!(error instanceof ExpansionError || error instanceof ArithmeticError)) throw error;
    yield* complain(`sh: ${wordsOf(error)}\n`);
    throw new LineGivenUp(1);
  }
}

function* run(evaluator: Evaluator, command: SimpleCommand, place: Place): Steps<number> {
  const { context, expansion } = evaluator;
  const other = aliased(command, context.aliases);
  if (other) return yield* evaluator.run(other, place);
  context.substituted = 0;
  const isTest = isDoubleTest(command);
  const words = isTest ? [] : yield* expansion.words(command.words);
  const opened = yield* openAll(command.redirects, ({ target }) => expansion.text(target));
  if (!opened) return 1;
  const values: [string, string][] = [];
  for (const { name, value, appends } of command.assignments) {
    const text = yield* expansion.text(value);
    const before = appends ? (context.variables()[name] ?? '') : '';
    values.push([name, before + text]);
    if (words.length === 0) context.setVariable(name, before + text);
  }
  yield* trace(evaluator, [
    ...values.map(([name, value]) => `${name}=${quoted(value)}`),
    ...words.map(quoted),
  ]);
  const own = { ...place, input: opened.input ?? place.input };
  if (isTest) return yield* opened.bend(evaluator.doubleTest(command.words.slice(1, -1)), 'sh');
  const [name] = words;
  if (name === 'exec' && words.length === 1 && command.redirects.length > 0) {
    yield* complain(
      'sh: exec: the shell itself is not redirected here; { …; } > FILE does it for several commands\n',
    );
    return 1;
  }
  if (name === undefined) return context.substituted;
  const steps = withVariables(evaluator, values, runWords(evaluator, words, own));
  return yield* opened.bend(steps, name);
}

/**
 * Runs words that have been expanded.
 *
 * @param among what the first word may name; all that there is where that is left out
 */
export function* runWords(
  evaluator: Evaluator,
  words: readonly string[],
  place: Place,
  among: 'all' | 'no functions' | 'programs' = 'all',
): Steps<number> {
  const { context } = evaluator;
  const [name = '', ...args] = words;
  const body = among === 'all' ? context.functions.get(name) : undefined;
  if (body) return yield* runFunction(evaluator, body, args, place);
  const isBuiltin = among !== 'programs' && Object.hasOwn(evaluator.builtins, name);
  const builtin = isBuiltin ? evaluator.builtins[name] : undefined;
  if (builtin) return yield* builtin(words, place);
  const program = context.program(name);
  return yield* program ? place.input.feed(program(words)) : refuseProgram(name, context.commands());
}

function* runFunction(
  evaluator: Evaluator,
  body: Command,
  args: readonly string[],
  place: Place,
): Steps<number> {
  const { context } = evaluator;
  const outer = context.own;
  const locals = new Map<string, string | undefined>();
  context.own = { ...outer, args };
  try {
    return yield* evaluator.run(body, { ...place, loops: 0, returns: true, locals });
  } catch (error) {
    if (!(error instanceof FunctionReturn)) throw error;
    return error.code;
  } finally {
    for (const [name, value] of locals) restore(context, name, value);
    context.own = { ...context.own, args: outer.args };
  }
}

/** Gives a variable the value that it had; none where it was not set. */
function restore(context: ShellContext, name: string, value: string | undefined): void {
  if (value === undefined) context.unsetVariable(name);
  else context.setVariable(name, value);
}

/** `NAME=value command`: the variable is there for that command. */
function* withVariables(
  { context }: Evaluator,
  values: readonly (readonly [name: string, value: string])[],
  steps: Steps<number>,
): Steps<number> {
  if (values.length === 0) return yield* steps;
  const before = context.own.variables;
  for (const [name, value] of values) context.setVariable(name, value);
  try {
    return yield* steps;
  } finally {
    for (const [name] of values) restore(context, name, before[name]);
  }
}

function* trace({ context }: Evaluator, words: readonly string[]): Steps<void> {
  if (context.options.has('x')) yield* complain(`+ ${words.join(' ')}\n`);
}

function isDoubleTest({ words }: SimpleCommand): boolean {
  const text = (place: number): string => {
    const word = words.at(place);
    return word?.length === 1 && word[0]?.kind === 'text' && !word[0].quoted ? word[0].text : '';
  };
  return text(0) === '[[' && text(-1) === ']]';
}

function wordsOf(error: ExpansionError | ArithmeticError): string {
  if (error instanceof ExpansionError) {
    return error.kind === 'unset'
      ? error.message.replace(/parameter not set$/, 'unbound variable')
      : error.message;
  }
  return error.reason === 'zero'
    ? `${error.expression}: division by 0 (error token is "0")`
    : `${error.expression}: arithmetic syntax error`;
}
