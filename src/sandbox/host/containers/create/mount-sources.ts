import { layersOf, treeOf } from '../../../runtime/container-image.ts';
import type { FileNode } from '../../../runtime/file-tree.ts';
import { normalPath, wayTo } from '../../../runtime/files/paths.ts';
import { type Volume, volumeTable } from '../../../runtime/volume.ts';
import { Laptop, laptopFilesKey, laptopHost } from '../../../shell/laptop/laptop.ts';
import type { Store } from '../../../store.ts';
import { filesBelow } from '../../children.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import { volumeNamed } from '../../volumes/volume-store.ts';
import type { ContainerRecord, MountPoint } from '../container-record.ts';
import { imageMountVolume, tmpfsVolume } from './container-spec.ts';

/** Folders that every machine has, whether or not the learner has put something in them. */
const systemFolders: ReadonlySet<string> = new Set([
  ...[
    '/',
    '/bin',
    '/boot',
    '/dev',
    '/etc',
    '/home',
    '/lib',
    '/media',
    '/mnt',
    '/opt',
    '/proc',
    '/root',
    '/run',
  ],
  ...['/sbin', '/srv', '/sys', '/tmp', '/usr', '/var', '/var/lib', '/var/log', '/var/run', '/lib/modules'],
]);

/** Where the engine itself listens: it can be mounted, though nothing in the sandbox speaks to it there. */
const engineSockets: readonly string[] = ['/var/run/docker.sock', '/run/docker.sock'];

/** Whether a path of the laptop can be mounted. */
export function bindSourceExists(store: Store, path: string): boolean {
  const laptop = new Laptop(store);
  return (
    systemFolders.has(normalPath(path)) ||
    engineSockets.includes(normalPath(path)) ||
    laptop.isFolder(path) ||
    laptop.node(path) !== undefined
  );
}

/**
 * Sees to it that everything is there that a container mounts: folders that `-v` names are made, and belong to
 * root; a tmpfs begins empty.
 *
 * @throws EngineError when a source has to be there, and is not
 */
export function prepareMounts(parts: EngineParts, container: ContainerRecord): void {
  for (const mount of container.mounts) {
    if (mount.type === 'bind') prepareBind(parts.store, mount);
    if (mount.type === 'volume') demandFolder(parts.store, mount);
    if (mount.type === 'tmpfs') writeTmpfs(parts.store, container.id, mount.destination, mount.tmpfs ?? {});
    if (mount.type === 'image') writeImage(parts, container.id, mount);
  }
  for (const [path, options] of Object.entries(container.hostConfig.Tmpfs ?? {}))
    writeTmpfs(parts.store, container.id, normalPath(path), tmpfsOptions(options));
  const { IpcMode: mode, ShmSize: size } = container.hostConfig;
  if (mode === 'shareable') writeTmpfs(parts.store, container.id, '/dev/shm', { size });
  if (mode === 'host' && !parts.store.read(volumeTable, `${laptopHost}/${tmpfsVolume('host', '/dev/shm')}`))
    writeTmpfs(parts.store, 'host', '/dev/shm', {});
}

/** Forgets what only lived as long as a container. */
export function forgetMounts({ store }: EngineParts, { id }: Pick<ContainerRecord, 'id'>): void {
  for (const kind of ['tmpfs', 'image'])
    for (const key of Object.keys(store.table(volumeTable)))
      if (key.startsWith(`${laptopHost}/${kind}:${id}:`)) store.delete(volumeTable, key);
}

function prepareBind(store: Store, { source = '/', makesSource }: MountPoint): void {
  const isSocket = engineSockets.includes(source);
  if (bindSourceExists(store, source) && !isSocket) return;
  if (!isSocket && !makesSource) {
    const why = `bind source path does not exist: ${source}`;
    throw new EngineError(400, `invalid mount config for type "bind": ${why}`);
  }
  const node: FileNode = isSocket
    ? { kind: 'file', content: '', mode: 0o660, owner: '0:999', at: store.now }
    : { kind: 'folder', mode: 0o755, owner: '0:0', at: store.now };
  const volume = (store.read(volumeTable, laptopFilesKey) ?? { files: {} }) as Volume;
  if (volume.files[source]) return;
  const above = wayTo(source).slice(0, -1);
  const blocked = above.find((each) => volume.files[each]?.kind === 'file');
  if (blocked !== undefined) {
    const why = `error while creating mount source path '${source}': mkdir ${blocked}: not a directory`;
    throw new EngineError(500, why);
  }
  store.write(volumeTable, laptopFilesKey, { ...volume, files: { ...volume.files, [source]: node } });
}

/** A volume may be a folder of the laptop: then that has to be there. */
function demandFolder(store: Store, { name = '' }: MountPoint): void {
  const { device, o = '' } = volumeNamed(store, name)?.options ?? {};
  if (device === undefined || !/\br?bind\b/.test(o) || bindSourceExists(store, device)) return;
  const place = `/var/lib/docker/volumes/${name}/_data`;
  const flags = o.includes('rbind') ? '0x5000' : '0x1000';
  const why = `mount ${device}:${place}, flags: ${flags}: no such file or directory`;
  throw new EngineError(500, `error while mounting volume '${place}': failed to mount local volume: ${why}`);
}

function writeTmpfs(
  store: Store,
  id: string,
  destination: string,
  { size, mode = 0o1777 }: { readonly size?: number; readonly mode?: number },
): void {
  const volume: Volume = {
    files: {},
    memory: true,
    mode,
    ...(size === undefined ? {} : { sizeLimit: size }),
  };
  store.write(volumeTable, `${laptopHost}/${tmpfsVolume(id, destination)}`, volume);
}

function tmpfsOptions(text: string): { readonly size?: number; readonly mode?: number } {
  const [, number, unit = ''] = /(?:^|,)size=(\d+)([kmg]?)(?:,|$)/i.exec(text) ?? [];
  const [, mode] = /(?:^|,)mode=([0-7]+)(?:,|$)/.exec(text) ?? [];
  return {
    ...(number === undefined ? {} : { size: Number(number) * scaleOf(unit) }),
    ...(mode === undefined ? {} : { mode: Number.parseInt(mode, 8) }),
  };
}

/** Bytes that a letter behind a size stands for. */
function scaleOf(unit: string): number {
  return unit === '' ? 1 : 1024 ** ('kmg'.indexOf(unit.toLowerCase()) + 1);
}

/** An image that is mounted is a volume with its files. */
function writeImage(
  { store, runtime }: EngineParts,
  id: string,
  { name = '', destination }: MountPoint,
): void {
  const found = runtime.findImage(laptopHost, name);
  if (!found) throw new EngineError(404, `No such image: ${name}`);
  const tree = treeOf(store, layersOf(found.image));
  const files = filesBelow(tree, '/');
  store.write(volumeTable, `${laptopHost}/${imageMountVolume(id, destination)}`, { files } satisfies Volume);
}
