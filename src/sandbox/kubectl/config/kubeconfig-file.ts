import { readFile, type Steps, writeFile } from '../../effects.ts';
import { goYaml } from '../../go/go-yaml.ts';
import { type Kubeconfig, kubeconfigPath, readKubeconfig, type Surroundings } from '../config.ts';
import type { KubectlContext } from '../context.ts';
import type { Options } from '../options.ts';
import { clusterFields, contextFields, type Fields, userFields, writtenEntry } from './fields.ts';

/** One cluster, user or context. */
export type Entry = Readonly<Record<string, unknown>>;

/** Entries by their names. */
export type Entries = Readonly<Record<string, Entry>>;

/** The configuration, its lists as maps. */
export interface Configuration {
  readonly clusters: Entries;
  readonly users: Entries;
  readonly contexts: Entries;
  readonly currentContext: string;
  readonly preferences?: unknown;
}

/** The configuration of a line; an empty one when there is no file. @throws CommandFailure when it is no YAML */
export function* loadConfiguration({ options, surroundings }: KubectlContext): Steps<Configuration> {
  const isThere = (yield* readFile(kubeconfigPath(options, surroundings))) !== undefined;
  return configurationOf(isThere ? yield* readKubeconfig(options, surroundings) : {});
}

function configurationOf(file: Kubeconfig): Configuration {
  const entries = (list: readonly { readonly name: string }[] | null | undefined, part: string): Entries =>
    Object.fromEntries(
      (list ?? []).map((each) => [each.name, ((each as unknown as Entry)[part] ?? {}) as Entry]),
    );
  return {
    clusters: entries(file.clusters, 'cluster'),
    users: entries(file.users, 'user'),
    contexts: entries(file.contexts, 'context'),
    currentContext: file['current-context'] ?? '',
    ...(isEmpty(file.preferences) ? {} : { preferences: file.preferences }),
  };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || Object.keys(value).length === 0;
}

/** Writes the configuration back to the file it came from, where something of it has changed. */
export function* saveConfiguration(context: KubectlContext, configuration: Configuration): Steps<void> {
  const before = goYaml(writtenConfiguration(yield* loadConfiguration(context)));
  if (goYaml(writtenConfiguration(configuration)) === before) return;
  yield* writeFile(fileOf(context), goYaml(writtenConfiguration(configuration)));
}

/** The file that a line reads and writes. */
export function fileOf({ options, surroundings }: { options: Options; surroundings: Surroundings }): string {
  return kubeconfigPath(options, surroundings);
}

/** The configuration as it stands in a file: lists in the order of names, fields in that of kubectl's types. */
export function writtenConfiguration(configuration: Configuration): Readonly<Record<string, unknown>> {
  const { clusters, users, contexts, currentContext, preferences } = configuration;
  return {
    kind: 'Config',
    apiVersion: 'v1',
    ...(preferences === undefined ? {} : { preferences }),
    clusters: listed(clusters, 'cluster', clusterFields),
    users: listed(users, 'user', userFields),
    contexts: listed(contexts, 'context', contextFields),
    'current-context': currentContext,
  };
}

/** Where there are none, kubectl writes null. */
function listed(entries: Entries, part: string, fields: Fields): readonly unknown[] | null {
  const names = Object.keys(entries).sort();
  if (names.length === 0) return null;
  return names.map((name) => ({ name, [part]: writtenEntry(entries[name] ?? {}, fields) }));
}
