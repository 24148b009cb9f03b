import { LineCounter, parse, YAMLParseError } from 'yaml';
import { readFile, type Steps } from '../effects.ts';
import { throwUnless } from '../thrown.ts';
import { BareFailure, CommandFailure } from './failures.ts';
import { yamlComplaint } from './manifests/yaml-complaint.ts';
import type { Options } from './options.ts';

/** Where a command runs. */
export interface Surroundings {
  /** The learner's home directory in the world. */
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A kubeconfig file, as far as kubectl reads it (k8s.io/client-go/tools/clientcmd/api/v1). */
export interface Kubeconfig {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly 'current-context'?: string;
  readonly clusters?: readonly Named<'cluster', Readonly<Record<string, unknown>>>[] | null;
  readonly contexts?:
    | readonly Named<'context', { cluster?: string; user?: string; namespace?: string }>[]
    | null;
  readonly users?: readonly Named<'user', Readonly<Record<string, unknown>>>[] | null;
  readonly preferences?: unknown;
}

type Named<Part extends string, Value> = { readonly name: string } & { readonly [part in Part]?: Value };

/** Which cluster a command speaks to, and in which namespace. */
export interface Target {
  readonly namespace: string;
  /** Whether `--namespace` was given, so that files may not say another one. */
  readonly isNamespaceGiven: boolean;
}

/** The file that the configuration is kept in. */
export function kubeconfigPath(options: Options, { home, env }: Surroundings): string {
  return options.text('--kubeconfig') ?? env.KUBECONFIG?.split(':')[0] ?? `${home}/.kube/config`;
}

/** Reads the configuration; an empty one when there is no file. @throws CommandFailure when it is no YAML */
export function* readKubeconfig(options: Options, surroundings: Surroundings): Steps<Kubeconfig> {
  const path = kubeconfigPath(options, surroundings);
  const text = yield* readFile(path);
  if (text === undefined) {
    if (options.has('--kubeconfig')) throw new CommandFailure(`stat ${path}: no such file or directory`);
    return {};
  }
  const why = (reason: string) => new CommandFailure(`error loading config file "${path}": ${reason}`);
  const lineCounter = new LineCounter();
  let config: Kubeconfig;
  try {
    config = (parse(text, { lineCounter }) as Kubeconfig | null) ?? {};
  } catch (error) {
    throwUnless(error, YAMLParseError);
    throw why(`yaml: ${yamlComplaint(error, text, lineCounter)}`);
  }
  const odd = oddShape(config);
  if (odd !== undefined) throw why(odd);
  return config;
}

/** What Go says of a file that is YAML, and no configuration. */
function oddShape(config: Kubeconfig): string | undefined {
  if (typeof config !== 'object' || Array.isArray(config)) {
    const type = Array.isArray(config) ? 'array' : typeof config === 'boolean' ? 'bool' : typeof config;
    return `couldn't get version/kind; json parse error: json: cannot unmarshal ${type} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`;
  }
  const lists = { clusters: 'NamedCluster', contexts: 'NamedContext', users: 'NamedAuthInfo' };
  for (const [name, type] of Object.entries(lists)) {
    const value: unknown = config[name as keyof Kubeconfig];
    if (value === undefined || value === null || Array.isArray(value)) continue;
    const found = typeof value === 'boolean' ? 'bool' : typeof value;
    return `json: cannot unmarshal ${found} into Go struct field Config.${name} of type []v1.${type}`;
  }
  return undefined;
}

/**
 * The cluster and the namespace that a line means.
 *
 * @throws CommandFailure where the configuration names none
 */
export function* findTarget(options: Options, surroundings: Surroundings): Steps<Target> {
  const config = yield* readKubeconfig(options, surroundings);
  const wanted = options.text('--context') ?? config['current-context'];
  const context = config.contexts?.find(({ name }) => name === wanted)?.context;
  if (options.has('--context') && !context) {
    throw new BareFailure(`Error in configuration: context was not found for specified context: ${wanted}`);
  }
  const cluster = options.text('--cluster') ?? context?.cluster;
  const isKnown = config.clusters?.some(({ name }) => name === cluster) === true;
  if (options.has('--cluster') && !isKnown) {
    throw new CommandFailure(`no server found for cluster "${cluster}"`);
  }
  const user = globalUser(options);
  if (user !== undefined && !config.users?.some(({ name }) => name === user)) {
    throw new CommandFailure(`auth info "${user}" does not exist`);
  }
  if ((options.all('--as-group').length > 0 || options.text('--as-uid')) && !options.text('--as')) {
    throw new CommandFailure(
      `requesting uid, groups or user-extra for ${user ?? context?.user ?? ''} without impersonating a user`,
    );
  }
  if (!isKnown && !options.has('--server')) {
    throw new BareFailure(
      'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    );
  }
  const given = options.text('--namespace');
  return { namespace: given || context?.namespace || 'default', isNamespaceGiven: Boolean(given) };
}

/** The address of the cluster that a line means. */
export function* findServer(options: Options, surroundings: Surroundings): Steps<string> {
  const given = options.text('--server');
  if (given !== undefined) return given;
  const config = yield* readKubeconfig(options, surroundings);
  const wanted = options.text('--context') ?? config['current-context'];
  const context = config.contexts?.find(({ name }) => name === wanted)?.context;
  const name = options.text('--cluster') ?? context?.cluster;
  const cluster = config.clusters?.find((each) => each.name === name)?.cluster;
  return String(cluster?.server ?? '');
}

/** What a request says of who asks: the token of the user, and whom they ask to be taken for (`--as`). */
export function* identityHeaders(
  options: Options,
  surroundings: Surroundings,
): Steps<Readonly<Record<string, string>>> {
  const token = options.text('--token') ?? (yield* tokenOf(options, surroundings));
  const name = options.text('--as');
  const groups = options.all('--as-group');
  const uid = options.text('--as-uid');
  return {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(name ? { 'impersonate-user': name } : {}),
    ...(groups.length > 0 ? { 'impersonate-group': groups.join(',') } : {}),
    ...(uid ? { 'impersonate-uid': uid } : {}),
  };
}

function* tokenOf(options: Options, surroundings: Surroundings): Steps<string | undefined> {
  const config = yield* readKubeconfig(options, surroundings);
  const wanted = options.text('--context') ?? config['current-context'];
  const context = config.contexts?.find(({ name }) => name === wanted)?.context;
  const user = globalUser(options) ?? context?.user;
  const token = config.users?.find(({ name }) => name === user)?.user?.token;
  return typeof token === 'string' ? token : undefined;
}

/** Some commands have a `--user` of their own, which says something else. */
function globalUser({ command }: Options): string | undefined {
  return command.globals.findLast(({ name }) => name === '--user')?.value;
}
