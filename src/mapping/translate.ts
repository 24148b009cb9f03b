import { commandGrammar } from '../docker/grammar.ts';
import { type DockerCommand, type FlagUse, parseDocker } from '../docker/parse.ts';
import type { Word } from '../docker/words.ts';
import type { CommandRow } from './command-row.ts';
import { additionsOf, judgeFlags } from './judge-flags.ts';
import type { translateServiceCreate } from './swarm/translate-service.ts';
import { translateByRow, withAdditions } from './translate-by-row.ts';
import { type RunOptions, translateRun } from './translate-run.ts';
import type { Translation } from './translation.ts';

/** The command whose translation takes `translateService`. */
export const serviceCreate = 'docker service create';

/** How a line is translated. */
export interface LineOptions extends RunOptions {
  /**
   * Makes the manifest of a `docker service create`; without it the line has its row only. Given by those who
   * have it loaded, since it takes all that reads compose files.
   */
  readonly translateService?: typeof translateServiceCreate;
}

/**
 * Translates a docker line: `run` and `create` flag by flag into objects, every other command by its row.
 *
 * @param words of the line, the program first
 * @param input the line as it was typed
 * @param rowOf gives the row of a canonical command
 * @throws DockerRefusal for a line that docker would refuse
 */
export function translateLine(
  words: readonly Word[],
  input: string,
  options: LineOptions,
  rowOf: (command: string) => CommandRow,
): Translation {
  return translateCommand(parseDocker(words), input, options, rowOf);
}

/**
 * The same for a line that was parsed already.
 *
 * @throws DockerRefusal for values that docker would refuse
 */
export function translateCommand(
  command: DockerCommand,
  input: string,
  options: LineOptions,
  rowOf: (command: string) => CommandRow,
): Translation {
  const translation = translateItself(command, input, options, rowOf);
  if (command.command === 'docker') return translation;
  return withGlobals(translation, command, rowOf);
}

function translateItself(
  command: DockerCommand,
  input: string,
  options: LineOptions,
  rowOf: (command: string) => CommandRow,
): Translation {
  const { translateService, kubernetes } = options;
  if (isAbout(command, 'docker container run') || isAbout(command, 'docker container create'))
    return translateRun(command, options, input);
  const row = rowOf(command.command);
  if (translateService && isAbout(command, serviceCreate))
    return translateService(command, input, row, kubernetes);
  return translateByRow(row, command, input);
}

/** Flags before the command are the program's, or of a group of commands; they bear on every kubectl line. */
function withGlobals(
  translation: Translation,
  { command, globals }: DockerCommand,
  rowOf: (command: string) => CommandRow,
): Translation {
  if (globals.length === 0) return translation;
  const families = new Map(globals.map((use) => [use.name, familyOf(use, command)]));
  const judged = [...new Set(families.values())].map((family) => {
    const row = rowOf(family);
    const uses = globals.filter(({ name }) => families.get(name) === family);
    return { row, ...judgeFlags(uses, row) };
  });
  const added = judged.flatMap(({ row, counting }) => counting.flatMap((use) => additionsOf(use, row)));
  return {
    ...translation,
    commands: translation.commands.map(({ argv, why }) => ({
      argv: argv[0] === 'kubectl' ? withAdditions(argv, added) : argv,
      why,
    })),
    flags: [...judged.flatMap(({ verdicts }) => verdicts), ...translation.flags],
  };
}

/** Whose flag it is: `--file` is of `docker compose`, `--builder` of `docker buildx`, `--context` of `docker`. */
function familyOf({ name }: FlagUse, command: string): string {
  const words = command.split(' ');
  const groups = words.map((_, place) => words.slice(0, words.length - place).join(' '));
  return (
    groups.slice(1).find((group) => commandGrammar(group)?.flags.some((flag) => flag.name === name)) ??
    'docker'
  );
}

/** Whether a line is of that command, and does not ask for its help. */
function isAbout({ command, flags }: DockerCommand, name: string): boolean {
  const asksForHelp = flags.some((flag) => flag.name === '--help' && flag.value !== 'false');
  return !asksForHelp && command === name;
}
