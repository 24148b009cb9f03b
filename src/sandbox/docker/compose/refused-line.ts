import { type CommandGrammar, commandGrammar } from '../../../docker/grammar.ts';

/** What compose says of a line that it refuses, and its exit code. */
export interface RefusedLine {
  readonly text: string;
  readonly exitCode: number;
}

/** Whether compose has words of its own for a line that it refuses: `cp` and `wait` have those of docker. */
export function isRefusedByCompose(path: string): boolean {
  return path.startsWith('docker compose') && !/ (cp|wait)$/.test(path);
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
  const given = argumentsIn(words, path, grammar);
  const [unwanted] = given;
  const count = given.length;
  if (most === 0) return { text: `unknown command ${JSON.stringify(unwanted)} for "${path}"`, exitCode: 1 };
  if (path === 'docker compose commit')
    return { text: `accepts between ${least} and ${most} arg(s), received ${count}`, exitCode: 1 };
  if (count < least)
    return { text: `requires at least ${least} arg(s), only received ${count}`, exitCode: 1 };
  return { text: `accepts at most ${most} arg(s), received ${count}`, exitCode: 1 };
}

/** The words behind the command that are no flags, and no values of flags. */
function argumentsIn(
  words: readonly string[],
  path: string,
  { flags, flagsFirst }: CommandGrammar,
): readonly string[] {
  const rest = words.slice(words.indexOf(path.slice(path.lastIndexOf(' ') + 1)) + 1);
  const found: string[] = [];
  let isValue = false;
  for (const [place, word] of rest.entries()) {
    if (isValue) isValue = false;
    else if (word.startsWith('-') && word !== '-') {
      const flag = flags.find(({ name, shorthand }) => name === word || shorthand === word);
      isValue = flag !== undefined && flag.alone === undefined;
    } else if (flagsFirst) return rest.slice(place);
    else found.push(word);
  }
  return found;
}
