import { baseName } from '../base-name.ts';
import { checkProject } from './consistency.ts';
import { readDotenv } from './dotenv.ts';
import { loadFiles } from './load-files.ts';
import type { ComposeFile, Loading } from './loading.ts';
import { normalizeService, projectName } from './normalize.ts';
import { directoryOf, isOnDrive } from './places.ts';
import type { ComposeProject, ComposeService, Resource } from './project.ts';
import { configShape, modelShape, networkShape, secretShape, volumeShape } from './project-shape.ts';
import { ComposeRefusal, type Place } from './refusal.ts';
import { type ServiceConfig, serviceShape } from './service-shape.ts';
import type { Shape } from './shape.ts';
import { at, type Dict, type Tree, textAt } from './tree.ts';
import { type Lookup, substitute, VariableError } from './variables.ts';

/** What a project is made of; nothing else is read. */
export interface ComposeInput {
  /** At least one; later ones are laid over earlier ones. */
  readonly files: readonly ComposeFile[];
  /** What paths are relative to; absolute. The directory of the first file without. */
  readonly directory?: string;
  /** Variables of the shell. */
  readonly env?: Readonly<Record<string, string>>;
  /** Texts of `.env` and of every `--env-file`, in order. */
  readonly envFiles?: readonly ComposeFile[];
  /** The text of another file by its absolute path: what is extended or included. */
  readonly readFile?: (path: string) => string | undefined;
  readonly profiles?: readonly string[];
  /** Of the project, as with `--project-name`. */
  readonly name?: string;
  /** Leaves names of images to the engine, as compose does itself. */
  readonly anyImage?: boolean;
}

/**
 * Reads compose files as compose does.
 *
 * @throws ComposeRefusal for what compose refuses
 */
export function loadCompose(input: ComposeInput): ComposeProject {
  const [first] = input.files;
  const start: Place = { file: first?.path ?? 'compose.yaml', line: 1, column: 1 };
  if (!first) throw new ComposeRefusal('there is no compose file', 'Name one with -f.', start);
  const directory = input.directory ?? directoryOf(first.path);
  const variables = environment(input);
  const lookup: Lookup = (name) => variables.get(name);
  const unset = new Set<string>();
  const loading: Loading = {
    readFile: input.readFile ?? (() => undefined),
    // What Go's os.UserHomeDir asks for.
    home: lookup(isOnDrive(directory) ? 'USERPROFILE' : 'HOME'),
    unset: (name) => unset.add(name),
    files: [],
    topKeys: [],
    effort: { read: 0, copied: 0 },
    extended: new Map(),
  };
  const asked = input.name ?? lookup('COMPOSE_PROJECT_NAME');
  const ownName = nameOf(input.files, directory, lookup);
  variables.set('COMPOSE_PROJECT_NAME', asked ?? ownName);
  const root = loadFiles(input.files, directory, lookup, loading);
  if (root.entries.size === 0)
    throw new ComposeRefusal('the compose file is empty', 'It begins with `services:`.', start);
  const name = asked ?? (ownName && (projectName(textAt(root, 'name') ?? '') || ownName));
  if (name === '' || projectName(name) !== name) throw wrongName(name, start);
  const profiles = input.profiles ?? lookup('COMPOSE_PROFILES')?.split(',') ?? [];
  const project = assemble(root, { name, directory, profiles, lookup, loading, unset });
  checkProject(project, input.anyImage === true);
  return project;
}

function wrongName(name: string, start: Place): ComposeRefusal {
  return new ComposeRefusal(
    name === '' ? 'the project has no name' : `${JSON.stringify(name)} is no name for a project`,
    'Small letters, digits, hyphens and underscores, and a letter or a digit first. Give it with `name:` or --project-name.',
    start,
  );
}

/** Shell before files; of the files, the last. */
function environment({ env = {}, envFiles = [] }: ComposeInput): Map<string, string> {
  const variables = new Map<string, string>();
  const known: Lookup = (name) => (Object.hasOwn(env, name) ? env[name] : undefined);
  for (const { text, path } of envFiles) {
    for (const [name, value] of readDotenv(text, path, (each) => known(each) ?? variables.get(each)))
      variables.set(name, value);
  }
  for (const [name, value] of Object.entries(env)) variables.set(name, value);
  return variables;
}

/**
 * The name that variables of the files see, which is known before they are read; the directory's where none is
 * given, and empty where what is given is no name.
 */
