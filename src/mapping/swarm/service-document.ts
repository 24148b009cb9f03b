import { GivenFlags } from '../../docker/given-flags.ts';
import { cut, parseFields } from '../../docker/go-values.ts';
import { type Mount, parseMount } from '../../docker/mounts.ts';
import { parseNetwork } from '../../docker/networks.ts';
import { parseExtraHost } from '../../docker/pairs.ts';
import type { DockerCommand } from '../../docker/parse.ts';
import { parsePort } from '../../docker/ports.ts';

/** A part of a compose file. */
type Document = Readonly<Record<string, unknown>>;

/**
 * A line of `docker service create` as the compose file that `docker stack deploy` would make the same service
 * of. Only what becomes an object is in it: a flag without counterpart changes nothing. Keys without a value are
 * undefined.
 *
 * @param command from `parseDocker`, so that its values are of the right form
 * @param name of the service
 */
export function serviceDocument(command: DockerCommand, name: string): Document {
  const given = new GivenFlags(command);
  const [image = '', ...args] = command.args;
  const networks = given.values('--network', parseNetwork);
  const isOnHost = networks.some((each) => each.name === 'host');
  const mounts = given.values('--mount', parseMount);
  const service = {
    image,
    command: listOf(args),
    ...containerKeys(given),
    environment: listOf(given.texts('--env')),
    env_file: listOf(given.texts('--env-file')),
    ports: listOf(publishedPorts(given)),
    volumes: listOf(mounts.map(volumeOf)),
    configs: listOf(filesOf(given, '--config')),
    secrets: listOf(filesOf(given, '--secret')),
    ...(isOnHost
      ? { network_mode: 'host' }
      : { networks: namedOf(networks, (each) => [each.name, { aliases: each.aliases }]) }),
    healthcheck: healthOf(given),
    deploy: deployOf(given),
  };
  const isOutside = { external: true };
  return {
    services: { [name]: service },
    networks: isOnHost ? undefined : namedOf(networks, (each) => [each.name, isOutside]),
    volumes: namedOf(mounts.filter(isNamed), namedVolume),
    configs: namedOf(filesOf(given, '--config'), ({ source }) => [source, isOutside]),
    secrets: namedOf(filesOf(given, '--secret'), ({ source }) => [source, isOutside]),
  };
}

function containerKeys(given: GivenFlags): Document {
  return {
    entrypoint: textOf(given, '--entrypoint'),
    hostname: textOf(given, '--hostname'),
    user: textOf(given, '--user'),
    working_dir: textOf(given, '--workdir'),
    tty: given.on('--tty') || undefined,
    init: given.on('--init') || undefined,
    read_only: given.on('--read-only') || undefined,
    stop_signal: textOf(given, '--stop-signal'),
    stop_grace_period: textOf(given, '--stop-grace-period'),
    cap_add: listOf(given.texts('--cap-add')),
    cap_drop: listOf(given.texts('--cap-drop')),
    group_add: listOf(given.texts('--group')),
    dns: listOf(given.texts('--dns')),
    dns_opt: listOf(given.texts('--dns-option')),
    dns_search: listOf(given.texts('--dns-search')),
    sysctls: listOf(given.texts('--sysctl')),
    extra_hosts: listOf(
      given.values('--host', parseExtraHost).map(({ name, address }) => `${name}=${address}`),
    ),
    labels: listOf(given.texts('--container-label')),
  };
}

function healthOf(given: GivenFlags): Document | undefined {
  if (given.on('--no-healthcheck')) return { disable: true };
  return emptyAsNone({
    test: textOf(given, '--health-cmd'),
    interval: textOf(given, '--health-interval'),
    timeout: textOf(given, '--health-timeout'),
    retries: numberOf(given, '--health-retries'),
    start_period: textOf(given, '--health-start-period'),
    start_interval: textOf(given, '--health-start-interval'),
  });
}

function deployOf(given: GivenFlags): Document | undefined {
  return emptyAsNone({
    mode: textOf(given, '--mode'),
    replicas: numberOf(given, '--replicas'),
    endpoint_mode: textOf(given, '--endpoint-mode'),
    labels: listOf(given.texts('--label')),
    placement: emptyAsNone({
      constraints: listOf(given.texts('--constraint')),
      preferences: listOf(given.texts('--placement-pref').map((each) => ({ spread: cut(each, '=')[1] }))),
      max_replicas_per_node: numberOf(given, '--replicas-max-per-node'),
    }),
    resources: emptyAsNone({
      limits: emptyAsNone({ cpus: textOf(given, '--limit-cpu'), memory: textOf(given, '--limit-memory') }),
      reservations: emptyAsNone({
        cpus: textOf(given, '--reserve-cpu'),
        memory: textOf(given, '--reserve-memory'),
        generic_resources: listOf(given.texts('--generic-resource').map(genericOf)),
      }),
    }),
    restart_policy: {
      // Of a service of Swarm that is the default; compose would look at what runs.
      condition: textOf(given, '--restart-condition') ?? (isJob(given) ? undefined : 'any'),
      max_attempts: numberOf(given, '--restart-max-attempts'),
    },
    update_config: emptyAsNone({
      parallelism: numberOf(given, '--update-parallelism'),
      delay: textOf(given, '--update-delay'),
      order: textOf(given, '--update-order'),
      monitor: textOf(given, '--update-monitor'),
      failure_action: textOf(given, '--update-failure-action'),
    }),
  });
}

