import { parseAddress } from './addresses.ts';
import { parseBytes, parseSwap } from './bytes.ts';
import type { HostConfig } from './container-body.ts';
import { parseCpus } from './cpus.ts';
import {
  type DeviceRequest,
  parseDevice,
  parseDeviceRule,
  parseGpus,
  parseThrottle,
  parseThrottleOperations,
  parseWeight,
} from './devices.ts';
import type { GivenFlags } from './given-flags.ts';
import { cut, parseInteger, parseUnsigned } from './go-values.ts';
import { parseRestart, parseUlimit } from './limits.ts';
import { type Mount, parseMount } from './mounts.ts';
import { parseNetwork } from './networks.ts';
import { parseExtraHost, parseSearchDomain, parseSysctl } from './pairs.ts';
import { parsePort } from './ports.ts';
import { DockerRefusal } from './refusal.ts';
import { parseTmpfs, parseVolume } from './volumes.ts';

/** What `--use-api-socket` mounts. */
const apiSocket: Mount = {
  Type: 'bind',
  Source: '/var/run/docker.sock',
  Target: '/var/run/docker.sock',
  BindOptions: {},
};

/** The part of the request that speaks of the host (parse of cli/command/container/opts.go in docker/cli). */
export function hostConfig(given: GivenFlags): HostConfig {
  const security = securityOptions(given);
  const restart = given.value('--restart', restartPolicy, { Name: 'no', MaximumRetryCount: 0 });
  if (given.on('--rm') && restart.Name !== 'no' && restart.Name !== '') {
    given.refuse(
      '--restart',
      'conflicting options: cannot specify both --restart and --rm',
      'A container that is removed when it ends cannot start again: leave one of them out.',
    );
  }
  const socket = given.on('--use-api-socket') ? [apiSocket] : [];
  return {
    Binds: binds(given),
    ContainerIDFile: given.text('--cidfile'),
    LogConfig: { Type: given.text('--log-driver'), Config: logOptions(given) },
    NetworkMode: given.values('--network', parseNetwork)[0]?.name ?? 'default',
    PortBindings: portBindings(given),
    RestartPolicy: restart,
    AutoRemove: given.on('--rm'),
    VolumeDriver: given.text('--volume-driver'),
    VolumesFrom: given.texts('--volumes-from'),
    CapAdd: capabilities(given.texts('--cap-add')),
    CapDrop: capabilities(given.texts('--cap-drop')),
    CgroupnsMode: mode(given, '--cgroupns', 'CGROUP', (text) => ['private', 'host'].includes(text)),
    Dns: given.values('--dns', parseAddress),
    DnsOptions: given.texts('--dns-option'),
    DnsSearch: given.values('--dns-search', parseSearchDomain),
    ExtraHosts: given.values('--add-host', (text) => {
      const { name, address } = parseExtraHost(text);
      return `${name}:${address}`;
    }),
    GroupAdd: given.texts('--group-add'),
    IpcMode: given.text('--ipc'),
    Links: given.texts('--link'),
    OomScoreAdj: number(given, '--oom-score-adj'),
    PidMode: mode(given, '--pid', 'PID', isPidMode),
    Privileged: given.on('--privileged'),
    PublishAllPorts: given.on('--publish-all'),
    ReadonlyRootfs: given.on('--read-only'),
    SecurityOpt: security.filter((option) => option !== unconfinedPaths),
    StorageOpt: Object.fromEntries(given.values('--storage-opt', storageOption)),
    Tmpfs: Object.fromEntries(
      given.values('--tmpfs', (text) => {
        const { target, options } = parseTmpfs(text);
        return [target, options];
      }),
    ),
    UTSMode: mode(given, '--uts', 'UTS', (text) => text === 'host'),
    UsernsMode: mode(given, '--userns', 'USER', (text) => text === 'host'),
    ShmSize: given.value('--shm-size', parseBytes, 0),
    Sysctls: Object.fromEntries(
      given.values('--sysctl', (text) => {
        const { name, value } = parseSysctl(text);
        return [name, value];
      }),
    ),
    Runtime: given.text('--runtime'),
    Isolation: given.text('--isolation'),
    ...limits(given),
    ...devices(given),
    ...(given.has('--init') && { Init: given.on('--init') }),
    Mounts: [...given.values('--mount', parseMount), ...socket],
    Annotations: Object.fromEntries(given.values('--annotation', pair)),
    ...(security.includes(unconfinedPaths) && { MaskedPaths: [], ReadonlyPaths: [] }),
  };
}

const unconfinedPaths = 'systempaths=unconfined';

