import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { portMapOf } from '../../network/published-ports.ts';
import { endpointsOf, endpointsOfContainer } from '../../networks/endpoints.ts';
import type { ContainerParts } from '../container-parts.ts';
import { type ContainerRecord, statusOf } from '../container-record.ts';
import { exposedPorts } from '../create/create-container.ts';
import { shownMount } from '../create/mount-points.ts';
import { execsOf } from '../streams/exec-record.ts';
import { sizesOf } from './container-size.ts';
import { goTime } from './shown-time.ts';

/**
 * What `GET /containers/{id}/json` says, in the order of the real one (`InspectResponse` of api/types/container in
 * github.com/moby/moby).
 */
export function inspectContainer(
  parts: ContainerParts,
  container: ContainerRecord,
  withSize: boolean,
): Readonly<Record<string, unknown>> {
  const { id, state } = container;
  const folder = `/var/lib/docker/containers/${id}`;
  const execs = execsOf(parts.store, id).filter(({ exitCode }) => exitCode === undefined);
  const sizes = withSize ? sizesOf(parts, container) : undefined;
  const isRunning = state.startedAt !== undefined;
  const hasFile = ['json-file', 'local'].includes(container.hostConfig.LogConfig.Type);
  return {
    Id: id,
    Created: goTime(container.created),
    Path: container.path,
    Args: container.args,
    State: stateOf(container),
    Image: container.image,
    ResolvConfPath: isRunning ? `${folder}/resolv.conf` : '',
    HostnamePath: isRunning ? `${folder}/hostname` : '',
    HostsPath: isRunning ? `${folder}/hosts` : '',
    LogPath: isRunning && hasFile ? `${folder}/${id}-json.log` : '',
    Name: container.name,
    RestartCount: container.restartCount,
    Driver: 'overlayfs',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: execs.length > 0 ? execs.map((exec) => exec.id) : null,
    HostConfig: { ...container.hostConfig, Links: shownLinks(container) },
    Storage: { RootFS: { Snapshot: { Name: 'overlayfs' } } },
    ...(sizes ? { SizeRw: sizes.own, SizeRootFs: sizes.all } : {}),
    Mounts: container.mounts.map(shownMount),
    Config: container.config,
    NetworkSettings: networkSettings(parts, container),
    ImageManifestDescriptor: manifestOf(parts, container),
  };
}

/** Links of the network `bridge` with whole names; those of other networks stand at their endpoints. */
function shownLinks({ name, hostConfig: { NetworkMode, Links } }: ContainerRecord): readonly string[] | null {
  if (NetworkMode !== 'bridge' || !Links) return null;
  return Links.map((link) => {
    const [target = '', alias = target] = link.split(':');
    return `/${target}:${name}/${alias}`;
  });
}

/** The descriptor of the manifest of a container's image. */
export function manifestOf(
  { runtime }: ContainerParts,
  { image }: ContainerRecord,
): Readonly<Record<string, unknown>> {
  const found = runtime.findImage(laptopHost, image);
  return {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: image,
    size: 440 + 240 * (found?.image.layers.length ?? 1),
    platform: { architecture: 'amd64', os: 'linux' },
  };
}

function stateOf(container: ContainerRecord): Readonly<Record<string, unknown>> {
  const { state, health } = container;
  return {
    Status: statusOf(container),
    Running: state.running,
    Paused: state.paused,
    Restarting: state.restarting,
    OOMKilled: state.oomKilled,
    Dead: false,
    Pid: state.pid,
    ExitCode: state.exitCode,
    Error: state.error,
    StartedAt: goTime(state.startedAt),
    FinishedAt: goTime(state.finishedAt),
    ...(health
      ? {
          Health: {
            Status: health.status,
            FailingStreak: health.failingStreak,
            Log: health.log.map(({ start, end, exitCode, output }) => ({
              Start: goTime(start),
              End: goTime(end),
              ExitCode: exitCode,
              Output: output,
            })),
          },
        }
      : {}),
  };
}

function networkSettings(
  { store }: ContainerParts,
  { id, config, state }: ContainerRecord,
): Readonly<Record<string, unknown>> {
  const isLive = state.running && !state.restarting;
  const hasPorts = isLive && endpointsOfContainer(store, id).some(({ address }) => address !== '');
  const sandbox = isLive ? id.split('').reverse().join('') : '';
  return {
    SandboxID: sandbox,
    SandboxKey: isLive ? `/var/run/docker/netns/${sandbox.slice(0, 12)}` : '',
    Ports: hasPorts ? portMapOf(store, id, exposedPorts(config)) : {},
    Networks: endpointsOf(store, id),
  };
}
