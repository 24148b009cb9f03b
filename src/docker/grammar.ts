import { grammarLines } from './grammar-data.ts';

/** A flag of a docker command, as the client's help has it. */
export interface FlagGrammar {
  /** Such as `--publish`. */
  readonly name: string;
  /** Such as `-p`. */
  readonly shorthand?: string;
  /** Such as `list` or `bytes`; `bool` for a switch. */
  readonly type: string;
  /** The value it has when given alone; only a switch and a few others can be. */
  readonly alone?: string;
  /** Whether help leaves it out. */
  readonly hidden: boolean;
}

/** A command of docker, compose or buildx. */
export interface CommandGrammar {
  /** Canonical, such as `docker container run`. */
  readonly command: string;
  /** Other spellings, such as `docker run`. */
  readonly aliases: readonly string[];
  /** Whether it runs; a group only holds others. */
  readonly runs: boolean;
  /** Arguments it takes, at the least and at the most. */
  readonly least: number;
  readonly most: number;
  /** Whether flags come before all arguments, so that the first argument ends them: `docker run`. */
  readonly flagsFirst: boolean;
  readonly flags: readonly FlagGrammar[];
}

/** Lines by every spelling, split once and parsed one by one. */
let linesBySpelling: ReadonlyMap<string, string> | undefined;

function lines(): ReadonlyMap<string, string> {
  if (linesBySpelling) return linesBySpelling;
  const bySpelling = new Map<string, string>();
  for (const line of grammarLines.trim().split('\n')) {
    const [command = '', aliases = ''] = line.split('|', 2);
    bySpelling.set(command, line);
    for (const alias of aliases.split(',')) if (alias !== '') bySpelling.set(alias, line);
  }
  linesBySpelling = bySpelling;
  return bySpelling;
}

/**
 * What the client knows of a command.
 *
 * @param path any spelling, such as `docker ps`
 */
export function commandGrammar(path: string): CommandGrammar | undefined {
  const line = lines().get(path);
  return line === undefined ? undefined : readLine(line);
}

/** The one name of a command under all its spellings: `docker ps` → `docker container ls`. */
export function canonicalCommand(path: string): string {
  const line = lines().get(path);
  return line === undefined ? path : line.slice(0, line.indexOf('|'));
}

/** Every command, by its canonical name. */
export function allCommands(): readonly string[] {
  return [...new Set(lines().values())].map((line) => line.slice(0, line.indexOf('|')));
}

/** What can follow a group of commands, in every spelling: `docker compose` → `up`, `down`, … */
export function subcommandsOf(path: string): readonly string[] {
  const prefix = `${path} `;
  return [...lines().keys()]
    .filter((spelling) => spelling.startsWith(prefix) && !spelling.includes(' ', prefix.length))
    .map((spelling) => spelling.slice(prefix.length));
}

function readLine(line: string): CommandGrammar {
  const [command = '', aliases = '', counts = '', first = '', flags = ''] = line.split('|');
  const [least = '', most = ''] = counts.split('-');
  return {
    command,
    aliases: aliases === '' ? [] : aliases.split(','),
    runs: counts !== '',
    least: Number(least),
    most: most === '' ? Number.POSITIVE_INFINITY : Number(most),
    flagsFirst: first !== '',
    flags: flags === '' ? [] : flags.split(' ').map(readFlag),
  };
}

function readFlag(text: string): FlagGrammar {
  const [, hidden, shorthand, name, type, alone] =
    /^(!?)(?:(\w),)?([\w-]+)(?:=([\w-]+))?(?:\[(.*)\])?$/.exec(text) ?? [];
  return {
    name: `--${name}`,
    ...(shorthand !== undefined && { shorthand: `-${shorthand}` }),
    type: type ?? 'bool',
    ...(type === undefined ? { alone: 'true' } : alone !== undefined && { alone }),
    hidden: hidden === '!',
  };
}
