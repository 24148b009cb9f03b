import { commandGrammar } from '../../docker/grammar.ts';
import { parseDocker } from '../../docker/parse.ts';
import { DockerRefusal } from '../../docker/refusal.ts';
import type { Word } from '../../docker/words.ts';
import { complain, print, type Steps } from '../effects.ts';
import { throwUnless } from '../thrown.ts';
import { commands } from './commands.ts';
import { isRefusedByCompose, refusedByCompose } from './compose/refused-line.ts';
import { DockerContext, type Surroundings } from './context.ts';
import { demandEngine } from './contexts/endpoint.ts';
import { deprecationText } from './deprecated.ts';
import { CommandFailure } from './failures.ts';
import { helpFor } from './help.ts';
import { isWrongFlag, refusedText } from './refusals.ts';
import { clientVersion } from './system/client-version.ts';
import { typedPath } from './typed-path.ts';

/**
 * The built-in docker: a client of the Engine API and of nothing else. It behaves as docker 29.7 does, and
 * says so where something of it is not simulated.
 *
 * @param words what was typed, `docker` first
 * @returns the exit code
 */
export function* docker(words: readonly string[], surroundings: Surroundings): Steps<number> {
  const path = typedPath(words[1] === 'help' ? ['docker', ...words.slice(2)] : words);
  try {
    demandTopic(words);
    const command = parseDocker(positioned(words));
    if (command.globals.some(({ name, value }) => name === '--version' && value === 'true')) {
      const { Version, GitCommit } = clientVersion;
      yield* print(`Docker version ${Version}, build ${GitCommit}\n`);
      return 0;
    }
    const help = helpFor(command, path);
    if (help !== undefined) {
      yield* help.isAsked ? print(help.text) : complain(help.text);
      return 0;
    }
    yield* print(deprecationText(command));
    const run = commands[command.command.slice('docker '.length)];
    if (!run) throw new CommandFailure(`${path} is not simulated here. Everything that is: docker --help`);
    const context = new DockerContext(command, path, surroundings);
    yield* demandEngine(context, command.command);
    return yield* run(context);
  } catch (error) {
    if (error instanceof DockerRefusal) {
      const { text, exitCode } = isRefusedByCompose(path)
        ? refusedByCompose(error.message, path, words)
        : refusedText(error, pathOfFault(error, words, path));
      yield* complain(`${text}\n`);
      return exitCode;
    }
    throwUnless(error, CommandFailure);
    if (error.message !== '') yield* complain(`${error.message}\n`);
    return error.exitCode;
  }
}

/** @throws CommandFailure for `docker help` of what is no command */
function demandTopic([, first, ...topic]: readonly string[]): void {
  if (first !== 'help' || commandGrammar(['docker', ...topic].join(' '))) return;
  throw new CommandFailure(`unknown help topic: ${topic.join(' ')}`);
}

/** A flag is refused by the command that it stands behind, which may be a group before the last. */
function pathOfFault({ message, position }: DockerRefusal, words: readonly string[], path: string): string {
  if (!isWrongFlag(message)) return path;
  return typedPath(words, positioned(words).filter(({ end }) => end <= position).length);
}

/** Words as the parser takes them; where they stand is of no interest here. */
function positioned(words: readonly string[]): Word[] {
  let start = 0;
  return words.map((text) => {
    const word = { text, start, end: start + text.length, quoted: false };
    start = word.end + 1;
    return word;
  });
}
