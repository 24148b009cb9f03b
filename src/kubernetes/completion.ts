import { type KubectlFlag, type KubectlGrammar, kubectlGrammar, subcommandOf } from './grammar.ts';

/** What the words of a kubectl line have come to. */
export interface KubectlPlace {
  readonly grammar: KubectlGrammar;
  /** Names of commands that can follow. */
  readonly subcommands: readonly string[];
  /** The flag whose value comes next. */
  readonly flag?: KubectlFlag;
  /** Arguments that were given. */
  readonly args: readonly string[];
}

/** Values that the client names in its help, by flag. */
const fixedValues: Readonly<Record<string, readonly string[]>> = {
  '--output': ['wide', 'yaml', 'json', 'name', 'jsonpath=', 'custom-columns=', 'go-template='],
  '--dry-run': ['client', 'server', 'none'],
  '--cascade': ['background', 'foreground', 'orphan'],
};

/**
 * Where a kubectl line stands after some words, however wrong they are.
 *
 * @param words those before the one that is being typed, the program first
 */
export function kubectlPlace(words: readonly string[]): KubectlPlace {
  const root = kubectlGrammar('kubectl') as KubectlGrammar;
  let grammar = root;
  let flag: KubectlFlag | undefined;
  const args: string[] = [];
  for (const word of words.slice(1)) {
    if (flag) {
      flag = undefined;
      continue;
    }
    if (word.startsWith('-')) {
      flag = valueFlag(word, [...grammar.flags, ...root.flags]);
      continue;
    }
    const below = args.length === 0 ? subcommandOf(grammar, word) : undefined;
    if (below) grammar = below;
    else args.push(word);
  }
  const subcommands = args.length === 0 ? grammar.subcommands : [];
  return { grammar, subcommands, args, ...(flag ? { flag } : {}) };
}

/**
 * What the next word of a kubectl line can be, as far as the grammar knows: commands, flags, values that the
 * client's help names.
 *
 * @param words those before the one that is being typed, the program first
 * @param last what there is of the one that is being typed
 */
export function kubectlCandidates(words: readonly string[], last: string): readonly string[] {
  const { grammar, subcommands, flag } = kubectlPlace(words);
  if (flag) return fixedValues[flag.name] ?? [];
  if (!last.startsWith('-')) return [...subcommands].sort();
  const root = kubectlGrammar('kubectl') as KubectlGrammar;
  const all = [...grammar.flags, ...root.flags].filter(({ hidden }) => !hidden).map(({ name }) => name);
  return [...new Set(all), '--help'];
}

/** The flag that a word gives and whose value is the next word. */
function valueFlag(word: string, flags: readonly KubectlFlag[]): KubectlFlag | undefined {
  if (word.includes('=')) return undefined;
  const wanted = word.startsWith('--') ? word : `-${word.at(-1)}`;
  const found = flags.find(({ name, shorthand }) => name === wanted || shorthand === wanted);
  return found?.alone === undefined ? found : undefined;
}
