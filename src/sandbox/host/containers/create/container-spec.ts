import { laptopNetwork } from '../../../cluster/network/cluster-network.ts';
import { capabilitiesOf } from '../../../runtime/capabilities.ts';
import { confinementOf } from '../../../runtime/confinement.ts';
import type { ContainerSpec, Mount } from '../../../runtime/container-runtime.ts';
import { normalPath } from '../../../runtime/files/paths.ts';
import { laptopVolume } from '../../../shell/laptop/laptop.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import { hostFilesOf } from '../../network/host-files.ts';
import { networkOfContainer } from '../../network/host-network.ts';
import { mountOfVolume } from '../../volumes/volume-store.ts';
import type { ContainerRecord, MountPoint } from '../container-record.ts';
import { usualShmBytes } from './host-config.ts';
import { sharedContainer } from './other-containers.ts';

/** The network that a container is in: its own, the laptop's, or that of another container. */
function networkOf(parts: EngineParts, { id, hostConfig }: ContainerRecord): string {
  const { NetworkMode: mode } = hostConfig;
  if (mode === 'host') return laptopNetwork;
  const other = sharedContainer(parts, mode);
  return other && other.id !== id ? networkOf(parts, other) : networkOfContainer(id);
}

/** The name of the volume that a tmpfs of a container is. */
export function tmpfsVolume(id: string, destination: string): string {
  return `tmpfs:${id}:${destination}`;
}

/** The name of the volume that an image is, where it is mounted. */
export function imageMountVolume(id: string, destination: string): string {
  return `image:${id}:${destination}`;
}

/** What the runtime is told of a container. */
export function containerSpec(parts: EngineParts, container: ContainerRecord): ContainerSpec {
  const { config, hostConfig, id } = container;
  const pids = sharedContainer(parts, hostConfig.PidMode);
  const cpuLimitMilli = cpuLimitOf(hostConfig);
  const groups = (hostConfig.GroupAdd ?? []).map(Number).filter((each) => !Number.isNaN(each));
  const init = hostConfig.Init === true ? ['/sbin/docker-init', '--'] : [];
  return {
    name: container.name.slice(1),
    image: container.image,
    argv: [...init, container.path, ...container.args],
    env: config.Env ?? [],
    workingDir: config.WorkingDir || '/',
    user: config.User,
    ...(groups.length > 0 ? { groups } : {}),
    hostname: config.Hostname,
    network: networkOf(parts, container),
    mounts: mountsOf(parts, container),
    readOnlyRoot: hostConfig.ReadonlyRootfs,
    tty: config.Tty,
    stdin: config.OpenStdin,
    stopSignal: config.StopSignal ?? 'SIGTERM',
    ...(hostConfig.Memory > 0 ? { memoryLimit: hostConfig.Memory } : {}),
    ...(cpuLimitMilli === undefined ? {} : { cpuLimitMilli }),
    sharePids: pids !== undefined,
    pidNamespace: networkOfContainer(pids?.id ?? id),
    labels: config.Labels,
    ...dockerConfinement(hostConfig),
    hostFiles: hostFilesOf(parts.store, sharedContainer(parts, hostConfig.NetworkMode) ?? container),
  };
}

/** What `--cap-add`, `--ulimit`, `--shm-size` and `--ipc` ask of the kernel. */
function dockerConfinement({
  CapAdd,
  CapDrop,
  Privileged,
  Ulimits,
  ShmSize,
  IpcMode,
}: ContainerRecord['hostConfig']): Pick<ContainerSpec, 'confinement'> {
  const confinement = confinementOf({
    capabilities: capabilitiesOf({ add: CapAdd, drop: CapDrop, privileged: Privileged }),
    limits: Object.fromEntries((Ulimits ?? []).map(({ Name, Soft, Hard }) => [Name, [Soft, Hard]])),
    shmBytes: IpcMode === 'none' ? 0 : ShmSize === usualShmBytes ? undefined : ShmSize,
  });
  return confinement ? { confinement } : {};
}

/** Thousandths of a processor that a container may use; undefined where there is no limit. */
export function cpuLimitOf({
  NanoCpus,
  CpuQuota,
  CpuPeriod,
}: ContainerRecord['hostConfig']): number | undefined {
  if (NanoCpus > 0) return NanoCpus / 1e6;
  return CpuQuota > 0 ? (CpuQuota * 1000) / (CpuPeriod || 100_000) : undefined;
}

function mountsOf(parts: EngineParts, { id, mounts, hostConfig }: ContainerRecord): readonly Mount[] {
  const tmpfs = Object.entries(hostConfig.Tmpfs ?? {}).map(([path, options]): Mount => {
    const target = normalPath(path);
    return { target, volume: tmpfsVolume(id, target), readOnly: options.split(',').includes('ro') };
  });
  const memory = sharedMemoryVolume(parts, id, hostConfig.IpcMode);
  const shm: readonly Mount[] = memory ? [{ target: '/dev/shm', volume: memory, readOnly: false }] : [];
  return [...mounts.map((mount) => mountOf(parts, id, mount)), ...tmpfs, ...shm];
}

function mountOf(parts: EngineParts, id: string, mount: MountPoint): Mount {
  const shared = { target: mount.destination, readOnly: !mount.writable };
  const inside = mount.subPath === undefined ? {} : { subPath: normalPath(mount.subPath) };
  switch (mount.type) {
    case 'bind':
      return { ...shared, volume: laptopVolume, subPath: mount.source ?? '/' };
    case 'tmpfs':
      return { ...shared, volume: tmpfsVolume(id, mount.destination) };
    case 'image':
      return { ...shared, ...inside, volume: imageMountVolume(id, mount.destination) };
    case 'volume': {
      const { volume, subPath = '' } = mountOfVolume(parts.store, mount.name ?? '');
      if (subPath === '' && mount.subPath === undefined) return { ...shared, volume };
      return { ...shared, volume, subPath: normalPath(`${subPath}/${mount.subPath ?? ''}`) };
    }
  }
}

/** The volume that containers share as their `/dev/shm`; undefined for one that has its own, or none. */
function sharedMemoryVolume(parts: EngineParts, id: string, mode: string): string | undefined {
  if (mode === 'host') return tmpfsVolume('host', '/dev/shm');
  if (mode === 'shareable') return tmpfsVolume(id, '/dev/shm');
  const other = sharedContainer(parts, mode);
  return other && sharedMemoryVolume(parts, other.id, other.hostConfig.IpcMode);
}
