import type { Mount } from '../container-runtime.ts';
import { sizeOf, type Volume } from '../volume.ts';
import { sharedMemorySize, sharedMemoryUsed } from './dev-shm.ts';
import type { VirtualContainer } from './virtual-container.ts';

/** Something that is mounted in a container. */
export interface FileSystem {
  readonly device: string;
  readonly target: string;
  readonly type: string;
  readonly options: string;
  /** Bytes; left out where the kernel keeps no files, as with `/proc`. */
  readonly room?: { readonly size: number; readonly used: number };
}

const usualDisk = 100 * 2 ** 30;
const usualShare = 0.25;
const guarded = 'nosuid,nodev,noexec,relatime';
const tokenFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What is mounted in a container, in the order of the kernel's list: those that are deeper come later. */
export function fileSystemsOf(container: VirtualContainer): readonly FileSystem[] {
  const { spec } = container;
  const mounted = spec.mounts
    .filter(({ target }) => target !== '/dev/shm')
    .map((mount) => mountedOf(container, mount));
  const given = Object.keys(spec.hostFiles)
    .filter((path) => path.startsWith('/etc/') && !spec.mounts.some(({ target }) => target === path))
    .map((path) => onDisk(container, path, false));
  const depth = ({ target }: FileSystem) => target.split('/').filter(Boolean).length;
  return [
    { ...onDisk(container, '/', spec.readOnlyRoot), device: 'overlay', type: 'overlay' },
    kernels('proc', '/proc', 'proc', `rw,${guarded}`),
    {
      ...kernels('tmpfs', '/dev', 'tmpfs', 'rw,nosuid,size=65536k,mode=755'),
      room: { size: 64 * 2 ** 20, used: 0 },
    },
    kernels('devpts', '/dev/pts', 'devpts', 'rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666'),
    kernels('mqueue', '/dev/mqueue', 'mqueue', `rw,${guarded}`),
    kernels('sysfs', '/sys', 'sysfs', `ro,${guarded}`),
    kernels('cgroup', '/sys/fs/cgroup', 'cgroup2', `ro,${guarded}`),
    ...sharedMemoryOf(container),
    ...[...mounted, ...given].sort((one, other) => depth(one) - depth(other)),
  ];
}

function kernels(device: string, target: string, type: string, options: string): FileSystem {
  return { device, target, type, options };
}

function onDisk({ facts, store }: VirtualContainer, target: string, isReadOnly: boolean): FileSystem {
  const size = facts.disk?.size ?? usualDisk;
  const used = facts.disk ? facts.disk.used(store) : size * usualShare;
  const options = `${isReadOnly ? 'ro' : 'rw'},relatime`;
  return { device: '/dev/vda1', target, type: 'ext4', options, room: { size, used } };
}

function mountedOf(container: VirtualContainer, mount: Mount): FileSystem {
  const { spec, facts } = container;
  const volume = container.volume(container.volumeKey(mount.volume));
  // What the kubelet fills from a Secret never touches a disk, nor does the token that every Pod has.
  const isSecret = mount.isSecret || mount.target === tokenFolder;
  const target = container.resolve(mount.target, true);
  const shown = target.startsWith('/') ? target : mount.target;
  if (!volume.memory && !isSecret) return onDisk(container, shown, mount.readOnly);
  const isDockers = mount.volume.startsWith('tmpfs:');
  const most = isDockers ? facts.memoryBytes / 2 : (spec.memoryLimit ?? facts.memoryBytes);
  const size = volume.sizeLimit ?? most;
  const limit = isDockers && volume.sizeLimit === undefined ? '' : `,size=${Math.round(size / 1024)}k`;
  const options = `${mount.readOnly ? 'ro' : 'rw'},${isDockers ? guarded : 'relatime'}${limit}`;
  return { ...kernels('tmpfs', shown, 'tmpfs', options), room: { size, used: pagesOf(volume) } };
}

/** A container's own, or one that it has in common with others or with its host. */
function sharedMemoryOf(container: VirtualContainer): readonly FileSystem[] {
  const mount = container.spec.mounts.find(({ target }) => target === '/dev/shm');
  const found = mount && mountedOf(container, mount);
  const size = found?.room?.size ?? sharedMemorySize(container.spec);
  if (size === 0) return [];
  const used = found?.room?.used ?? sharedMemoryUsed(container.changed);
  const device = mount?.volume.startsWith('tmpfs:host:') ? 'tmpfs' : 'shm';
  const options = `rw,${guarded},size=${Math.round(size / 1024)}k`;
  return [{ ...kernels(device, '/dev/shm', 'tmpfs', options), room: { size, used } }];
}

const page = 4096;

/** Bytes that the files of a volume take in memory, where each has whole pages. */
function pagesOf({ files }: Volume): number {
  const sizes = Object.values(files).map((node) => (node.kind === 'file' ? sizeOf(node) : 0));
  return sizes.reduce((sum, size) => sum + Math.ceil(size / page) * page, 0);
}
