import type { Steps } from '../../effects.ts';
import { expandPattern, expandText, expandWords, type Scope } from '../../runtime/shell/expand.ts';
import type { Word } from '../../runtime/shell/syntax.ts';
import type { ShellContext } from '../shell-context.ts';

/** Expands the words of a command: variables, `$(…)`, `$((…))`, names of files. */
export class Expansion {
  readonly #context: ShellContext;
  readonly #runInside: (script: string) => Steps<string>;

  /** @param runInside runs what is between `$(` and `)`, and gives what it writes */
  constructor(context: ShellContext, runInside: (script: string) => Steps<string>) {
    this.#context = context;
    this.#runInside = runInside;
  }

  /** @throws ExpansionError, ArithmeticError */
  *words(words: readonly Word[]): Steps<readonly string[]> {
    return expandWords(words, scopeOf(this.#context, yield* this.#captures(words)));
  }

  /** A word as one text, as in an assignment. @throws ExpansionError, ArithmeticError */
  *text(word: Word): Steps<string> {
    return expandText(word, scopeOf(this.#context, yield* this.#captures([word])));
  }

  /** A word as a pattern: what is quoted in it stands for itself. @throws ExpansionError, ArithmeticError */
  *pattern(word: Word): Steps<string> {
    return expandPattern(word, scopeOf(this.#context, yield* this.#captures([word])));
  }

  /** What words are expanded with, their substitutions run. */
  *scope(words: readonly Word[]): Steps<Scope> {
    return scopeOf(this.#context, yield* this.#captures(words));
  }

  /** Runs the substitutions in words, each numbered among them. */
  *#captures(words: readonly Word[], known: string[] = []): Steps<readonly string[]> {
    for (const part of words.flat()) {
      if (part.kind === 'command') {
        part.slot = known.length;
        known.push(yield* this.#runInside(part.source));
      } else if (part.kind === 'arithmetic') yield* this.#captures([part.expression], known);
      else if (part.kind === 'parameter') yield* this.#captures([part.word, part.other ?? []], known);
    }
    return known;
  }
}

function scopeOf(context: ShellContext, captures: readonly string[]): Scope {
  return {
    captures,
    args: context.args,
    isStrict: context.options.has('u'),
    isPlain: false,
    globs: !context.options.has('f'),
    keepsFiles: false,
    get: (name) => parameter(context, name),
    set: (name, value) => context.setVariable(name, value),
    home: (user) => homeOf(user, context.variables()),
    list: (folder) => context.list(folder),
  };
}

/** What `~user` stands for; `~-` is the folder before this one. */
function homeOf(user: string, { HOME, OLDPWD }: Readonly<Record<string, string>>): string {
  const home = { '': HOME, '-': OLDPWD, root: '/root' }[user];
  return home ?? `~${user}`;
}

function parameter(context: ShellContext, name: string): string | undefined {
  const { args, name: own, status, options, pid, background } = context;
  if (/^\d+$/.test(name)) return name === '0' ? own : args[Number(name) - 1];
  switch (name) {
    case '@':
    case '*':
      return args.length === 0 ? undefined : args.join((context.variables().IFS ?? ' ').slice(0, 1));
    case '#':
      return `${args.length}`;
    case '?':
      return `${status}`;
    case '$':
      return `${pid}`;
    case '!':
      return background === undefined ? undefined : `${background}`;
    case '-':
      return [...options].filter((option) => option.length === 1).join('');
    case 'RANDOM':
      return `${context.random(32_768)}`;
    default: {
      const known = context.variables();
      return Object.hasOwn(known, name) ? known[name] : undefined;
    }
  }
}
