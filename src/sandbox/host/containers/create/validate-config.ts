import { capabilityNames } from '../../../runtime/capabilities.ts';
import { signalName } from '../../../runtime/program.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { ContainerConfig, HostConfig } from '../container-record.ts';
import { checkMount, checkTmpfsTarget } from './mount-rules.ts';
import { checkPortBindings } from './port-rules.ts';
import { checkResources } from './validate-resources.ts';
import type { WantedHostConfig } from './wanted-host-config.ts';

/** What a request says of a container before anything is filled in. */
export type WantedConfig = Partial<ContainerConfig>;

/** A millisecond, in nanoseconds. */
const shortest = 1_000_000;
/** HOST_NAME_MAX of Linux. */
const longestHostname = 64;

/**
 * Refuses combinations that make no sense, before anything else is looked at (daemon/internal/runconfig of
 * github.com/moby/moby).
 *
 * @throws EngineError
 */
export function checkCombinations(config: WantedConfig, host: WantedHostConfig): void {
  const mode = host.NetworkMode ?? '';
  const links = host.Links ?? [];
  const conflict = (what: string) => refuse(`conflicting options: ${what}`);
  if (mode.startsWith('container:')) {
    if (mode === 'container:') refuse('invalid network mode: invalid container format container:<name|id>');
    if (config.Hostname) conflict('hostname and the network mode');
    if (links.length > 0)
      conflict("container type network can't be used with links. This would result in undefined behavior");
    if ((host.Dns ?? []).length > 0) conflict('dns and the network mode');
    if ((host.ExtraHosts ?? []).length > 0) conflict('custom host-to-IP mapping and the network mode');
    if (Object.keys(host.PortBindings ?? {}).length > 0 || host.PublishAllPorts)
      conflict('port publishing and the container type network mode');
    if (Object.keys(config.ExposedPorts ?? {}).length > 0)
      conflict('port exposing and the container type network mode');
  }
  if (host.UTSMode === 'host' && config.Hostname) conflict('hostname and the UTS mode');
  if (mode === 'host' && links.length > 0)
    conflict("host type networking can't be used with links. This would result in undefined behavior");
}

/**
 * Refuses a configuration that no container can have (`verifyContainerSettings` of daemon/container.go).
 *
 * @param config left out when a container is updated
 * @returns what the daemon warns of
 * @throws EngineError
 */
export function checkSettings(
  config: WantedConfig | undefined,
  host: WantedHostConfig,
  bindSourceExists: (path: string) => boolean,
): readonly string[] {
  if (config) checkConfig(config);
  const restart = host.RestartPolicy ?? { Name: '', MaximumRetryCount: 0 };
  if (host.AutoRemove && restart.Name !== '' && restart.Name !== 'no')
    refuse("can't create 'AutoRemove' container with restart policy");
  for (const mount of host.Mounts ?? []) checkMount(mount, bindSourceExists);
  for (const extra of host.ExtraHosts ?? []) checkExtraHost(extra);
  checkPortBindings(host.PortBindings ?? {});
  checkRestartPolicy(restart);
  checkCapabilities('CapAdd', host.CapAdd);
  checkCapabilities('CapDrop', host.CapDrop);
  if (config && (config.Hostname ?? '').length > longestHostname)
    refuse(`hostname "${config.Hostname}" is too long (maximum ${longestHostname} bytes)`);
  return [...checkResources(host, config === undefined), ...checkModes(host)];
}

function checkConfig(config: WantedConfig): void {
  const { WorkingDir: folder = '', StopSignal: signal = '' } = config;
  if (folder !== '' && !folder.startsWith('/'))
    refuse(`the working directory '${folder}' is invalid, it needs to be an absolute path`);
  if (signal !== '' && signalName(signal) === undefined) refuse(`invalid signal: ${signal}`);
  for (const pair of config.Env ?? [])
    if (pair === '' || pair.startsWith('=')) refuse(`invalid environment variable: ${pair}`);
  const health = config.Healthcheck;
  for (const name of ['Interval', 'Timeout'] as const) {
    const given = health?.[name] ?? 0;
    if (given !== 0 && given < shortest) refuse(`${name} in Healthcheck cannot be less than 1ms`);
  }
  if ((health?.Retries ?? 0) < 0) refuse('Retries in Healthcheck cannot be negative');
  for (const name of ['StartPeriod', 'StartInterval'] as const) {
    const given = health?.[name] ?? 0;
    if (given !== 0 && given < shortest) refuse(`${name} in Healthcheck cannot be less than 1ms`);
  }
}

