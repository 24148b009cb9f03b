import type { DeviceMapping, DeviceRequest } from './devices.ts';
import type { RestartPolicy, Ulimit } from './limits.ts';
import type { Mount } from './mounts.ts';

type Names = Readonly<Record<string, string>>;
type Set = Readonly<Record<string, Readonly<Record<string, never>>>>;

/**
 * The body of `POST /containers/create` of the Docker Engine API 1.50 and later, with the API's own names.
 * Where the client sends null for a list or a map without entries, here it is empty.
 */
export interface ContainerBody {
  readonly Hostname: string;
  readonly Domainname: string;
  readonly User: string;
  readonly AttachStdin: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
  /** By `80/tcp`: those published and those of `--expose`. */
  readonly ExposedPorts: Set;
  readonly Tty: boolean;
  readonly OpenStdin: boolean;
  readonly StdinOnce: boolean;
  /** `NAME=value`; a bare `NAME` takes the value of the shell that docker is called from, if it has one. */
  readonly Env: readonly string[];
  readonly Cmd: readonly string[];
  readonly Healthcheck?: HealthCheck;
  readonly Image: string;
  /** Anonymous volumes, by path. */
  readonly Volumes: Set;
  readonly WorkingDir: string;
  /** One empty word resets the image's. */
  readonly Entrypoint: readonly string[];
  readonly Labels: Names;
  readonly StopSignal?: string;
  readonly StopTimeout?: number;
  readonly HostConfig: HostConfig;
  readonly NetworkingConfig: { readonly EndpointsConfig: Readonly<Record<string, Endpoint>> };
}

/** Durations in nanoseconds. */
export interface HealthCheck {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

export interface HostConfig {
  /** `source:target[:options]`; a relative source stands as it was written. */
  readonly Binds: readonly string[];
  readonly ContainerIDFile: string;
  readonly LogConfig: { readonly Type: string; readonly Config: Names };
  readonly NetworkMode: string;
  readonly PortBindings: Readonly<
    Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]>
  >;
  readonly RestartPolicy: RestartPolicy;
  readonly AutoRemove: boolean;
  readonly VolumeDriver: string;
  readonly VolumesFrom: readonly string[];
  readonly CapAdd: readonly string[];
  readonly CapDrop: readonly string[];
  readonly CgroupnsMode: string;
  readonly Dns: readonly string[];
  readonly DnsOptions: readonly string[];
  readonly DnsSearch: readonly string[];
  /** `name:address`. */
  readonly ExtraHosts: readonly string[];
  readonly GroupAdd: readonly string[];
  readonly IpcMode: string;
  readonly Links: readonly string[];
  readonly OomScoreAdj: number;
  readonly PidMode: string;
  readonly Privileged: boolean;
  readonly PublishAllPorts: boolean;
  readonly ReadonlyRootfs: boolean;
  readonly SecurityOpt: readonly string[];
  readonly StorageOpt: Names;
  readonly Tmpfs: Names;
  readonly UTSMode: string;
  readonly UsernsMode: string;
  readonly ShmSize: number;
  readonly Sysctls: Names;
  readonly Runtime: string;
  readonly Isolation: string;
  readonly CpuShares: number;
  readonly Memory: number;
  readonly NanoCpus: number;
  readonly CgroupParent: string;
  readonly BlkioWeight: number;
  readonly BlkioWeightDevice: readonly { readonly Path: string; readonly Weight: number }[];
  readonly BlkioDeviceReadBps: readonly Rate[];
  readonly BlkioDeviceWriteBps: readonly Rate[];
  readonly BlkioDeviceReadIOps: readonly Rate[];
  readonly BlkioDeviceWriteIOps: readonly Rate[];
  readonly CpuPeriod: number;
  readonly CpuQuota: number;
  readonly CpuRealtimePeriod: number;
  readonly CpuRealtimeRuntime: number;
  readonly CpusetCpus: string;
  readonly CpusetMems: string;
  readonly Devices: readonly DeviceMapping[];
  readonly DeviceCgroupRules: readonly string[];
  readonly DeviceRequests: readonly DeviceRequest[];
  readonly MemoryReservation: number;
  /** -1 for no limit. */
  readonly MemorySwap: number;
  /** -1 where it is not set. */
  readonly MemorySwappiness: number;
  readonly OomKillDisable: boolean;
  readonly Init?: boolean;
  readonly PidsLimit: number;
  readonly Ulimits: readonly Ulimit[];
  readonly Mounts: readonly Mount[];
  readonly Annotations: Names;
  /** Empty where `systempaths=unconfined` unmasks every path. */
  readonly MaskedPaths?: readonly string[];
  readonly ReadonlyPaths?: readonly string[];
}

export interface Rate {
  readonly Path: string;
  readonly Rate: number;
}

/** How a container is attached to a network. */
export interface Endpoint {
  readonly IPAMConfig?: {
    readonly IPv4Address?: string;
    readonly IPv6Address?: string;
    readonly LinkLocalIPs?: readonly string[];
  };
  readonly Links: readonly string[];
  readonly Aliases: readonly string[];
  readonly MacAddress: string;
  readonly DriverOpts: Names;
  readonly GwPriority: number;
}
