import type { ContainerBody, Endpoint, HostConfig } from '../../../docker/container-body.ts';

/**
 * The body of a `create` as the client writes it: null for lists and maps that it never made, nothing for some
 * that are empty, and fields that it has no flags for (api/types/container of moby).
 */
export function wireBody(body: ContainerBody): unknown {
  const { ExposedPorts, Healthcheck, StopSignal, StopTimeout, HostConfig, NetworkingConfig } = body;
  return {
    Hostname: body.Hostname,
    Domainname: body.Domainname,
    User: body.User,
    AttachStdin: body.AttachStdin,
    AttachStdout: body.AttachStdout,
    AttachStderr: body.AttachStderr,
    ...(!isEmpty(ExposedPorts) && { ExposedPorts }),
    Tty: body.Tty,
    OpenStdin: body.OpenStdin,
    StdinOnce: body.StdinOnce,
    Env: orNull(body.Env),
    Cmd: orNull(body.Cmd),
    ...(Healthcheck && { Healthcheck }),
    Image: body.Image,
    Volumes: body.Volumes,
    WorkingDir: body.WorkingDir,
    Entrypoint: orNull(body.Entrypoint),
    Labels: body.Labels,
    ...(StopSignal !== undefined && { StopSignal }),
    ...(StopTimeout !== undefined && { StopTimeout }),
    HostConfig: wireHost(HostConfig),
    NetworkingConfig: {
      EndpointsConfig: Object.fromEntries(
        Object.entries(NetworkingConfig.EndpointsConfig).map(([name, endpoint]) => [
          name,
          wireEndpoint(endpoint),
        ]),
      ),
    },
  };
}

/** Lists that are null where no flag gave them anything. */
const nullable = [
  'Binds',
  'VolumesFrom',
  'CapAdd',
  'CapDrop',
  'Dns',
  'ExtraHosts',
  'GroupAdd',
  'Links',
  'SecurityOpt',
  'DeviceCgroupRules',
  'DeviceRequests',
] as const satisfies readonly (keyof HostConfig)[];

/** What is left out where it is empty. */
const omitted = [
  'StorageOpt',
  'Tmpfs',
  'Sysctls',
  'Runtime',
  'Mounts',
  'Annotations',
] as const satisfies readonly (keyof HostConfig)[];

function wireHost(host: HostConfig): unknown {
  const nulls = nullable.filter((name) => isEmpty(host[name])).map((name) => [name, null] as const);
  const left = Object.entries(host).filter(
    ([name, value]) => !(omitted as readonly string[]).includes(name) || !isEmpty(value),
  );
  return {
    ...Object.fromEntries(left),
    ...Object.fromEntries(nulls),
    ConsoleSize: [0, 0],
    Cgroup: '',
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    MaskedPaths: host.MaskedPaths ?? null,
    ReadonlyPaths: host.ReadonlyPaths ?? null,
  };
}

function wireEndpoint(endpoint: Endpoint): unknown {
  return {
    IPAMConfig: endpoint.IPAMConfig ?? null,
    Links: orNull(endpoint.Links),
    Aliases: orNull(endpoint.Aliases),
    DriverOpts: isEmpty(endpoint.DriverOpts) ? null : endpoint.DriverOpts,
    GwPriority: endpoint.GwPriority,
    NetworkID: '',
    EndpointID: '',
    Gateway: '',
    IPAddress: '',
    MacAddress: endpoint.MacAddress,
    IPPrefixLen: 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    DNSNames: null,
  };
}

function orNull(list: readonly string[]): readonly string[] | null {
  return list.length > 0 ? list : null;
}

function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
