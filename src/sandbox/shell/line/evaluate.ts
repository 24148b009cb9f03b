import { complain, type Steps } from '../../effects.ts';
import { doubleTest } from '../../runtime/shell/double-test.ts';
import type { Command, Redirect, Word } from '../../runtime/shell/syntax.ts';
import { globPattern } from '../../runtime/text/glob.ts';
import { asked, through } from '../../through.ts';
import { apart } from '../apart.ts';
import { builtins } from '../builtins/builtins.ts';
import { type Builtins, type OwnState, outermost, type Place, type ShellContext } from '../shell-context.ts';
import { BreakLoop, FunctionReturn, LineGivenUp, ShellExit } from './control-flow.ts';
import { Expansion } from './expansion.ts';
import { InputBuffer } from './input-buffer.ts';
import { runFor, runWhile } from './loops.ts';
import { parseScript, SyntaxFailure } from './parse.ts';
import { runPipeline } from './pipeline.ts';
import { openAll } from './redirections.ts';
import { runSimple } from './simple-command.ts';

/** Functions that call themselves for ever end here. */
const deepest = 200;

/**
 * Runs a script.
 *
 * @returns the exit code of its last command
 * @throws ShellExit; LineGivenUp when it cannot go on, which has been said then
 */
export function* runScript(command: Command, context: ShellContext): Steps<number> {
  return yield* new Evaluator(context).run(command, outermost(new InputBuffer()));
}

/**
 * Runs a script in a shell of its own, as `sh FILE` does: it leaves nothing behind in the shell around it.
 *
 * @param own what it begins with otherwise than the shell around it
 */
export function* runScriptApart(
  command: Command,
  context: ShellContext,
  own: Partial<OwnState> = {},
): Steps<number> {
  return yield* apart(
    context,
    caught(() => {
      context.own = { ...context.own, name: 'sh', args: [], options: new Set(), ...own };
      return runScript(command, context);
    }),
  );
}

/** Runs the commands of a script, one within another. */
export class Evaluator {
  readonly context: ShellContext;
  readonly builtins: Builtins;
  readonly expansion: Expansion;
  depth = 0;

  constructor(context: ShellContext) {
    this.context = context;
    this.builtins = builtins(this);
    this.expansion = new Expansion(context, (script) => this.#captured(script));
  }

  /** @throws ShellExit, LineGivenUp, BreakLoop, FunctionReturn */
  *run(command: Command, place: Place): Steps<number> {
    const { context } = this;
    this.depth += 1;
    try {
      if (this.depth > deepest) {
        yield* complain('sh: too deep: a function calls itself\n');
        throw new LineGivenUp(2);
      }
      const code = yield* this.#run(command, place);
      context.status = code;
      if (code !== 0 && !place.isChecked && context.options.has('e') && endsShell(command)) {
        throw new ShellExit(code);
      }
      return code;
    } finally {
      this.depth -= 1;
    }
  }

  *#run(command: Command, place: Place): Steps<number> {
    switch (command.kind) {
      case 'simple':
        return yield* runSimple(this, command, place);
      case 'list':
        return yield* this.#list(command, place);
      case 'pipeline':
        return yield* this.#pipeline(command.stages, place);
      case 'not':
        return (yield* this.run(command.command, { ...place, isChecked: true })) === 0 ? 1 : 0;
      case 'and':
      case 'or': {
        const left = yield* this.run(command.left, { ...place, isChecked: true });
        return (left === 0) === (command.kind === 'and') ? yield* this.run(command.right, place) : left;
      }
      case 'function':
        this.context.functions.set(command.name, command.body);
        return 0;
      default:
        return yield* this.#redirected(command, place);
    }
  }

