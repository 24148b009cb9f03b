import { readDotenv } from '../../../../docker/compose/dotenv.ts';
import { ComposeRefusal } from '../../../../docker/compose/refusal.ts';
import { listFolder, readFile, type Steps } from '../../../effects.ts';
import { throwUnless } from '../../../thrown.ts';
import { CommandFailure } from '../../failures.ts';
import { lineAt } from './yaml-place.ts';

type Variables = Readonly<Record<string, string>>;

/**
 * Variables with those of files that are not set yet (dotenv.GetEnvFromFile of compose-go).
 *
 * @param paths absolute
 * @throws CommandFailure where a file is not there or cannot be read
 */
export function* withEnvFiles(variables: Variables, paths: readonly string[]): Steps<Variables> {
  const found: Record<string, string> = {};
  for (const path of paths) {
    const text = yield* readFile(path);
    if (text === undefined) {
      throw new CommandFailure(
        (yield* listFolder(path)) ? `${path} is a directory` : `couldn't find env file: ${path}`,
      );
    }
    for (const [name, value] of dotenv(text, path, (each) => variables[each] ?? found[each]))
      found[name] = value;
  }
  return { ...found, ...variables };
}

/** @throws CommandFailure where the file cannot be read, in the words of the real one */
export function dotenv(
  text: string,
  path: string,
  lookup: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  try {
    return readDotenv(text, path, lookup);
  } catch (error) {
    throwUnless(error, ComposeRefusal);
    throw new CommandFailure(`failed to read ${path}: ${wordsOf(error, text)}`);
  }
}

/** A quote that is not closed is found where the file ends. */
function wordsOf({ line, message }: ComposeRefusal, text: string): string {
  const lines = text.split('\n');
  const [, name, why] = /^the variable (\S+) is needed and missing(.*)$/s.exec(message) ?? [];
  if (name !== undefined) return `required variable ${name} is missing a value${why}`;
  if (message !== 'a quote is not closed') return `line ${line}: ${message}`;
  return `line ${lines.length}: unterminated quoted value ${lineAt(lines, line - 1).replace(/^[^"']*/, '')}`;
}

/** The file that is read without being named; none where there is no such file. */
export function* defaultEnvFile(directory: string, variables: Variables): Steps<readonly string[]> {
  if (/^(1|t|true)$/i.test(variables.COMPOSE_DISABLE_ENV_FILE ?? '')) return [];
  const path = `${directory.replace(/\/$/, '')}/.env`;
  return (yield* readFile(path)) === undefined ? [] : [path];
}