/** Whether a service runs to an end. */
export function isJob(given: GivenFlags): boolean {
  return given.text('--mode').endsWith('-job');
}

/** A port that a service publishes, in the long form of compose. */
export interface PublishedPort {
  readonly target: number;
  /** Swarm picks one where it is left out. */
  readonly published?: string;
  readonly protocol: string;
  /** On every node, or on those where it runs. */
  readonly mode: 'ingress' | 'host';
}

/** The ports that a service publishes, ranges taken apart. */
export function publishedPorts(given: GivenFlags): PublishedPort[] {
  return given.ports('--publish', (text) => (text.includes('=') ? [longPort(text)] : shortPorts(text)));
}

function shortPorts(text: string): PublishedPort[] {
  return parsePort(text).map(({ containerPort, hostPort, protocol }) => ({
    target: containerPort,
    ...(hostPort === '' ? {} : { published: hostPort }),
    protocol,
    mode: 'ingress',
  }));
}

function longPort(text: string): PublishedPort {
  const fields = new Map(
    parseFields(text.toLowerCase())
      .map((field) => cut(field, '='))
      .map(([key, value]) => [key, value]),
  );
  const published = fields.get('published');
  return {
    target: Number(fields.get('target')),
    ...(published === undefined ? {} : { published }),
    protocol: fields.get('protocol') ?? 'tcp',
    mode: fields.get('mode') === 'host' ? 'host' : 'ingress',
  };
}

function volumeOf(mount: Mount): Document {
  const { Type, Source, Target, ReadOnly, VolumeOptions, TmpfsOptions } = mount;
  const { SizeBytes, Mode } = TmpfsOptions ?? {};
  return {
    type: Type,
    source: Source,
    target: Target,
    read_only: ReadOnly,
    volume: emptyAsNone({ nocopy: VolumeOptions?.NoCopy, subpath: VolumeOptions?.Subpath }),
    tmpfs: emptyAsNone({ size: SizeBytes, mode: Mode }),
  };
}

function namedVolume({ Source = '', VolumeOptions }: Mount): readonly [string, Document] {
  const { Name, Options } = VolumeOptions?.DriverConfig ?? {};
  return [Source, { driver: Name, driver_opts: Options }];
}

function isNamed({ Type, Source }: Mount): boolean {
  return Type === 'volume' && Source !== undefined;
}

/** A config or a secret that a service is given as a file. */
export interface GivenFile {
  /** Its name. */
  readonly source: string;
  readonly target?: string | undefined;
  readonly uid?: string | undefined;
  readonly gid?: string | undefined;
  readonly mode?: string | undefined;
}

/** What `--config` and `--secret` ask for: `source=site,target=/etc/site.conf,mode=0440`, or the name alone. */
export function filesOf(given: GivenFlags, flag: '--config' | '--secret'): GivenFile[] {
  return given.texts(flag).map((text) => {
    if (!text.includes('=')) return { source: text };
    const fields = new Map(
      parseFields(text)
        .map((field) => cut(field, '='))
        .map(([key, value]) => [key.toLowerCase(), value]),
    );
    return {
      source: fields.get('source') ?? fields.get('src') ?? '',
      target: fields.get('target'),
      uid: fields.get('uid'),
      gid: fields.get('gid'),
      mode: fields.get('mode'),
    };
  });
}

function genericOf(text: string): Document {
  const [kind, value] = cut(text, '=');
  return { discrete_resource_spec: { kind, value: Number(value) } };
}

function textOf(given: GivenFlags, flag: string): string | undefined {
  return given.has(flag) ? given.text(flag) : undefined;
}

function numberOf(given: GivenFlags, flag: string): number | undefined {
  return given.has(flag) ? Number(given.text(flag)) : undefined;
}

function listOf<Entry>(entries: readonly Entry[]): readonly Entry[] | undefined {
  return entries.length > 0 ? entries : undefined;
}

function namedOf<Entry>(
  entries: readonly Entry[],
  named: (entry: Entry) => readonly [string, unknown],
): Document | undefined {
  return entries.length > 0 ? Object.fromEntries(entries.map(named)) : undefined;
}

/** A mapping of which nothing was given is not there at all. */
function emptyAsNone(document: Document): Document | undefined {
  return Object.values(document).some((value) => value !== undefined) ? document : undefined;
}
