import type { HealthCheckConfig, ServiceConfig } from '../../../../docker/compose/service-shape.ts';
import { capabilities } from '../../../../docker/host-config.ts';
import type { Steps } from '../../../effects.ts';
import { readFile } from '../../../effects.ts';
import { cleanPath } from '../../containers/cp-paths.ts';
import { CommandFailure } from '../../failures.ts';
import { containersOf, type Listed, labels, nameOf } from '../containers.ts';
import { serviceHash } from '../model/hash.ts';
import { imageOf, type Project, type Service } from '../project/project.ts';
import { networksOf } from './endpoints.ts';
import { mountsOf } from './mounts.ts';
import { resourcesOf, withoutEmpty } from './resources.ts';

/** What is particular about a container that is created. */
export interface CreateOptions {
  /** 0 for one of `compose run`. */
  readonly number: number;
  readonly inherit?: Listed | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly autoRemove?: boolean;
  readonly attachStdin?: boolean;
  readonly withAliases: boolean;
}

/**
 * The request that creates a container of a service (getCreateConfigs of pkg/compose/create.go).
 *
 * @throws CommandFailure for what compose refuses
 */
export function* containerBody(project: Project, service: Service, options: CreateOptions): Steps<object> {
  const { number, inherit, autoRemove = false, attachStdin = false } = options;
  const dependencies = Object.entries(service.depends_on ?? {}).map(
    ([name, { condition, restart }]) => `${name}:${condition}:${restart ?? false}`,
  );
  const { binds, mounts } = yield* mountsOf(project, service, inherit);
  const links = yield* linksOf(project, service, number);
  const networks = networksOf(project, service, number, links, options.withAliases);
  return {
    ...withoutEmpty({
      Hostname: service.hostname,
      Domainname: service.domainname,
      User: service.user,
      ExposedPorts: exposedPorts(service),
      Tty: service.tty,
      OpenStdin: service.stdin_open,
      StdinOnce: attachStdin && service.stdin_open,
      AttachStdin: attachStdin,
      NetworkDisabled: service.network_mode === 'disabled',
      WorkingDir: service.working_dir,
      StopSignal: service.stop_signal,
      Healthcheck: healthcheckOf(service.healthcheck),
    }),
    AttachStdout: true,
    AttachStderr: true,
    Image: imageOf(service, project.name),
    Cmd: service.command ?? null,
    Entrypoint: service.entrypoint ?? null,
    Env: Object.entries(service.environment ?? {}).map(([key, value]) =>
      value === null ? key : `${key}=${value}`,
    ),
    ...(service.stop_grace_period === undefined
      ? {}
      : { StopTimeout: Math.trunc(service.stop_grace_period / 1000) }),
    Labels: {
      ...options.labels,
      [labels.configHash]: serviceHash(service),
      ...(number > 0 && { [labels.number]: String(number) }),
      [labels.dependsOn]: dependencies.join(','),
    },
    HostConfig: {
      NetworkMode: networks.mode,
      RestartPolicy: restartPolicy(service),
      PortBindings: portBindings(service),
      ...(service.init === undefined ? {} : { Init: service.init }),
      ExtraHosts: Object.entries(service.extra_hosts ?? {}).flatMap(([name, addresses]) =>
        addresses.map((address) => `${name}:${address}`),
      ),
      ...(service.security_opt?.includes('systempaths=unconfined') && { MaskedPaths: [], ReadonlyPaths: [] }),
      ...resourcesOf(service),
      ...withoutEmpty({
        AutoRemove: autoRemove,
        Annotations: service.annotations,
        Binds: binds,
        Mounts: mounts,
        CapAdd: capabilities(service.cap_add ?? []),
        CapDrop: capabilities(service.cap_drop ?? []),
        IpcMode: service.ipc,
        CgroupnsMode: service.cgroup,
        ReadonlyRootfs: service.read_only,
        ShmSize: service.shm_size,
        Sysctls: service.sysctls,
        VolumesFrom: service.volumes_from,
        Dns: service.dns,
        DnsSearch: service.dns_search,
        DnsOptions: service.dns_opt,
        SecurityOpt: yield* securityOptions(project, service),
        StorageOpt: service.storage_opt,
        UsernsMode: service.userns_mode,
        UTSMode: service.uts,
        Privileged: service.privileged,
        PidMode: service.pid,
        Tmpfs: Object.fromEntries(
          (service.tmpfs ?? []).map((each) => [each.split(':', 1)[0], each.split(':').slice(1).join(':')]),
        ),
        Isolation: service.isolation,
        Runtime: service.runtime,
        LogConfig: service.logging && {
          Type: service.logging.driver ?? '',
          Config: service.logging.options ?? null,
        },
        GroupAdd: service.group_add,
        Links: links,
        OomScoreAdj: service.oom_score_adj,
      }),
    },
    ...(networks.endpoints && { NetworkingConfig: { EndpointsConfig: networks.endpoints } }),
  };
}

