import { readFile, type Steps } from '../effects.ts';
import type { DockerContext } from './context.ts';
import { CommandFailure } from './failures.ts';

/** What the client keeps of its settings (cli/config/configfile of docker/cli), as far as it is read here. */
export interface ClientConfig {
  readonly auths?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly credsStore?: string;
  readonly currentContext?: string;
  readonly detachKeys?: string;
  readonly psFormat?: string;
  readonly imagesFormat?: string;
  readonly networksFormat?: string;
  readonly volumesFormat?: string;
  readonly statsFormat?: string;
  readonly pruneFilters?: readonly string[];
}

/** Where the settings are: the folder of `--config` or `DOCKER_CONFIG`, or else `~/.docker`. */
export function configPath({ command, surroundings }: DockerContext): string {
  const given = command.globals.findLast(({ name }) => name === '--config')?.value;
  const folder = given ?? surroundings.env.DOCKER_CONFIG ?? `${surroundings.home}/.docker`;
  return `${folder}/config.json`;
}

/** The keys that leave a container: of the line, or else of the settings. */
export function* detachKeysOf(context: DockerContext): Steps<string> {
  const given = context.flags.text('--detach-keys') || ((yield* readConfig(context)).detachKeys ?? '');
  const strange = given.split(',').find((key) => key.length > 1 && !/^ctrl-[a-z@[\]^_\\]$/i.test(key));
  if (strange !== undefined)
    throw new CommandFailure(`invalid detach keys (${given}): Unknown character: '${strange}'`);
  return given;
}

/** Reads the settings; none where there is no file, or it is no JSON. */
export function* readConfig(context: DockerContext): Steps<ClientConfig> {
  const text = yield* readFile(configPath(context));
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as ClientConfig) : {};
  } catch {
    return {};
  }
}
