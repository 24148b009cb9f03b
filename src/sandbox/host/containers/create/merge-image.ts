import type { ImageConfig } from '../../../runtime/container-runtime.ts';
import { normalPath } from '../../../runtime/files/paths.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { ContainerConfig, HealthConfig } from '../container-record.ts';
import type { WantedConfig } from './validate-config.ts';

const nanoseconds = 1_000_000;

/**
 * The configuration of a container: what was asked for, over what its image says (`merge` of daemon/commit.go in
 * github.com/moby/moby).
 *
 * @throws EngineError when there is nothing to run
 */
export function mergedConfig(wanted: WantedConfig, image: ImageConfig): ContainerConfig {
  const { Hostname = '', Domainname = '', Image = '' } = wanted;
  const health = mergedHealth(wanted.Healthcheck, image);
  const ports = { ...set(image.exposedPorts), ...wanted.ExposedPorts };
  const volumes = { ...wanted.Volumes, ...set(image.volumes) };
  const [entrypoint, cmd] = commandOf(wanted, image);
  const signal = wanted.StopSignal || image.stopSignal;
  const folder = wanted.WorkingDir || image.workingDir || '';
  return {
    Hostname,
    Domainname,
    User: wanted.User || image.user || '',
    AttachStdin: wanted.AttachStdin ?? false,
    AttachStdout: wanted.AttachStdout ?? false,
    AttachStderr: wanted.AttachStderr ?? false,
    ...(Object.keys(ports).length > 0 ? { ExposedPorts: sorted(ports) } : {}),
    Tty: wanted.Tty ?? false,
    OpenStdin: wanted.OpenStdin ?? false,
    StdinOnce: wanted.StdinOnce ?? false,
    Env: mergedEnv(wanted.Env ?? [], image.env ?? []),
    Cmd: cmd,
    ...(health ? { Healthcheck: health } : {}),
    Image,
    Volumes: Object.keys(volumes).length > 0 ? sorted(volumes) : null,
    WorkingDir: folder === '' ? '' : normalPath(folder),
    Entrypoint: entrypoint,
    Labels: sorted({ ...image.labels, ...wanted.Labels }),
    ...(signal ? { StopSignal: signal } : {}),
    ...(wanted.StopTimeout === undefined || wanted.StopTimeout === null
      ? {}
      : { StopTimeout: wanted.StopTimeout }),
    ...(wanted.Shell && { Shell: wanted.Shell }),
  };
}

/** Entrypoint and command; the image's command goes with its entrypoint. */
function commandOf(
  { Entrypoint: entrypoint, Cmd: words }: WantedConfig,
  image: ImageConfig,
): readonly [readonly string[] | null, readonly string[] | null] {
  const isOwn = (entrypoint ?? []).length > 0;
  const cmd = (words ?? []).length > 0 || isOwn ? (words ?? null) : (image.cmd ?? null);
  const start = isOwn ? entrypoint : (image.entrypoint ?? null);
  const found = start?.length === 1 && start[0] === '' ? null : (start ?? null);
  if ((found ?? []).length === 0 && (cmd ?? []).length === 0)
    throw new EngineError(400, 'no command specified');
  return [found, cmd?.length === 0 ? null : cmd];
}

function mergedEnv(own: readonly string[], image: readonly string[]): readonly string[] | null {
  const names = new Set(own.map(nameOf));
  const all = [...own, ...image.filter((pair) => !names.has(nameOf(pair)))];
  return all.length > 0 ? all : null;
}

function nameOf(pair: string): string {
  return pair.replace(/=.*/s, '');
}

function mergedHealth(own: HealthConfig | undefined, { healthcheck }: ImageConfig): HealthConfig | undefined {
  if (!healthcheck) return own && Object.keys(own).length > 0 ? own : undefined;
  const time = (wanted: number | undefined, given: number | undefined) =>
    wanted || (given ?? 0) * nanoseconds;
  const merged = {
    Interval: time(own?.Interval, healthcheck.intervalMs),
    Timeout: time(own?.Timeout, healthcheck.timeoutMs),
    StartPeriod: time(own?.StartPeriod, healthcheck.startPeriodMs),
    StartInterval: time(own?.StartInterval, healthcheck.startIntervalMs),
    Retries: own?.Retries || (healthcheck.retries ?? 0),
  };
  const set = Object.entries(merged).filter(([, value]) => value !== 0);
  const test = own?.Test?.length ? own.Test : healthcheck.test;
  return { Test: test, ...Object.fromEntries(set) };
}

function set(names: readonly string[] = []): Readonly<Record<string, object>> {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

/** As Go writes a map. */
function sorted<T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1)));
}
