import { layersOf, treeOf } from '../../../runtime/container-image.ts';
import type { FileNode } from '../../../runtime/file-tree.ts';
import { type Volume, volumeTable } from '../../../runtime/volume.ts';
import { Laptop, laptopFilesKey, laptopHost } from '../../../shell/laptop.ts';
import type { Store } from '../../../store.ts';
import { EngineError } from '../../engine/engine-error.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import type { ContainerRecord, MountPoint } from '../container-record.ts';
import { imageMountVolume, tmpfsVolume } from './container-spec.ts';
import { cleaned } from './mount-points.ts';

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
    systemFolders.has(cleaned(path)) ||
    engineSockets.includes(cleaned(path)) ||
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
    if (mount.type === 'tmpfs') writeTmpfs(parts.store, container.id, mount.destination, mount.tmpfs ?? {});
    if (mount.type === 'image') writeImage(parts, container.id, mount);
  }
  for (const [path, options] of Object.entries(container.hostConfig.Tmpfs ?? {}))
    writeTmpfs(parts.store, container.id, cleaned(path), tmpfsOptions(options));
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
  const blocked = ancestors(source).find((each) => volume.files[each]?.kind === 'file');
  if (blocked !== undefined) {
    const why = `error while creating mount source path '${source}': mkdir ${blocked}: not a directory`;
    throw new EngineError(500, why);
  }
  store.write(volumeTable, laptopFilesKey, { ...volume, files: { ...volume.files, [source]: node } });
}

function ancestors(path: string): readonly string[] {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, place) => `/${parts.slice(0, place + 1).join('/')}`);
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
  const options = new Map(
    text.split(',').map((each) => [each.split('=')[0] ?? '', each.split('=')[1] ?? '']),
  );
  const [, number = '', unit = ''] = /^(\d+)([kmg]?)$/i.exec(options.get('size') ?? '') ?? [];
  const scale = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }[unit.toLowerCase()] ?? 1;
  const mode = Number.parseInt(options.get('mode') ?? '', 8);
  return {
    ...(number === '' ? {} : { size: Number(number) * scale }),
    ...(Number.isNaN(mode) ? {} : { mode }),
  };
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
  const files: Record<string, FileNode> = {};
  const copy = (folder: string): void => {
    for (const child of tree.list(folder) ?? []) {
      const path = `${folder === '/' ? '' : folder}/${child}`;
      const node = tree.get(path);
      if (!node) continue;
      files[path] = node;
      if (node.kind === 'folder') copy(path);
    }
  };
  copy('/');
  store.write(volumeTable, `${laptopHost}/${imageMountVolume(id, destination)}`, { files } satisfies Volume);
}
