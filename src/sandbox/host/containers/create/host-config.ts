import { EngineError } from '../../engine/engine-error.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import type { HostConfig } from '../container-record.ts';
import { sharedContainer } from './other-containers.ts';
import type { WantedHostConfig } from './wanted-host-config.ts';

/** What `/dev/shm` has room for where nobody says otherwise. */
export const usualShmBytes = 64 * 2 ** 20;

/** What the kernel's folders of a container hide (profiles of github.com/moby/moby, oci/defaults.go). */
const maskedPaths: readonly string[] = [
  ...['/proc/acpi', '/proc/asound', '/proc/interrupts', '/proc/kcore', '/proc/keys', '/proc/latency_stats'],
  ...['/proc/sched_debug', '/proc/scsi', '/proc/timer_list', '/proc/timer_stats'],
  ...['/sys/devices/virtual/powercap', '/sys/firmware'],
];
const readOnlyPaths: readonly string[] = [
  ...['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
];

/**
 * The host's part of a container's configuration, with everything that nobody said, in the order of the API
 * (`HostConfig` of api/types/container in github.com/moby/moby).
 *
 * @throws EngineError for a log driver or an option that the daemon does not know
 */
export function fullHostConfig(parts: EngineParts, wanted: WantedHostConfig): HostConfig {
  const given = (name: string, otherwise: unknown) => wanted[name] ?? otherwise;
  const list = (name: string) => emptyAsClients(name, wanted[name] as readonly unknown[] | null | undefined);
  const map = (name: string) => {
    const value = Object.entries((wanted[name] ?? {}) as object).sort(byName);
    return value.length > 0 ? { [name]: Object.fromEntries(value) } : {};
  };
  const some = (name: string) => {
    const value = wanted[name] as object | null | undefined;
    return value && Object.keys(value).length > 0 ? { [name]: value } : {};
  };
  const memory = wanted.Memory ?? 0;
  const privileged = wanted.Privileged ?? false;
  const mode = wanted.NetworkMode ?? '';
  const shared = (text: string) => withId(parts, text);
  const found = {
    Binds: list('Binds'),
    ContainerIDFile: given('ContainerIDFile', ''),
    LogConfig: logConfig(wanted.LogConfig),
    NetworkMode: mode === '' || mode === 'default' ? 'bridge' : shared(mode),
    PortBindings: Object.fromEntries(Object.entries(wanted.PortBindings ?? {}).sort(byName)),
    RestartPolicy: {
      Name: wanted.RestartPolicy?.Name || 'no',
      MaximumRetryCount: wanted.RestartPolicy?.MaximumRetryCount ?? 0,
    },
    AutoRemove: wanted.AutoRemove ?? false,
    VolumeDriver: wanted.VolumeDriver ?? '',
    VolumesFrom: list('VolumesFrom'),
    ConsoleSize: given('ConsoleSize', [0, 0]),
    ...map('Annotations'),
    CapAdd: list('CapAdd'),
    CapDrop: list('CapDrop'),
    CgroupnsMode: given('CgroupnsMode', '') || 'private',
    Dns: list('Dns'),
    DnsOptions: list('DnsOptions'),
    DnsSearch: list('DnsSearch'),
    ExtraHosts: list('ExtraHosts'),
    GroupAdd: list('GroupAdd'),
    IpcMode: shared(wanted.IpcMode || 'private'),
    Cgroup: '',
    Links: list('Links'),
    OomScoreAdj: given('OomScoreAdj', 0),
    PidMode: shared(wanted.PidMode ?? ''),
    Privileged: privileged,
    PublishAllPorts: wanted.PublishAllPorts ?? false,
    ReadonlyRootfs: wanted.ReadonlyRootfs ?? false,
    SecurityOpt: privileged ? [...(list('SecurityOpt') ?? []), 'label=disable'] : list('SecurityOpt'),
    ...map('StorageOpt'),
    ...map('Tmpfs'),
    UTSMode: wanted.UTSMode ?? '',
    UsernsMode: given('UsernsMode', ''),
    ShmSize: wanted.ShmSize || usualShmBytes,
    ...map('Sysctls'),
    Runtime: given('Runtime', '') || 'runc',
    Isolation: given('Isolation', ''),
    CpuShares: given('CpuShares', 0),
    Memory: memory,
    NanoCpus: wanted.NanoCpus ?? 0,
    CgroupParent: given('CgroupParent', ''),
    BlkioWeight: given('BlkioWeight', 0),
    BlkioWeightDevice: list('BlkioWeightDevice'),
    BlkioDeviceReadBps: list('BlkioDeviceReadBps'),
    BlkioDeviceWriteBps: list('BlkioDeviceWriteBps'),
    BlkioDeviceReadIOps: list('BlkioDeviceReadIOps'),
    BlkioDeviceWriteIOps: list('BlkioDeviceWriteIOps'),
    CpuPeriod: wanted.CpuPeriod ?? 0,
    CpuQuota: wanted.CpuQuota ?? 0,
    CpuRealtimePeriod: given('CpuRealtimePeriod', 0),
    CpuRealtimeRuntime: given('CpuRealtimeRuntime', 0),
    CpusetCpus: given('CpusetCpus', ''),
    CpusetMems: given('CpusetMems', ''),
    Devices: list('Devices'),
    DeviceCgroupRules: list('DeviceCgroupRules'),
    DeviceRequests: list('DeviceRequests'),
    MemoryReservation: given('MemoryReservation', 0),
    MemorySwap: given('MemorySwap', 0) || (memory > 0 ? memory * 2 : 0),
    // Control groups of version 2 know neither of the two; the second goes when the container starts.
    MemorySwappiness: null,
    OomKillDisable: false,
    PidsLimit: wanted.PidsLimit || null,
    Ulimits: list('Ulimits'),
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    ...some('Mounts'),
    MaskedPaths: wanted.MaskedPaths ?? (privileged ? null : maskedPaths),
    ReadonlyPaths: wanted.ReadonlyPaths ?? (privileged ? null : readOnlyPaths),
    ...(wanted.Init === undefined || wanted.Init === null ? {} : { Init: wanted.Init }),
  };
  return found as unknown as HostConfig;
}

/** Lists that the client sends empty; the others it leaves out (cli/command/container/opts.go of docker/cli). */
const sentEmpty: ReadonlySet<string> = new Set([
  ...['DnsOptions', 'DnsSearch', 'BlkioWeightDevice', 'BlkioDeviceReadBps', 'BlkioDeviceWriteBps'],
  ...['BlkioDeviceReadIOps', 'BlkioDeviceWriteIOps', 'Devices', 'ExtraHosts', 'Ulimits'],
]);

function emptyAsClients(
  name: string,
  value: readonly unknown[] | null | undefined,
): readonly unknown[] | null {
  if (!value) return null;
  return value.length > 0 || sentEmpty.has(name) ? value : null;
}

/** The container whose namespace is shared is named by its id, so that it may be renamed. */
function withId(parts: EngineParts, mode: string): string {
  const other = sharedContainer(parts, mode);
  return other ? `container:${other.id}` : mode;
}

const logDrivers: ReadonlySet<string> = new Set([
  ...['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'none', 'splunk', 'syslog'],
]);
const fileOptions: readonly string[] = ['max-file', 'max-size', 'compress'];
const tagOptions: readonly string[] = ['labels', 'labels-regex', 'env', 'env-regex', 'tag'];

function logConfig(wanted: HostConfig['LogConfig'] | undefined): HostConfig['LogConfig'] {
  const type = wanted?.Type || 'json-file';
  const config = wanted?.Config ?? {};
  if (!logDrivers.has(type))
    throw new EngineError(400, `error looking up logging plugin ${type}: plugin "${type}" not found`);
  const known = type === 'json-file' || type === 'local' ? [...fileOptions, ...tagOptions] : undefined;
  const shared = [
    'mode',
    'max-buffer-size',
    'cache-disabled',
    'cache-max-file',
    'cache-max-size',
    'cache-compress',
  ];
  for (const name of known ? Object.keys(config) : []) {
    if (known?.includes(name) || shared.includes(name)) continue;
    const which = type === 'local' ? 'log driver local' : `${type} log driver`;
    throw new EngineError(400, `unknown log opt '${name}' for ${which}`);
  }
  return { Type: type, Config: config };
}

/** JSON of Go has the names of a map in order. */
function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
