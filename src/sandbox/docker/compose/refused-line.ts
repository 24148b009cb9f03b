import { type CommandGrammar, commandGrammar } from '../../../docker/grammar.ts';

/** What compose says of a line that it refuses, and its exit code. */
export interface RefusedLine {
  readonly text: string;
  readonly exitCode: number;
}

/**
 * A refusal of a line of compose: it names neither the command nor its help (cobra, without docker's words).
 *
 * @param message of the parser of the line
 * @param path such as `docker compose exec`
 * @param words of the line
 */
export function refusedByCompose(message: string, path: string, words: readonly string[]): RefusedLine {
  const [, unknown] = /^unknown command: docker (.*)$/.exec(message) ?? [];
  if (unknown !== undefined) return { text: `unknown docker command: "${unknown}"`, exitCode: 1 };
  const grammar = commandGrammar(path);
  if (!grammar || !/^'[^']*' (requires|accepts)/.test(message)) return { text: message, exitCode: 1 };
  const { least, most } = grammar;
  const count = argumentsIn(words, path, grammar);
  if (most === least && most > 0) return { text: `accepts ${most} arg(s), received ${count}`, exitCode: 1 };
  if (count < least)
    return { text: `requires at least ${least} arg(s), only received ${count}`, exitCode: 1 };
  return { text: `accepts at most ${most} arg(s), received ${count}`, exitCode: 1 };
}

/** How many words behind the command are no flags, and no values of flags. */
function argumentsIn(words: readonly string[], path: string, { flags, flagsFirst }: CommandGrammar): number {
  const rest = words.slice(words.indexOf(path.split(' ').at(-1) ?? '') + 1);
  let count = 0;
  for (let place = 0; place < rest.length; place++) {
    const word = rest[place] ?? '';
    if (!word.startsWith('-') || word === '-') {
      if (flagsFirst) return rest.length - place;
      count += 1;
      continue;
    }
    const flag = flags.find(({ name, shorthand }) => name === word || shorthand === word);
    if (flag && flag.alone === undefined) place += 1;
  }
  return count;
}
