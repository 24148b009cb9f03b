import { listFolder, readFile, type Steps } from '../../effects.ts';
import { sha256 } from '../../images/sha256.ts';
import { configPath, readConfig } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';

/** What is kept of a context (cli/context/store of docker/cli). */
export interface ContextMeta {
  readonly Name: string;
  readonly Metadata: { readonly Description?: string };
  readonly Endpoints: { readonly docker: ContextEndpoint };
}

/** Where an engine is. */
export interface ContextEndpoint {
  readonly Host?: string;
  readonly SkipTLSVerify: boolean;
}

/** The context that is always there. */
export const defaultContext = 'default';
/** What is said of it. */
export const defaultDescription = 'Current DOCKER_HOST based configuration';
/** Where it looks for the engine. */
export const defaultHost = 'unix:///var/run/docker.sock';

/** The context that a line is for: of `--context`, of the shell, or of the settings. */
export function* contextName(context: DockerContext): Steps<string> {
  const { globals } = context.command;
  const flag = (name: string): string | undefined =>
    globals.findLast((global) => global.name === name)?.value;
  const { DOCKER_CONTEXT, DOCKER_HOST } = context.surroundings.env;
  const chosen = flag('--context');
  if (chosen) return chosen;
  if (flag('--host') || DOCKER_HOST) return defaultContext;
  return DOCKER_CONTEXT || (yield* readConfig(context)).currentContext || defaultContext;
}

/** The folder of a context below the settings, `meta` or `tls`. */
export function contextFolder(context: DockerContext, name: string, kind: 'meta' | 'tls'): string {
  return `${contextsFolder(context)}/${kind}/${sha256(name)}`;
}

function contextsFolder(context: DockerContext): string {
  return configPath(context).replace(/config\.json$/, 'contexts');
}

/** All contexts, the default one first. */
export function* allContexts(context: DockerContext): Steps<readonly ContextMeta[]> {
  const folder = `${contextsFolder(context)}/meta`;
  const found: ContextMeta[] = [defaultMeta(context)];
  for (const name of (yield* listFolder(folder)) ?? []) {
    const text = yield* readFile(`${folder}/${name}/meta.json`);
    if (text !== undefined) found.push(JSON.parse(text));
  }
  return found;
}

/** A context by its name. @throws CommandFailure where there is none */
export function* findContext(context: DockerContext, name: string): Steps<ContextMeta> {
  if (name === defaultContext) return defaultMeta(context);
  const path = `${contextFolder(context, name, 'meta')}/meta.json`;
  const text = yield* readFile(path);
  if (text !== undefined) return JSON.parse(text);
  const quoted = JSON.stringify(name);
  throw new CommandFailure(`context ${quoted}: context not found: open ${path}: no such file or directory`);
}

function defaultMeta(context: DockerContext): ContextMeta {
  const Host = context.surroundings.env.DOCKER_HOST || defaultHost;
  return { Name: defaultContext, Metadata: {}, Endpoints: { docker: { Host, SkipTLSVerify: false } } };
}
