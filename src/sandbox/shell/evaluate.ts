import { complain, type Effect, print, type Steps } from '../effects.ts';
import { parseScript } from './parse.ts';
import type { Redirection, Script, SimpleCommand, Word } from './syntax.ts';

/** Where commands run: their variables, and the programs there are. */
export interface ShellContext {
  variables(): Readonly<Record<string, string>>;
  setVariable(name: string, value: string): void;
  /** @returns undefined when there is no such program */
  program(name: string): Program | undefined;
  /** Names that a pattern such as `*.yaml` stands for; none when nothing fits. */
  matches(pattern: string): readonly string[];
  /** The exit code of the command before. */
  status: number;
}

/** @param words the first is the name it was called by. @returns the exit code */
export type Program = (words: readonly string[]) => Steps<number>;

/** Ends the shell. */
export class ShellExit extends Error {
  override readonly name = 'ShellExit';
  readonly code: number;

  constructor(code: number) {
    super('exit');
    this.code = code;
  }
}

/**
 * Runs a script.
 *
 * @returns the exit code of its last command
 * @throws SyntaxFailure, ShellExit
 */
export function* runScript(script: Script, context: ShellContext): Steps<number> {
  for (const { pipeline, when, negated } of script) {
    if (when === 'after-success' && context.status !== 0) continue;
    if (when === 'after-failure' && context.status === 0) continue;
    const code = yield* runPipeline(pipeline, context);
    context.status = negated ? (code === 0 ? 1 : 0) : code;
  }
  return context.status;
}

function* runPipeline(pipeline: readonly SimpleCommand[], context: ShellContext): Steps<number> {
  let piped: string | undefined;
  let code = 0;
  for (const [place, command] of pipeline.entries()) {
    if (place === pipeline.length - 1) return yield* runCommand(command, context, piped);
    const captured = { text: '' };
    code = yield* redirected(runCommand(command, context, piped), { output: captured });
    piped = captured.text;
  }
  return code;
}

/** Where the output and the input of a part go instead. */
interface Bends {
  readonly input?: string | undefined;
  readonly output?: { text: string } | 'stderr' | undefined;
  readonly errors?: { text: string } | 'stdout' | undefined;
}

/** Runs steps with their input and output bent. */
function* redirected<T>(steps: Steps<T>, bends: Bends): Steps<T> {
  let given = bends.input;
  let answer: unknown;
  for (;;) {
    const { done, value } = steps.next(answer);
    if (done) return value;
    answer = undefined;
    if (value.kind === 'write') answer = yield* bent(value, bends);
    else if (value.kind === 'read-input' && given !== undefined) {
      answer = given;
      given = '';
    } else if (value.kind === 'take-input' && given !== undefined) {
      answer = { text: given, ended: true };
      given = '';
    } else if (value.kind === 'terminal' && bends.output) answer = { isTerminal: false };
    else answer = yield value;
  }
}

function* bent(effect: Effect & { kind: 'write' }, { output, errors }: Bends): Steps<void> {
  const bend = effect.to === 'stdout' ? output : errors;
  if (bend === undefined) yield effect;
  else if (typeof bend === 'string') yield { ...effect, to: bend };
  else bend.text += effect.text;
}

function* runCommand(
  command: SimpleCommand,
  context: ShellContext,
  piped: string | undefined,
): Steps<number> {
  const words: string[] = [];
  for (const word of command.words) words.push(...(yield* expand(word, context)));
  const opened = yield* openAll(command.redirections, context, piped);
  if (typeof opened === 'number') return opened;
  const [name] = words;
  if (name === undefined) {
    for (const { name: variable, value } of command.assignments) {
      context.setVariable(variable, yield* joined(value, context));
    }
    return 0;
  }
  const program = context.program(name);
  const steps = program ? program(words) : notFound(name);
  const code = yield* redirected(steps, opened.bends);
  return (yield* opened.finish()) ?? code;
}

