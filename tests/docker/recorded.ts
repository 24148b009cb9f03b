import type { ContainerRequest } from '../../src/docker/container-request.ts';

/** What a docker client did with a line. */
export interface Outcome {
  /** `local` where it did what was asked, or could not here, without a request. */
  readonly outcome: 'request' | 'refused' | 'local';
  readonly said?: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** For a container: what is otherwise than in the baseline. */
  readonly set?: Body;
}

export interface RecordedCase extends Outcome {
  readonly line: string;
  readonly argv: readonly string[];
  /** What an older client did, where it did otherwise. */
  readonly before?: Outcome;
}

export type Body = { readonly [key: string]: unknown };

/** A baseline with what a line changes in it. */
export function setOf(base: unknown, set: unknown): unknown {
  if (!isBody(base) || !isBody(set)) return set;
  if ('=' in set) return set['='];
  const changed = Object.entries(set).map(([key, value]) => [
    key,
    key in base ? setOf(base[key], value) : value,
  ]);
  return { ...base, ...Object.fromEntries(changed) };
}

/** Fields that the client sends with no more than their zero value, since no flag sets them. */
const neverSet = [
  ...['ConsoleSize', 'OnBuild', 'Cgroup', 'CpuCount', 'CpuPercent', 'IOMaximumIOps', 'IOMaximumBandwidth'],
  ...['NetworkID', 'EndpointID', 'Gateway', 'IPAddress', 'IPPrefixLen', 'IPv6Gateway', 'GlobalIPv6Address'],
  ...['GlobalIPv6PrefixLen', 'DNSNames'],
];

/** Sets, whose values are empty and whose keys count. */
const sets = ['ExposedPorts', 'Volumes', 'EndpointsConfig', 'PortBindings'];

/** Fields that are left out as well as empty. */
const maybeEmpty = ['StorageOpt', 'Tmpfs', 'Sysctls', 'Runtime', 'StopSignal', 'Healthcheck'];

/** A body in the one form that ours and the client's can be compared in: nothing empty, no order in sets. */
export function comparable(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => comparable(each));
  if (!isBody(value)) return value;
  const entries = Object.entries(value)
    .filter(([name]) => !neverSet.includes(name))
    .map(([name, each]): [string, unknown] => [name, comparable(each, name)])
    .filter(([name, each]) => sets.includes(key) || !isEmpty(each, name))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries);
}

function isEmpty(value: unknown, name: string): boolean {
  if (value === null || value === undefined) return true;
  if (value === '' && maybeEmpty.includes(name)) return true;
  if (name === 'MaskedPaths' || name === 'ReadonlyPaths') return false;
  if (Array.isArray(value)) return value.length === 0;
  return isBody(value) && Object.keys(value).length === 0;
}

/**
 * Our request as the client would have sent it from the folder /here: a relative source becomes a path
 * there, and binds have no order, since the client keeps them in a map.
 */
export function sentFromHere({ body }: ContainerRequest): Body {
  const { Binds, Mounts } = body.HostConfig;
  return {
    ...body,
    HostConfig: {
      ...body.HostConfig,
      Binds: Binds.map((bind) => bind.replace(/^\.[^:]*/, inHere)).sort(),
      Mounts: Mounts.map((mount) =>
        mount.Source === undefined ? mount : { ...mount, Source: mount.Source.replace(/^\..*/, inHere) },
      ),
    },
  };
}

function inHere(path: string): string {
  return new URL(path, 'file:///here/').pathname.replace(/(?<=.)\/$/, '');
}

/** The client's body with its binds in order. */
export function withSortedBinds(body: unknown): Body {
  const { HostConfig, ...rest } = body as { HostConfig: { Binds: string[] | null } };
  return { ...rest, HostConfig: { ...HostConfig, Binds: HostConfig.Binds?.toSorted() ?? [] } };
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