function exposedPorts({ ports = [], expose = [] }: ServiceConfig): object {
  const published = ports.map(({ target, protocol }) => `${target}/${protocol ?? 'tcp'}`);
  const exposed = expose.flatMap((each) => {
    const [, first = '', last = first, protocol = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(each) ?? [];
    const count = Math.max(0, Number(last) - Number(first) + 1);
    return Array.from({ length: count }, (_, place) => `${Number(first) + place}/${protocol}`);
  });
  return Object.fromEntries([...published, ...exposed].map((port) => [port, {}]));
}

function portBindings({ ports = [] }: ServiceConfig): object {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { target, protocol, host_ip, published } of ports) {
    const key = `${target}/${protocol ?? 'tcp'}`;
    const known = bindings[key] ?? [];
    known.push({ HostIp: host_ip ?? '', HostPort: published ?? '' });
    bindings[key] = known;
  }
  return bindings;
}

const conditions: Readonly<Record<string, string>> = { none: 'no', any: 'always' };

function restartPolicy({ restart, deploy }: ServiceConfig): object {
  const policy = deploy?.restart_policy;
  const [given = '', count] = (restart ?? '').split(':');
  const name = policy ? (policy.condition ?? '') : given;
  const most = policy ? (policy.max_attempts ?? 0) : Number(count ?? 0) || 0;
  return { Name: conditions[name] ?? name, MaximumRetryCount: most };
}

/** Durations in nanoseconds (ToMobyHealthCheck of pkg/compose/convert.go). */
function healthcheckOf(check: HealthCheckConfig | undefined): object | undefined {
  if (!check) return undefined;
  if (check.disable) return { Test: ['NONE'] };
  const nanoseconds = (milliseconds: number | undefined) => milliseconds && milliseconds * 1e6;
  return withoutEmpty({
    Test: check.test,
    Interval: nanoseconds(check.interval),
    Timeout: nanoseconds(check.timeout),
    StartPeriod: nanoseconds(check.start_period),
    StartInterval: nanoseconds(check.start_interval),
    Retries: check.retries,
  });
}

function* linksOf(project: Project, service: Service, number: number): Steps<readonly string[]> {
  const found: string[] = [];
  for (const link of service.links ?? []) {
    const [other = '', alias = other] = link.split(':');
    for (const container of yield* containersOf(project.name, 'exclude', true, [other])) {
      const name = nameOf(container);
      found.push(
        `${name}:${alias}`,
        `${name}:${other}-${number}`,
        `${name}:${project.name}-${other}-${number}`,
      );
    }
  }
  for (const link of service.external_links ?? []) {
    const [other = '', alias = other] = link.split(':');
    found.push(`${other}:${alias}`);
  }
  return found;
}

function* securityOptions(project: Project, { security_opt: given = [] }: Service): Steps<readonly string[]> {
  const parsed: string[] = [];
  for (const option of given) {
    if (option === 'systempaths=unconfined') continue;
    if (!/[=:]/.test(option) && option !== 'no-new-privileges')
      throw new CommandFailure(`invalid security-opt: ${JSON.stringify(option)}`);
    const [, profile] = /^seccomp=(.*)$/.exec(option) ?? [];
    if (profile === undefined || profile === 'unconfined' || profile === 'builtin') {
      parsed.push(option);
      continue;
    }
    const path = profile.startsWith('/') ? profile : cleanPath(`${project.directory}/${profile}`);
    const text = yield* readFile(path);
    if (text === undefined) {
      throw new CommandFailure(
        `opening seccomp profile (${profile}) failed: open ${path}: no such file or directory`,
      );
    }
    parsed.push(`seccomp=${text.replace(/\s+/g, '')}`);
  }
  return parsed;
}
