import { loadCompose } from '../../../../docker/compose/load.ts';
import { projectName } from '../../../../docker/compose/normalize.ts';
import type { ComposeProject } from '../../../../docker/compose/project.ts';
import { ComposeRefusal } from '../../../../docker/compose/refusal.ts';
import { readFile, type Steps } from '../../../effects.ts';
import { throwUnless } from '../../../thrown.ts';
import type { DockerContext } from '../../context.ts';
import { CommandFailure } from '../../failures.ts';
import { globalText, globalTexts } from '../flags.ts';
import { warn } from '../warn.ts';
import { defaultEnvFile, withEnvFiles } from './environment.ts';
import { defaultComposeFiles, type FoundFile, readComposeFiles } from './find-files.ts';
import type { Project } from './project.ts';
import { projectOf } from './project-of.ts';
import { refusalWords } from './refusal-words.ts';
import { withEnvironmentResolved } from './resolve-environment.ts';
import { selectServices, withoutUnused } from './select-services.ts';

/** The files of a project with everything that decides how they are read. */
interface ProjectSource {
  readonly files: readonly FoundFile[];
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Those that `--env-file` names. */
  readonly envFiles: readonly string[];
  readonly name: string | undefined;
}

/**
 * Loads the project that the line means (LoadProject of pkg/compose/loader.go).
 *
 * @param names services that it is for; all that are active where there are none
 * @param environment whether the files of variables of all services are read, also of those that are not named
 * @throws CommandFailure
 */
export function* loadProject(
  context: DockerContext,
  names: readonly string[] = [],
  environment: 'left' | 'resolved' = 'left',
): Steps<Project> {
  const source = yield* findSource(context);
  const given = globalTexts(context, '--profile');
  const profiles =
    given.length > 0
      ? given
      : (source.variables.COMPOSE_PROFILES ?? '').split(',').map((each) => each.trim());
  let loaded = yield* load(source, profiles);
  const asleep = loaded.inactive.filter(({ name }) => names.includes(name));
  if (asleep.length > 0)
    loaded = yield* load(source, [...profiles, ...asleep.flatMap((each) => each.profiles)]);
  yield* sayWarnings(loaded, source);
  const whole = projectOf(loaded, { ...source, paths: source.files.map(({ path }) => path) });
  const project = selectServices(
    environment === 'resolved' ? yield* withEnvironmentResolved(whole) : whole,
    names,
  );
  return globalText(context, '--all-resources') === 'true' ? project : withoutUnused(project);
}

/**
 * The name of the project that the line means, and the project where its files are needed or named.
 *
 * @throws CommandFailure
 */
export function* projectOrName(
  context: DockerContext,
  names: readonly string[] = [],
): Steps<{ readonly project: Project | undefined; readonly name: string }> {
  const name = globalText(context, '--project-name') ?? '';
  if (name !== '' && globalTexts(context, '--file').length === 0) return { project: undefined, name };
  try {
    const project = yield* loadProject(context, names);
    return { project, name: project.name };
  } catch (error) {
    const fromEnvironment = context.surroundings.env.COMPOSE_PROJECT_NAME;
    if (!(error instanceof CommandFailure) || !fromEnvironment) throw error;
    return { project: undefined, name: fromEnvironment };
  }
}

/** The name of the project that the line means. @throws CommandFailure */
export function* nameOfProject(context: DockerContext): Steps<string> {
  const name = globalText(context, '--project-name') || context.surroundings.env.COMPOSE_PROJECT_NAME;
  return name || (yield* loadProject(context)).name;
}