function nameOf(files: readonly ComposeFile[], directory: string, lookup: Lookup): string {
  const line = /^name:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n#]*))/gm;
  const found = files.flatMap(({ text }) => [...text.matchAll(line)]).at(-1);
  const name = (found?.[1] ?? found?.[2] ?? found?.[3] ?? '').trim();
  if (name === '') return projectName(lastFolder(directory));
  try {
    return projectName(substitute(name, lookup, () => {}));
  } catch (error) {
    if (error instanceof VariableError) return '';
    throw error;
  }
}

function lastFolder(directory: string): string {
  return baseName(directory.replace(/\/+$/, ''));
}

interface Known {
  readonly name: string;
  readonly directory: string;
  readonly profiles: readonly string[];
  readonly lookup: Lookup;
  readonly loading: Loading;
  readonly unset: ReadonlySet<string>;
}

function assemble(root: Dict, { name, directory, profiles, lookup, loading, unset }: Known): ComposeProject {
  const all = readServices(root, lookup, loading);
  const isActive = ({ config }: ComposeService): boolean =>
    !config.profiles ||
    config.profiles.length === 0 ||
    profiles.includes('*') ||
    config.profiles.some((each) => profiles.includes(each));
  const services = all.filter(isActive);
  const resources = <Config>(key: string, shape: Shape<Config>): Resource<NonNullable<Config>>[] =>
    readResources(key, at(root, key), shape, name);
  const networks = resources('networks', networkShape);
  const usesDefault = all.some(({ config }) => config.networks && Object.hasOwn(config.networks, 'default'));
  const place = root.place;
  return {
    name,
    directory,
    services,
    inactive: all
      .filter((each) => !isActive(each))
      .map((each) => ({ name: each.name, profiles: each.config.profiles ?? [], place: each.place })),
    networks:
      usesDefault && !networks.some(({ key }) => key === 'default')
        ? [...networks, { key: 'default', place, config: { name: `${name}_default` }, given: undefined }]
        : networks,
    volumes: resources('volumes', volumeShape),
    configs: resources('configs', configShape).map((each) => withContent(each, lookup)),
    secrets: resources('secrets', secretShape),
    models: resources('models', modelShape),
    topKeys: loading.topKeys,
    files: loading.files,
    unset: [...unset],
  };
}

function readServices(root: Dict, lookup: Lookup, loading: Loading): ComposeService[] {
  const services = at(root, 'services');
  if (services?.kind !== 'dict') return [];
  const path = { key: 'services', above: undefined };
  return [...services.entries].map(([name, { place, value }]) => {
    if (value.kind !== 'dict') {
      throw new ComposeRefusal(
        `services.${name} has to be a mapping`,
        'Give it an `image:` or a `build:`.',
        place,
      );
    }
    const shaped = serviceShape(value, { key: name, above: path });
    const config = normalizeService(withLabelFiles(shaped, loading), lookup);
    const extended = loading.extended.get(name);
    return { name, place, config, given: value, ...(extended ? { extends: extended } : {}) };
  });
}

/** Labels of files, where these can be read; those of the service itself win. */
function withLabelFiles(config: ServiceConfig, { readFile }: Loading): ServiceConfig {
  const read = (config.label_file ?? []).flatMap((path) => {
    const text = readFile(path);
    return text === undefined ? [] : [...readDotenv(text, path, () => undefined)];
  });
  if (read.length === 0) return config;
  return { ...config, labels: { ...Object.fromEntries(read), ...config.labels } };
}

function readResources<Config>(
  section: string,
  tree: Tree | undefined,
  shape: Shape<Config>,
  project: string,
): Resource<NonNullable<Config>>[] {
  if (tree?.kind !== 'dict') return [];
  return [...tree.entries].map(([key, { place, value }]) => {
    const config = (shape(value, { key, above: { key: section, above: undefined } }) ??
      {}) as NonNullable<Config>;
    const { name, external } = config as { name?: string; external?: boolean };
    const named = name ?? (external ? key : `${project}_${key}`);
    return {
      key,
      place,
      config: { ...config, ...(section === 'models' ? { name: name ?? '' } : { name: named }) },
      given: value,
    };
  });
}

/** A config from a variable has the variable's value for its content. */
function withContent(
  resource: ComposeProject['configs'][number],
  lookup: Lookup,
): ComposeProject['configs'][number] {
  const { environment: variable } = resource.config;
  const content = variable === undefined ? undefined : lookup(variable);
  return content === undefined ? resource : { ...resource, config: { ...resource.config, content } };
}
