import type { HostPathVolumeSource } from '../../../kubernetes/api.ts';
import { type Volume, volumeTable } from '../../runtime/volume.ts';
import type { Store } from '../../store.ts';
import { ConfigError } from './containers/field-values.ts';

/** The name of the volume that holds a node's own files. */
export const hostVolume = 'node';

/** Folders that every node has. */
const usualFolders: readonly string[] = [
  '/',
  '/etc',
  '/etc/kubernetes',
  '/etc/ssl/certs',
  '/home',
  '/lib/modules',
  '/mnt',
  '/opt',
  '/proc',
  '/run',
  '/srv',
  '/sys',
  '/tmp',
  '/usr',
  '/var',
  '/var/lib',
  '/var/lib/etcd',
  '/var/lib/kubelet',
  '/var/log',
  '/var/log/pods',
];

/**
 * Sees to it that a path of a node can be mounted
 * (https://kubernetes.io/docs/concepts/storage/volumes/#hostpath-volume-types).
 *
 * @param now the time of what is made
 * @throws ConfigError when there is not what has to be
 */
export function checkHostPath(
  store: Store,
  node: string,
  { path, type = '' }: HostPathVolumeSource,
  now: number,
): void {
  const key = `${node}/${hostVolume}`;
  const volume = (store.read(volumeTable, key) ?? { files: {} }) as Volume;
  const found = kindAt(volume, path);
  const keepFolder = () => store.write(volumeTable, key, withFolder(volume, path, now));
  const fail = (what: string) => new ConfigError(`hostPath type check failed: ${path} is not a ${what}`);
  switch (type) {
    case '':
    case 'DirectoryOrCreate':
      if (found === 'file' && type !== '') throw fail('directory');
      if (found !== 'file') keepFolder();
      return;
    case 'Directory':
      if (found !== 'folder') throw fail('directory');
      keepFolder();
      return;
    case 'File':
      if (found !== 'file') throw fail('file');
      return;
    case 'FileOrCreate':
      if (found === 'folder') throw fail('file');
      if (!found) {
        const made = { kind: 'file', content: '', mode: 0o644, owner: '0:0', at: now } as const;
        store.write(volumeTable, key, { ...volume, files: { ...volume.files, [path]: made } });
      }
      return;
    default:
      throw fail(words[type] ?? type);
  }
}

const words: Readonly<Record<string, string>> = {
  Socket: 'socket file',
  CharDevice: 'character device',
  BlockDevice: 'block device',
};

function kindAt({ files }: Volume, path: string): 'file' | 'folder' | undefined {
  const node = files[path];
  if (node) return node.kind === 'file' ? 'file' : 'folder';
  if (usualFolders.includes(path)) return 'folder';
  return Object.keys(files).some((each) => each.startsWith(`${path}/`)) ? 'folder' : undefined;
}

/** What every node has is only written down when somebody mounts it. */
function withFolder(volume: Volume, path: string, at: number): Volume {
  if (volume.files[path]) return volume;
  const folder = { kind: 'folder', mode: 0o755, owner: '0:0', at } as const;
  return { ...volume, files: { ...volume.files, [path]: folder } };
}