function limits(given: GivenFlags) {
  const swappiness = given.value('--memory-swappiness', wholeNumber, -1);
  if (swappiness < -1 || swappiness > 100) {
    given.refuse(
      '--memory-swappiness',
      `invalid value: ${swappiness}. Valid memory swappiness range is 0-100`,
      'Give a number from 0 to 100.',
    );
  }
  const ulimits = new Map(given.values('--ulimit', parseUlimit).map((limit) => [limit.Name, limit]));
  return {
    CpuShares: number(given, '--cpu-shares'),
    Memory: given.value('--memory', parseBytes, 0),
    NanoCpus: given.value('--cpus', parseCpus, 0),
    CgroupParent: given.text('--cgroup-parent'),
    BlkioWeight: given.value('--blkio-weight', (text) => Number(parseUnsigned(text, 16)), 0),
    CpuPeriod: number(given, '--cpu-period'),
    CpuQuota: number(given, '--cpu-quota'),
    CpuRealtimePeriod: number(given, '--cpu-rt-period'),
    CpuRealtimeRuntime: number(given, '--cpu-rt-runtime'),
    CpusetCpus: given.text('--cpuset-cpus'),
    CpusetMems: given.text('--cpuset-mems'),
    MemoryReservation: given.value('--memory-reservation', parseBytes, 0),
    MemorySwap: given.value('--memory-swap', parseSwap, 0),
    MemorySwappiness: swappiness,
    OomKillDisable: given.on('--oom-kill-disable'),
    PidsLimit: number(given, '--pids-limit'),
    Ulimits: [...ulimits.values()].sort((one, other) => (one.Name < other.Name ? -1 : 1)),
  };
}

function devices(given: GivenFlags) {
  const all = given.values('--device', parseDevice);
  const named = all.flatMap((device) => ('cdi' in device ? [device.cdi] : []));
  const byName: DeviceRequest = { Driver: 'cdi', Count: 0, DeviceIDs: named, Capabilities: [], Options: {} };
  return {
    Devices: all.flatMap((device) => ('cdi' in device ? [] : [device])),
    DeviceCgroupRules: given.values('--device-cgroup-rule', parseDeviceRule),
    DeviceRequests: [...given.values('--gpus', parseGpus), ...(named.length > 0 ? [byName] : [])],
    BlkioWeightDevice: given.values('--blkio-weight-device', parseWeight),
    BlkioDeviceReadBps: given.values('--device-read-bps', parseThrottle),
    BlkioDeviceWriteBps: given.values('--device-write-bps', parseThrottle),
    BlkioDeviceReadIOps: given.values('--device-read-iops', parseThrottleOperations),
    BlkioDeviceWriteIOps: given.values('--device-write-iops', parseThrottleOperations),
  };
}

/** Volumes with a source; the same one given twice counts once. */
function binds(given: GivenFlags): string[] {
  const volumes = given.values('--volume', (text) => ({ text, ...parseVolume(text) }));
  return [...new Set(volumes.filter(({ source }) => source !== '').map(({ text }) => text))];
}

/** Capabilities in capitals, with `CAP_`, each once and in order (normalizeCapabilities of the client of moby). */
export function capabilities(given: readonly string[]): string[] {
  const named = given.map((text) => {
    const name = text.toUpperCase();
    return name === 'ALL' || name.startsWith('CAP_') ? name : `CAP_${name}`;
  });
  return [...new Set(named)].sort();
}

function portBindings(given: GivenFlags): HostConfig['PortBindings'] {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { containerPort, protocol, hostIp, hostPort } of given.ports('--publish', parsePort)) {
    const port = `${containerPort}/${protocol}`;
    bindings[port] ??= [];
    bindings[port].push({ HostIp: hostIp, HostPort: hostPort });
  }
  return bindings;
}

function logOptions(given: GivenFlags): Readonly<Record<string, string>> {
  const driver = given.text('--log-driver');
  if (driver === 'none' && given.has('--log-opt')) {
    given.refuse('--log-opt', `invalid logging opts for driver ${driver}`, 'Leave --log-opt out.');
  }
  return Object.fromEntries(given.values('--log-opt', pair));
}

/** Every option but `no-new-privileges` has a value, after `=` or `:`. */
function securityOptions(given: GivenFlags): string[] {
  return given.values('--security-opt', (text) => {
    const [withEquals, valueAfter, found] = cut(text, '=');
    const [name, value] =
      found || withEquals === 'no-new-privileges' ? [withEquals, valueAfter] : cut(text, ':');
    if (value === '' && name !== 'no-new-privileges') {
      throw new DockerRefusal(
        `invalid --security-opt: ${JSON.stringify(text)}`,
        'Write name=value, such as apparmor=unconfined.',
      );
    }
    return text;
  });
}

function restartPolicy(text: string) {
  return text === '' ? { Name: '', MaximumRetryCount: 0 } : parseRestart(text);
}

function storageOption(text: string): [string, string] {
  const [name, value, found] = cut(text, '=');
  if (!found) throw new DockerRefusal('invalid storage option', 'Write name=value, such as size=10G.');
  return [name, value];
}

function pair(text: string): [string, string] {
  const [name, value] = cut(text, '=');
  return [name, value];
}

/** A namespace: empty, or one of those docker knows. */
function mode(given: GivenFlags, name: string, kind: string, isKnown: (text: string) => boolean): string {
  const text = given.text(name);
  if (text !== '' && !isKnown(text))
    given.refuse(name, `${name}: invalid ${kind} mode`, 'Give host, or leave it out.');
  return text;
}

function isPidMode(text: string): boolean {
  const [kind, container] = cut(text, ':');
  return text === 'host' || (kind === 'container' && container !== '');
}

function number(given: GivenFlags, name: string): number {
  return given.value(name, wholeNumber, 0);
}

function wholeNumber(text: string): number {
  return Number(parseInteger(text));
}