  *#list({ items }: Command & { kind: 'list' }, place: Place): Steps<number> {
    let code = 0;
    for (const { command, background } of items) {
      if (background) {
        const own = outermost(new InputBuffer('', true), true);
        this.context.background = this.context.startJob(
          this.#inside(() => this.run(command, own)),
          nameOf(command),
        );
        code = 0;
      } else code = yield* this.run(command, place);
    }
    return code;
  }

  *#pipeline(stages: readonly Command[], place: Place): Steps<number> {
    const codes = yield* runPipeline(
      stages.map((stage, index) => {
        const own = { ...place, input: index === 0 ? place.input : new InputBuffer() };
        return this.#inside(() => this.run(stage, own));
      }),
    );
    const failed = this.context.options.has('pipefail') ? codes.findLast((code) => code !== 0) : undefined;
    return failed ?? codes.at(-1) ?? 0;
  }

  *#redirected(
    command: Exclude<Command, { kind: 'simple' | 'list' | 'pipeline' | 'not' | 'and' | 'or' | 'function' }>,
    place: Place,
  ): Steps<number> {
    if (command.redirects.length === 0) return yield* this.#compound(command, place);
    const opened = yield* openAll(command.redirects, ({ target }) => this.expansion.text(target));
    if (!opened) return 1;
    const own = { ...place, input: opened.input ?? place.input };
    return yield* opened.bend(this.#compound(command, own), 'sh');
  }

  *#compound(
    command: Exclude<Command, { kind: 'simple' | 'list' | 'pipeline' | 'not' | 'and' | 'or' | 'function' }>,
    place: Place,
  ): Steps<number> {
    switch (command.kind) {
      case 'group':
        return yield* this.run(command.body, place);
      case 'subshell':
        return yield* this.#inside(() => this.run(command.body, place));
      case 'if':
        for (const { condition, body } of command.clauses) {
          const code = yield* this.run(condition, { ...place, isChecked: true });
          if (code === 0) return yield* this.run(body, place);
        }
        return command.otherwise ? yield* this.run(command.otherwise, place) : 0;
      case 'while':
        return yield* runWhile(this, command, place);
      case 'for':
        return yield* runFor(this, command, place);
      case 'case': {
        const text = yield* this.expansion.text(command.word);
        for (const { patterns, body } of command.items) {
          for (const pattern of patterns) {
            const source = yield* this.expansion.pattern(pattern);
            if (globPattern(source, { crossesSlash: true }).test(text)) return yield* this.run(body, place);
          }
        }
        return 0;
      }
    }
  }

  /** Runs something that leaves no traces in the shell around it, as in a process of its own. */
  *#inside(begin: () => Steps<number>): Steps<number> {
    return yield* apart(this.context, caught(begin));
  }

  /** `[[ … ]]` */
  *doubleTest(words: readonly Word[]): Steps<number> {
    const scope = yield* this.expansion.scope(words);
    const said: string[] = [];
    const files = this.context.files();
    const found = doubleTest(
      {
        scope,
        flavour: 'bash',
        call: { files, isTerminal: () => false },
        say: (text) => said.push(`sh: [[: ${text}\n`),
      },
      words,
    );
    yield* complain(said.join(''));
    return found === undefined ? 2 : found ? 0 : 1;
  }

  *#contents(redirect: Redirect): Steps<string> {
    const opened = yield* openAll([redirect], ({ target }) => this.expansion.text(target));
    this.context.substituted = opened ? 0 : 1;
    return opened?.input?.whole ?? '';
  }

  *#captured(script: string): Steps<string> {
    let text = '';
    let body: Command;
    try {
      body = parseScript(script).command;
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error;
      yield* complain(`sh: ${error.message}\n`);
      throw new LineGivenUp(2);
    }
    const read = soleInput(body);
    if (read) return (yield* this.#contents(read)).replace(/\n+$/, '');
    const own = outermost(new InputBuffer('', true), true);
    this.context.substituted = yield* through(
      this.#inside(() => this.run(body, own)),
      (effect) => {
        if (effect.kind === 'terminal') return { heard: { isTerminal: false } };
        if (effect.kind !== 'write' || effect.to !== 'stdout') return asked(effect);
        text += effect.text;
        return { heard: undefined };
      },
    );
    this.context.status = this.context.substituted;
    return text.replaceAll('\0', '').replace(/\n+$/, '');
  }
}

/** The file that `$(< FILE)` names. */
function soleInput(command: Command): Redirect | undefined {
  const only = command.kind === 'list' && command.items.length === 1 ? command.items[0]?.command : command;
  if (only?.kind !== 'simple' || only.words.length > 0 || only.redirects.length !== 1) return undefined;
  return only.redirects.find(({ operator }) => operator === '<');
}

/** A part that runs on its own is ended by what would end the shell. */
function* caught(begin: () => Steps<number>): Steps<number> {
  try {
    return yield* begin();
  } catch (error) {
    if (error instanceof ShellExit || error instanceof LineGivenUp || error instanceof FunctionReturn) {
      return error.code;
    }
    if (error instanceof BreakLoop) return 0;
    throw error;
  }
}

/** Whether `set -e` looks at its code: what is put together has been looked at in its parts. */
function endsShell({ kind }: Command): boolean {
  return kind === 'simple' || kind === 'pipeline' || kind === 'subshell';
}

/** What a job is called in a list of them. */
function nameOf(command: Command): string {
  if (command.kind === 'pipeline') return command.stages.map(nameOf).join(' | ');
  if (command.kind !== 'simple') return command.kind;
  const texts = command.words.map((word) => word.map((part) => (part.kind === 'text' ? part.text : '…')));
  return texts.map((parts) => parts.join('')).join(' ');
}
