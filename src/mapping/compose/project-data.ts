import type { ComposeProject } from '../../docker/compose/project.ts';
import { isName, toName } from '../../kubernetes/names.ts';
import type { ConfigMap, Secret } from '../../kubernetes/objects.ts';
import type { SuggestedCommand } from '../translation.ts';
import { shownPath } from './shown-path.ts';
import type { Survey } from './survey.ts';

type Config = ComposeProject['configs'][number];
type SecretResource = ComposeProject['secrets'][number];

/** What objects a project's configs and secrets are, and the commands that make those whose content is not here. */
export interface SharedData {
  readonly objects: readonly (ConfigMap | Secret)[];
  readonly commands: readonly SuggestedCommand[];
}

/** The most that a ConfigMap or Secret holds, in bytes (https://kubernetes.io/docs/concepts/configuration/configmap/). */
const most = 1_048_576;

/** The key that holds the content: the name of the config or secret. */
export function dataKey({ key }: { readonly key: string }): string {
  return toName(key, 'configKey').name;
}

/** Makes ConfigMaps of what the compose file holds itself, and commands for what is elsewhere. */
export function sharedData(project: ComposeProject, survey: Survey): SharedData {
  const objects: (ConfigMap | Secret)[] = [];
  const commands: SuggestedCommand[] = [];
  for (const config of project.configs) {
    const name = survey.configs.get(config.key) ?? config.key;
    const made = configMap(config, name);
    if (made) objects.push(made);
    else commands.push(...createCommand(config, name, ['configmap'], project));
  }
  for (const secret of project.secrets) {
    const name = survey.secrets.get(secret.key) ?? secret.key;
    commands.push(...createCommand(secret, name, ['secret', 'generic'], project));
  }
  return { objects, commands };
}

function configMap(config: Config, name: string): ConfigMap | undefined {
  const { content, external } = config.config;
  if (external || content === undefined || content.length > most) return undefined;
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { [dataKey(config)]: content } };
}

function createCommand(
  resource: Config | SecretResource,
  name: string,
  kind: readonly string[],
  project: ComposeProject,
): SuggestedCommand[] {
  const { external, file, environment } = resource.config;
  if (external) return [];
  const key = dataKey(resource);
  const what = kind[0] === 'secret' ? 'Secret' : 'ConfigMap';
  if (file !== undefined) {
    const shown = shownPath(file, project.directory);
    const base = file.split('/').at(-1);
    const from = base === key && isName(key, 'configKey') ? shown : `${key}=${shown}`;
    return [
      {
        argv: ['kubectl', 'create', ...kind, name, `--from-file=${from}`],
        why: `Makes the ${what} of ${shown}, which is not read here.`,
      },
    ];
  }
  if (environment !== undefined) {
    return [
      {
        argv: ['kubectl', 'create', ...kind, name, `--from-literal=${key}=$${environment}`],
        why: `Makes the ${what} of the variable ${environment} of your shell.`,
      },
    ];
  }
  return [];
}
