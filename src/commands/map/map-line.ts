import { type DockerCommand, parseDocker } from '../../docker/parse.ts';
import { DockerRefusal } from '../../docker/refusal.ts';
import { joinWords, type SplitWords, splitWords, type Word } from '../../docker/words.ts';
import { exitCode, LineError, TutorError } from '../../errors.ts';
import { KubectlRefusal } from '../../kubernetes/refusal.ts';
import { toYaml } from '../../kubernetes/yaml.ts';
import { serviceCreate, translateCommand } from '../../mapping/translate.ts';
import type { Translation } from '../../mapping/translation.ts';
import { showControls } from '../../terminal/control-characters.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawCommandLines, drawTranslation } from '../../terminal/views/translation-view.ts';
import type { Session } from '../session.ts';
import type { ComposeChoice, MapOptions } from './map-options.ts';
import { pagesOf, refusalJson, translationJson } from './translation-json.ts';
import { readOutputForm, writeObjects } from './write-objects.ts';

/** A line that its program would refuse. */
export type Refusal = DockerRefusal | KubectlRefusal;

/** A line with its words. */
export interface TypedLine extends SplitWords {
  readonly input: string;
}

/**
 * Translates one line and prints it.
 *
 * @param typed the line as one word, or its words as the shell split them
 * @throws LineError for a line that would be refused
 */
export async function mapLine(
  session: Session,
  typed: readonly string[],
  options: MapOptions,
): Promise<void> {
  const [only = ''] = typed;
  const input = typed.length === 1 ? only : joinWords(typed).line;
  // What is left when the line cannot even be split.
  let argv = typed;
  try {
    const line =
      typed.length === 1 ? splitLine(input) : { input, leftOut: '', words: joinWords(typed).words };
    argv = line.words.map(({ text }) => text);
    const command = dockerCommand(line.words);
    const compose = command && composeFilesOf(command);
    if (compose) {
      const { mapComposeFiles } = await import('./map-files.ts');
      return mapComposeFiles(session, compose.paths, options, compose.choice);
    }
    show(session, await translateTyped(session, line, options, command), options);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (options.json) session.printJson(refusalJson(input, argv, error));
    throw refused(error, input);
  }
}

/** The files of a `docker compose -f … up`: what it brings up is what is asked about. */
function composeFilesOf({
  command,
  globals,
}: DockerCommand): { paths: readonly string[]; choice: ComposeChoice } | undefined {
  if (!['docker compose up', 'docker compose create', 'docker compose config'].includes(command))
    return undefined;
  const all = (flag: string): string[] =>
    globals.filter(({ name }) => name === flag).map(({ value }) => value);
  const paths = all('--file');
  const [name] = all('--project-name');
  const envFiles = all('--env-file');
  if (paths.length === 0) return undefined;
  return {
    paths,
    choice: {
      profiles: all('--profile'),
      ...(name === undefined ? {} : { name }),
      ...(envFiles.length === 0 ? {} : { envFiles }),
    },
  };
}

/** Splits a line as a shell would. @throws DockerRefusal when a quote is not closed */
export function splitLine(input: string): TypedLine {
  return { input, ...splitWords(input) };
}

/**
 * Translates a docker or a kubectl line.
 *
 * @param command what docker makes of it, where it is one of docker's
 * @throws DockerRefusal, KubectlRefusal
 */
export async function translateTyped(
  session: Session,
  { input, words, leftOut }: TypedLine,
  options: MapOptions,
  command = dockerCommand(words),
): Promise<Translation> {
  const { kubernetes, as } = options;
  const translateService =
    command?.command === serviceCreate
      ? (await import('../../mapping/swarm/translate-service.ts')).translateServiceCreate
      : undefined;
  const how = { kubernetes, ...(as ? { as } : {}), ...(translateService ? { translateService } : {}) };
  const translation = command
    ? translateCommand(command, input, how, (name) => session.content.commandRow(name))
    : (await import('./map-kubectl.ts')).translateKubectl(session, input, words);
  if (leftOut === '') return translation;
  return {
    ...translation,
    caveats: [...translation.caveats, `Left out, since the shell does it: \`${leftOut}\``],
  };
}

/** Whether an error says that docker or kubectl would refuse the line. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof DockerRefusal || error instanceof KubectlRefusal;
}

/** The error that says so, with the place in the line. */
export function refused({ message, hint, position }: Refusal, input: string): LineError {
  const word = /^\S+/.exec(input.slice(position))?.[0] ?? '';
  return new LineError(message, hint, input, position, word.length);
}

/** Prints a translation in the form that is asked for. @throws TutorError where there is nothing of that form */
export function show(session: Session, translation: Translation, options: MapOptions): void {
  const form = readOutputForm(options.output);
  if (options.json) return session.printJson(translationJson(translation, session.content.pages()));
  const style = styleFor(session.screen);
  const { objects, commands } = translation;
  if (form.kind === 'commands' && commands.length > 0) return session.print(drawCommandLines(commands));
  if (form.kind === 'everything') {
    const pages = pagesOf(translation.sources, session.content.pages());
    return session.print(
      drawTranslation(translation, objects.length > 0 ? toYaml(objects) : '', pages, style),
    );
  }
  if (objects.length === 0 || form.kind === 'commands') {
    const what = form.kind === 'commands' ? 'no command' : 'no objects, so there is no manifest';
    throw new TutorError(
      `${translation.command} becomes ${what}`,
      `See the answer: k8s-docker-tutor map ${shortened(translation.input)}`,
      exitCode.no,
    );
  }
  if (form.kind === 'yaml') session.io.stdout.write(toYaml(objects));
  else session.print(writeObjects(objects, form.folder, options.force === true).map(showControls));
}

/** What docker makes of a line; undefined for one of kubectl's. @throws DockerRefusal */
export function dockerCommand(words: readonly Word[]): DockerCommand | undefined {
  return isKubectl(words) ? undefined : parseDocker(words);
}

function isKubectl(words: readonly Word[]): boolean {
  const names = words.map(({ text }) => text.replace(/^.*[/\\]/, '').replace(/\.exe$/i, ''));
  const program = names.find((name) => /^(docker|docker-compose|podman|nerdctl|kubectl|k)$/.test(name));
  return program === 'kubectl' || program === 'k';
}

function shortened(line: string): string {
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
