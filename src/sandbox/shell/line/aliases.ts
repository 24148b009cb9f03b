import { complain, print, type Steps } from '../../effects.ts';
import type { Command, SimpleCommand, Word } from '../../runtime/shell/syntax.ts';
import { parseScript, SyntaxFailure } from './parse.ts';

/** What names stand for, as `alias` was told. */
export type Aliases = Map<string, string>;

/** What was found of commands: a loop runs one again and again, and `alias ls='ls -l'` speaks of the program. */
const found = new WeakMap<SimpleCommand, Command | 'itself'>();

/**
 * The command that a line stands for whose first word is an alias; undefined where it is none. What follows the
 * word stands behind the last command of the alias.
 */
export function aliased(command: SimpleCommand, aliases: Aliases): Command | undefined {
  if (aliases.size === 0) return undefined;
  const known = found.get(command) ?? lookUp(command, aliases) ?? 'itself';
  found.set(command, known);
  return known === 'itself' ? undefined : known;
}

function lookUp(command: SimpleCommand, aliases: Aliases): Command | undefined {
  let whole: Command | undefined;
  const used = new Set<string>();
  for (let next: SimpleCommand | undefined = command; next; ) {
    const name = plainName(next.words[0]);
    const value = name === undefined || used.has(name) ? undefined : aliases.get(name);
    const stands = value === undefined ? undefined : read(value);
    if (name === undefined || !stands || isEmpty(stands)) break;
    used.add(name);
    whole = whole === undefined ? continued(stands, command) : begun(whole, stands);
    next = firstOf(whole);
  }
  const first = whole && firstOf(whole);
  if (first) found.set(first, 'itself');
  return whole;
}

/** alias: says what names stand for, or makes one stand for something. */
export function* alias(words: readonly string[], aliases: Aliases): Steps<number> {
  const asked = words.slice(1).filter((word) => word !== '-p');
  if (asked.length === 0) {
    for (const [name, value] of [...aliases].sort()) yield* print(line(name, value));
    return 0;
  }
  let status = 0;
  for (const word of asked) {
    const equals = word.indexOf('=');
    const value = equals < 0 ? aliases.get(word) : undefined;
    if (equals > 0) aliases.set(word.slice(0, equals), word.slice(equals + 1));
    else if (value !== undefined) yield* print(line(word, value));
    else {
      yield* complain(`sh: alias: ${word}: not found\n`);
      status = 1;
    }
  }
  return status;
}

/** unalias: has names stand for themselves again. */
export function* unalias(words: readonly string[], aliases: Aliases): Steps<number> {
  if (words[1] === '-a') {
    aliases.clear();
    return 0;
  }
  if (words.length === 1) {
    yield* complain('unalias: usage: unalias [-a] name [name ...]\n');
    return 2;
  }
  let status = 0;
  for (const name of words.slice(1)) {
    if (aliases.delete(name)) continue;
    yield* complain(`sh: unalias: ${name}: not found\n`);
    status = 1;
  }
  return status;
}

function line(name: string, value: string): string {
  return `alias ${name}='${value.replaceAll("'", "'\\''")}'\n`;
}

function read(value: string): Command | undefined {
  try {
    return parseScript(value).command;
  } catch (error) {
    if (error instanceof SyntaxFailure) return undefined;
    throw error;
  }
}

function isEmpty(command: Command): boolean {
  return command.kind === 'list' && command.items.length === 0;
}

/** A word that is nothing but its text. */
function plainName(word: Word | undefined): string | undefined {
  const [part] = word ?? [];
  return word?.length === 1 && part?.kind === 'text' && !part.quoted ? part.text : undefined;
}

/** The first simple command of a command. */
function firstOf(command: Command): SimpleCommand | undefined {
  switch (command.kind) {
    case 'simple':
      return command;
    case 'list':
      return command.items[0] && firstOf(command.items[0].command);
    case 'pipeline':
      return command.stages[0] && firstOf(command.stages[0]);
    case 'and':
    case 'or':
      return firstOf(command.left);
    default:
      return undefined;
  }
}

/** A command with the rest of a line behind its last word. */
function continued(command: Command, rest: SimpleCommand): Command {
  switch (command.kind) {
    case 'simple':
      return {
        ...command,
        assignments: [...rest.assignments, ...command.assignments],
        words: [...command.words, ...rest.words.slice(1)],
        redirects: [...command.redirects, ...rest.redirects],
        line: rest.line,
      };
    case 'list': {
      const last = command.items
        .slice(-1)
        .map((item) => ({ ...item, command: continued(item.command, rest) }));
      return { ...command, items: [...command.items.slice(0, -1), ...last] };
    }
    case 'pipeline': {
      const last = command.stages.slice(-1).map((stage) => continued(stage, rest));
      return { ...command, stages: [...command.stages.slice(0, -1), ...last] };
    }
    case 'and':
    case 'or':
      return { ...command, right: continued(command.right, rest) };
    default:
      return command;
  }
}

/** A command whose own first word was an alias too. */
function begun(command: Command, stands: Command): Command {
  switch (command.kind) {
    case 'simple':
      return continued(stands, command);
    case 'list': {
      const first = command.items
        .slice(0, 1)
        .map((item) => ({ ...item, command: begun(item.command, stands) }));
      return { ...command, items: [...first, ...command.items.slice(1)] };
    }
    case 'pipeline': {
      const first = command.stages.slice(0, 1).map((stage) => begun(stage, stands));
      return { ...command, stages: [...first, ...command.stages.slice(1)] };
    }
    case 'and':
    case 'or':
      return { ...command, left: begun(command.left, stands) };
    default:
      return command;
  }
}
