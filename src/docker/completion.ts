import {
  type CommandGrammar,
  canonicalCommand,
  commandGrammar,
  type FlagGrammar,
  subcommandsOf,
} from './grammar.ts';

/** What the words of a docker line have come to. */
export interface DockerPlace {
  readonly grammar: CommandGrammar;
  /** Names that can follow: of a group's commands. */
  readonly subcommands: readonly string[];
  /** The flag whose value comes next. */
  readonly flag?: FlagGrammar;
  /** Arguments that were given. */
  readonly args: readonly string[];
}

/** Values that the client names in its help, by flag. */
const fixedValues: Readonly<Record<string, readonly string[]>> = {
  '--restart': ['no', 'always', 'unless-stopped', 'on-failure'],
  '--pull': ['always', 'missing', 'never'],
  '--progress': ['auto', 'plain', 'tty', 'quiet'],
};

/**
 * Where a docker line stands after some words, however wrong they are.
 *
 * @param words those before the one that is being typed, the program first
 */
export function dockerPlace(words: readonly string[]): DockerPlace {
  let path = words[0] === 'docker-compose' ? 'docker compose' : 'docker';
  let grammar = commandGrammar(path) as CommandGrammar;
  let flag: FlagGrammar | undefined;
  const args: string[] = [];
  for (const word of words.slice(1)) {
    if (flag) {
      flag = undefined;
      continue;
    }
    if (word.startsWith('-') && !(grammar.flagsFirst && args.length > 0)) {
      flag = valueFlag(word, grammar);
      continue;
    }
    const below = args.length === 0 ? commandGrammar(`${path} ${word}`) : undefined;
    if (below) [path, grammar] = [`${path} ${word}`, below];
    else args.push(word);
  }
  const subcommands = args.length === 0 ? subcommandsOf(path).filter((name) => !isAlias(path, name)) : [];
  return { grammar, subcommands, args, ...(flag ? { flag } : {}) };
}

/**
 * What the next word of a docker line can be, as far as the grammar knows: commands, flags, values that the
 * client's help names.
 *
 * @param words those before the one that is being typed, the program first
 * @param last what there is of the one that is being typed
 */
export function dockerCandidates(words: readonly string[], last: string): readonly string[] {
  const { grammar, subcommands, flag, args } = dockerPlace(words);
  if (flag) return fixedValues[flag.name] ?? [];
  if (!last.startsWith('-')) return [...subcommands].sort();
  if (grammar.flagsFirst && args.length > 0) return [];
  return [...grammar.flags.filter(({ hidden }) => !hidden).map(({ name }) => name), '--help'];
}

/** Whether a command of the same group has this as another name: `list` of `docker container ls`. */
function isAlias(group: string, name: string): boolean {
  const canonical = canonicalCommand(`${group} ${name}`);
  return canonical !== `${group} ${name}` && canonical.replace(/ [^ ]*$/, '') === group;
}

/** The flag that a word gives and whose value is the next word. */
function valueFlag(word: string, { flags }: CommandGrammar): FlagGrammar | undefined {
  if (word.includes('=')) return undefined;
  const wanted = word.startsWith('--') ? word : `-${word.at(-1)}`;
  const found = flags.find(({ name, shorthand }) => name === wanted || shorthand === wanted);
  return found?.alone === undefined ? found : undefined;
}