function* findSource(context: DockerContext): Steps<ProjectSource> {
  const shell = { ...context.surroundings.env };
  const current = context.resolve('.');
  const asked = globalText(context, '--project-directory') || globalText(context, '--workdir');
  const given = globalTexts(context, '--file').map((path) => (path === '-' ? path : context.resolve(path)));
  const named = given.find((path) => path !== '-');
  const folder = asked ? context.resolve(asked) : named ? folderOf(named) : current;
  const envFiles = (
    globalTexts(context, '--env-file').length > 0
      ? globalTexts(context, '--env-file')
      : (shell.COMPOSE_ENV_FILES ?? '').split(',').filter(Boolean)
  ).map((path) => context.resolve(path));
  let variables = yield* withEnvFiles(
    shell,
    envFiles.length > 0 ? envFiles : yield* defaultEnvFile(folder, shell),
  );
  const { paths, origin } = yield* pathsOf(context, given, folder, variables);
  const [first] = paths.filter((path) => path !== '-');
  const directory = asked ? folder : first ? folderOf(first) : current;
  if (envFiles.length === 0)
    variables = yield* withEnvFiles(variables, yield* defaultEnvFile(directory, variables));
  const files = yield* readComposeFiles(paths, origin);
  const name = globalText(context, '--project-name');
  if (name && name !== projectName(name)) throw wrongName(name);
  return { files, directory, variables, envFiles, name: name || variables.COMPOSE_PROJECT_NAME || undefined };
}

/** loader.InvalidProjectNameErr of compose-go. */
function wrongName(name: string): CommandFailure {
  return new CommandFailure(
    `invalid project name ${JSON.stringify(name)}: must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`,
  );
}

function* pathsOf(
  context: DockerContext,
  given: readonly string[],
  folder: string,
  variables: Readonly<Record<string, string>>,
): Steps<{ readonly paths: readonly string[]; readonly origin?: string }> {
  if (given.length > 0) return { paths: given };
  const { COMPOSE_FILE: listed, COMPOSE_PATH_SEPARATOR: separator } = variables;
  if (listed) {
    const origin = ' set by COMPOSE_FILE environment variable';
    const paths: string[] = [];
    for (const entry of listed.split(separator || ':')) {
      const path = entry === '-' ? entry : context.resolve(entry);
      if (path !== '-' && (yield* readFile(path)) === undefined)
        throw new CommandFailure(
          `compose file ${JSON.stringify(entry)}${origin} is invalid: stat ${path}: no such file or directory`,
        );
      paths.push(path);
    }
    return { paths, origin };
  }
  return { paths: yield* defaultComposeFiles(folder) };
}

function folderOf(path: string): string {
  return path.replace(/\/[^/]*$/, '') || '/';
}

/** Reads the files again as long as they name others that were not read yet. */
function* load(source: ProjectSource, profiles: readonly string[]): Steps<ComposeProject> {
  const known = new Map<string, string | undefined>();
  for (;;) {
    const missing = new Set<string>();
    let loaded: ComposeProject | undefined;
    let refusal: ComposeRefusal | undefined;
    try {
      loaded = loadCompose({
        files: source.files,
        directory: source.directory,
        env: source.variables,
        readFile: (path) => {
          if (!known.has(path)) missing.add(path);
          return known.get(path);
        },
        profiles,
        anyImage: true,
        ...(source.name === undefined ? {} : { name: source.name }),
      });
    } catch (error) {
      throwUnless(error, ComposeRefusal);
      refusal = error;
    }
    for (const path of missing) known.set(path, yield* readFile(path));
    if (missing.size > 0) continue;
    if (loaded) return loaded;
    if (refusal) throw new CommandFailure(refusalWords(refusal, textOf(refusal, source, known)));
  }
}

function textOf(
  { file }: ComposeRefusal,
  { files }: ProjectSource,
  known: ReadonlyMap<string, string | undefined>,
): string {
  return files.find(({ path }) => path === file)?.text ?? known.get(file) ?? '';
}

function* sayWarnings(loaded: ComposeProject, { files }: ProjectSource): Steps<void> {
  for (const name of loaded.unset)
    yield* warn(`The ${JSON.stringify(name)} variable is not set. Defaulting to a blank string.`);
  for (const { path } of files) {
    if (!loaded.topKeys.some(({ key, place }) => key === 'version' && place.file === path)) continue;
    yield* warn(
      `${path}: the attribute \`version\` is obsolete, it will be ignored, please remove it to avoid potential confusion`,
    );
  }
}
