import type { ComposeProject } from '../../../../docker/compose/project.ts';
import type { Tree } from '../../../../docker/compose/tree.ts';
import type { Project, Service } from './project.ts';

/** Where a project was read from. */
export interface ReadFrom {
  /** Paths of its files, without those they include. */
  readonly paths: readonly string[];
  /** Those that `--env-file` names. */
  readonly envFiles: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** What a part of a file says, as a value. */
function plainValue(tree: Tree): unknown {
  if (tree.kind === 'list') return tree.items.map(plainValue);
  if (tree.kind === 'leaf') return typeof tree.value === 'bigint' ? Number(tree.value) : tree.value;
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, plainValue(value)]));
}

/** A project as compose works with it, with the labels of its containers (postProcessProject of pkg/compose/loader.go). */
export function projectOf(loaded: ComposeProject, { paths, variables, envFiles }: ReadFrom): Project {
  const byKey = <Config>(all: readonly { readonly key: string; readonly config: Config }[]) =>
    new Map(all.map(({ key, config }) => [key, config]));
  const services = loaded.services.map(({ name, config }): [string, Service] => [
    name,
    {
      ...config,
      name,
      customLabels: {
        'com.docker.compose.project': loaded.name,
        'com.docker.compose.service': name,
        'com.docker.compose.version': '5.5.1',
        'com.docker.compose.project.working_dir': loaded.directory,
        'com.docker.compose.project.config_files': paths.join(','),
        'com.docker.compose.oneoff': 'False',
        ...(envFiles.length > 0 && {
          'com.docker.compose.project.environment_file': envFiles.join(','),
        }),
      },
    },
  ]);
  return {
    name: loaded.name,
    directory: loaded.directory,
    files: paths,
    environment: { ...variables, COMPOSE_PROJECT_NAME: loaded.name },
    services: new Map(services),
    disabled: new Map(loaded.inactive.map(({ name, profiles }) => [name, profiles])),
    networks: byKey(loaded.networks),
    volumes: byKey(loaded.volumes),
    configs: byKey(loaded.configs),
    secrets: byKey(loaded.secrets),
    models: byKey(loaded.models),
    extensions: new Map(
      loaded.topKeys
        .filter(({ key }) => key.startsWith('x-'))
        .map(({ key, tree }) => [key, plainValue(tree)]),
    ),
  };
}