function* notFound(name: string): Steps<number> {
  yield* complain(`sh: ${name}: command not found\n→ help lists the commands there are.\n`);
  return 127;
}

interface Opened {
  readonly bends: Bends;
  /** Writes what was collected. @returns an exit code where that fails */
  finish(): Steps<number | undefined>;
}

function* openAll(
  redirections: readonly Redirection[],
  context: ShellContext,
  piped: string | undefined,
): Steps<Opened | number> {
  let input = piped;
  let output: Bends['output'];
  let errors: Bends['errors'];
  const targets: { path: string; append: boolean; into: { text: string } }[] = [];
  for (const { stream, kind, target } of redirections) {
    const name = yield* joined(target, context);
    if (kind === 'text') input = name;
    else if (kind === 'read') {
      const text = (yield { kind: 'read-file', path: name }) as string | undefined;
      if (text === undefined) {
        yield* complain(`sh: ${name}: No such file or directory\n`);
        return 1;
      }
      input = text;
    } else if (kind === 'same-as-1' || kind === 'same-as-2') {
      if (stream === 2 && kind === 'same-as-1') errors = typeof output === 'object' ? output : 'stdout';
      if (stream === 1 && kind === 'same-as-2') output = typeof errors === 'object' ? errors : 'stderr';
    } else {
      const into = { text: '' };
      if (name !== '/dev/null') targets.push({ path: name, append: kind === 'append', into });
      if (stream === 2) errors = into;
      else output = into;
    }
  }
  return {
    bends: { input, output, errors },
    *finish() {
      for (const { path, append, into } of targets) {
        const before = append ? (((yield { kind: 'read-file', path }) as string | undefined) ?? '') : '';
        const refused = (yield { kind: 'write-file', path, text: before + into.text }) as string | undefined;
        if (refused !== undefined) {
          yield* complain(`sh: ${path}: ${refused}\n`);
          return 1;
        }
      }
      return undefined;
    },
  };
}

/** A word with everything in it that stands for something else: none, one or several words. */
function* expand(word: Word, context: ShellContext): Steps<readonly string[]> {
  const fields: string[] = [];
  let field: string | undefined;
  let pattern = false;
  for (const part of word) {
    const text = yield* textOf(part, context);
    if (part.quoted || part.kind === 'text') {
      pattern ||= !part.quoted && /[*?]/.test(text);
      field =
        (field ?? '') +
        (part.kind === 'text' && !part.quoted && field === undefined ? tilde(text, context) : text);
      continue;
    }
    const [first = '', ...rest] = text.split(/[ \t\n]+/);
    if (text.trim() === '') continue;
    field = (field ?? '') + first;
    for (const each of rest) {
      if (field !== '') fields.push(field);
      field = each;
    }
    if (field === '') field = undefined;
  }
  if (field !== undefined) fields.push(field);
  return pattern ? fields.flatMap((each) => globbed(each, context)) : fields;
}

function globbed(word: string, context: ShellContext): readonly string[] {
  const found = context.matches(word);
  return found.length > 0 ? found : [word];
}

function tilde(text: string, context: ShellContext): string {
  return text === '~' || text.startsWith('~/') ? `${context.variables().HOME}${text.slice(1)}` : text;
}

/** A word as one text, as in an assignment. */
function* joined(word: Word, context: ShellContext): Steps<string> {
  let text = '';
  for (const part of word) text += yield* textOf(part, context);
  return text;
}

function* textOf(part: Word[number], context: ShellContext): Steps<string> {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'variable':
      if (part.name === '?') return String(context.status);
      return context.variables()[part.name] || part.otherwise || '';
    case 'output': {
      const captured = { text: '' };
      yield* redirected(runScript(parseScript(part.script), context), { output: captured });
      return captured.text.replace(/\n+$/, '');
    }
  }
}

/** Prints lines, each with its end. */
export function* printLines(lines: readonly string[]): Steps<void> {
  if (lines.length > 0) yield* print(`${lines.join('\n')}\n`);
}