function checkExtraHost(text: string): void {
  const [, name = '', address = ''] = /^([^:]*):(.*)$/.exec(text) ?? [];
  if (name === '') refuse(`bad format for add-host: "${text}"`);
  if (address === 'host-gateway' || /^[\d.]+$/.test(address) || address.includes(':')) return;
  refuse(`invalid IP address in add-host: "${address}"`);
}

/** @throws EngineError (`ValidateRestartPolicy` of api/types/container) */
function checkRestartPolicy({ Name: name, MaximumRetryCount: most = 0 }: HostConfig['RestartPolicy']): void {
  const invalid = (why: string) => refuse(`invalid restart policy: ${why}`);
  switch (name) {
    case 'always':
    case 'no':
    case 'unless-stopped':
      if (most !== 0)
        invalid(
          most < 0
            ? "maximum retry count can only be used with 'on-failure' and cannot be negative"
            : "maximum retry count can only be used with 'on-failure'",
        );
      return;
    case 'on-failure':
      if (most < 0) invalid('maximum retry count cannot be negative');
      return;
    case '':
      return;
    default:
      invalid(`unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`);
  }
}

function checkCapabilities(what: 'CapAdd' | 'CapDrop', given: unknown): void {
  for (const name of (given ?? []) as readonly string[]) {
    const whole = name.toUpperCase().startsWith('CAP_') ? name.toUpperCase() : `CAP_${name.toUpperCase()}`;
    if (name.toUpperCase() === 'ALL' || capabilityNames.includes(whole.slice(4))) continue;
    refuse(`invalid ${what}: unknown capability: "${whole}"`);
  }
}

/** @returns what the daemon warns of */
function checkModes(host: WantedHostConfig): readonly string[] {
  const { IpcMode: ipc = '', PidMode: pid = '', UTSMode: uts = '', ShmSize: shm = 0 } = host;
  if (!/^(|none|private|host|shareable|container:.+)$/.test(ipc)) refuse(`invalid IPC mode: ${ipc}`);
  if (!/^(|host|container:.+)$/.test(pid)) refuse(`invalid PID mode: ${pid}`);
  if (shm < 0) refuse('SHM size can not be less than 0');
  if (!/^(|host)$/.test(uts)) refuse(`invalid UTS mode: ${uts}`);
  const score = (host.OomScoreAdj ?? 0) as number;
  if (score < -1000 || score > 1000)
    refuse(`Invalid value ${score}, range for oom score adj is [-1000, 1000]`);
  const runtime = (host.Runtime ?? '') as string;
  if (!['', 'runc', 'io.containerd.runc.v2'].includes(runtime))
    refuse(`unknown or invalid runtime name: ${runtime}`);
  const isolation = (host.Isolation ?? '') as string;
  if (!['', 'default'].includes(isolation))
    refuse(`invalid isolation (${isolation}): linux only supports 'default'`);
  for (const target of Object.keys(host.Tmpfs ?? {})) checkTmpfsTarget(target);
  const namespace = (host.CgroupnsMode ?? '') as string;
  if (!['', 'private', 'host'].includes(namespace)) refuse(`invalid cgroup namespace mode: ${namespace}`);
  const isDiscarded = host.NetworkMode === 'host' && Object.keys(host.PortBindings ?? {}).length > 0;
  return isDiscarded ? ['Published ports are discarded when using host network mode'] : [];
}

function refuse(why: string): never {
  throw new EngineError(400, why);
}
