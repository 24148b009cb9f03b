import { basename, posix, resolve } from 'node:path';
import { loadCompose } from '../../docker/compose/load.ts';
import { ComposeRefusal } from '../../docker/compose/refusal.ts';
import { exitCode, TutorError } from '../../errors.ts';
import { toYaml } from '../../kubernetes/yaml.ts';
import { allObjects, type ComposeTranslation } from '../../mapping/compose/compose-translation.ts';
import { translateCompose } from '../../mapping/translate-compose.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawCompose } from '../../terminal/views/compose-view.ts';
import { drawCommandLines } from '../../terminal/views/translation-view.ts';
import { readNamed, readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import { slashed } from '../slashed.ts';
import type { ComposeChoice, MapOptions } from './map-options.ts';
import { pagesOf } from './translation-json.ts';
import { readOutputForm, writeObjects } from './write-objects.ts';

interface ComposeFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Translates compose files, laid one over the other, or one Dockerfile.
 *
 * @throws TutorError for a file that cannot be read or understood
 */
export async function mapFiles(
  session: Session,
  paths: readonly string[],
  options: MapOptions,
): Promise<void> {
  const [first = ''] = paths;
  if (!isDockerfile(first)) return mapComposeFiles(session, paths, options);
  if (paths.length > 1) throw new TutorError('Dockerfiles are read one at a time', `Give one: map ${first}`);
  const { mapDockerfile } = await import('./map-dockerfile.ts');
  return mapDockerfile(session, readNamed(first), options);
}

/** Translates the compose files of a line such as `docker compose -f compose.yaml up`. */
export function mapComposeFiles(
  session: Session,
  paths: readonly string[],
  options: MapOptions,
  choice: ComposeChoice = {},
): void {
  mapProject(
    session,
    paths.map((path) => ({ path: slashed(resolve(path), session.io.platform), text: readNamed(path) })),
    options,
    choice,
  );
}

/** Translates a compose file that came on standard input. */
export function mapComposeText(session: Session, text: string, options: MapOptions): void {
  const path = slashed(resolve('compose.yaml'), session.io.platform);
  mapProject(session, [{ path, text }], options, {});
}

/**
 * Translates compose files that have been read.
 *
 * @param readFile gives a file that they name; undefined where it is not there
 */
export function mapProject(
  session: Session,
  files: readonly ComposeFile[],
  options: MapOptions,
  choice: ComposeChoice,
  readFile: (path: string) => string | undefined = readIfThere,
): void {
  const form = readOutputForm(options.output);
  const translation = translate(session, files, options, choice, readFile);
  const objects = allObjects(translation);
  if (options.json) return session.printJson(composeJson(session, files, translation));
  if (form.kind === 'commands') return session.print(drawCommandLines(translation.commands));
  if (form.kind === 'everything') {
    const pages = pagesOf(translation.sources.slice(0, 3), session.content.pages());
    return session.print(drawCompose(translation, pages, styleFor(session.screen)));
  }
  if (objects.length === 0) {
    throw new TutorError(
      'no service of it is active, so there is no manifest',
      'See the answer without -o.',
      exitCode.no,
    );
  }
  if (form.kind === 'yaml') session.io.stdout.write(toYaml(objects));
  else session.print(writeObjects(objects, form.folder, options.force === true));
}

function translate(
  session: Session,
  files: readonly ComposeFile[],
  { kubernetes }: MapOptions,
  choice: ComposeChoice,
  readFile: (path: string) => string | undefined,
): ComposeTranslation {
  const directory = posix.dirname(files[0]?.path ?? '.');
  const envPaths = choice.envFiles ?? [posix.join(directory, '.env')];
  try {
    const project = loadCompose({
      files,
      directory,
      env: Object.fromEntries(
        Object.entries(session.io.env).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
      // What compose itself reads beside the files that are named.
      envFiles: envPaths.flatMap((path) => {
        const text = readFile(path);
        return text === undefined ? [] : [{ path, text }];
      }),
      readFile,
      ...(choice.profiles ? { profiles: choice.profiles } : {}),
      ...(choice.name ? { name: choice.name } : {}),
    });
    return translateCompose(project, { kubernetes });
  } catch (error) {
    if (!(error instanceof ComposeRefusal)) throw error;
    throw new TutorError(`${error.file}:${error.line}:${error.column}: ${error.message}`, error.hint);
  }
}

function composeJson(
  session: Session,
  files: readonly ComposeFile[],
  translation: ComposeTranslation,
): Record<string, unknown> {
  const pages = session.content.pages();
  const withPages = <T extends { readonly sources: readonly string[] }>(
    verdict: T,
  ): Record<string, unknown> => ({
    ...verdict,
    sources: pagesOf(verdict.sources, pages),
  });
  return {
    version: 1,
    input: files.map(({ path }) => basename(path)),
    command: 'docker compose up',
    ...translation,
    objects: allObjects(translation),
    services: translation.services.map((service) => ({
      ...service,
      verdicts: service.verdicts.map(withPages),
    })),
    shared: { ...translation.shared, verdicts: translation.shared.verdicts.map(withPages) },
    sources: pagesOf(translation.sources, pages),
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readText(path);
  } catch {
    return undefined;
  }
}

/** Whether a file is a Dockerfile, by its name. */
export function isDockerfile(path: string): boolean {
  return /^(Dockerfile|Containerfile)\b/i.test(basename(path)) || /\.(dockerfile|containerfile)$/i.test(path);
}
