import type { FileNode } from '../file-tree.ts';
import { type FileSystem, fileSystemsOf } from './file-systems.ts';
import { processesSeen, processFolderNames, processNode } from './process-folder.ts';
import type { HostFacts, VirtualContainer } from './virtual-container.ts';

/** A host as the sandbox has them, where nobody says otherwise. */
export const usualHost: HostFacts = { memoryBytes: 8 * 2 ** 30, cpus: 4, bootedAt: 0 };

/** Release of the kernel that `uname` and nginx print. */
export const kernelRelease = '6.12.48';

/** Folders of the kernel; nothing can be made in them. */
const roots = ['/proc', '/sys', '/dev'] as const;

const devices = ['full', 'null', 'ptmx', 'random', 'tty', 'urandom', 'zero'];

/** Whether the kernel, not a disk, says what is at a path. `/dev/shm` is a tmpfs like any other. */
export function isVirtual(path: string): boolean {
  // Asked of every step of every path: the first letter tells most of them.
  const initial = path[1];
  if (initial !== 'p' && initial !== 's' && initial !== 'd') return false;
  return (
    roots.some((root) => path === root || path.startsWith(`${root}/`)) &&
    path !== '/dev/shm' &&
    !path.startsWith('/dev/shm/')
  );
}

/** What the kernel shows at a path, to the processes of one container. */
export function virtualNode(path: string, container: VirtualContainer): FileNode | undefined {
  const link = links.get(path);
  if (link) return link;
  const textOf = texts.get(path);
  if (textOf) return file(textOf(container));
  if (folders.has(path) || /^\/proc\/(self|\d+)\/fd$/.test(path)) return folder;
  return /^\/proc\/\d/.test(path) ? processNode(container, path, () => mountLines(container)) : undefined;
}

/** Names in a folder of the kernel. */
export function virtualNames(path: string, container: VirtualContainer): readonly string[] {
  const names = new Set<string>();
  for (const known of [...links.keys(), ...texts.keys()]) {
    if (known.startsWith(`${path}/`)) names.add(known.slice(path.length + 1).replace(/\/.*$/, ''));
  }
  if (path === '/dev') names.add('shm');
  if (path === '/proc') for (const { pid } of processesSeen(container)) names.add(`${pid}`);
  if (/^\/proc\/\d/.test(path)) for (const name of processFolderNames(container, path)) names.add(name);
  return [...names].sort();
}

const folder: FileNode = { kind: 'folder', mode: 0o555, owner: '0:0', at: 0 };

function file(content: string, mode = 0o444): FileNode {
  return { kind: 'file', content, mode, owner: '0:0', at: 0 };
}

function link(target: string): FileNode {
  return { kind: 'link', target, at: 0 };
}

/** What is a link, or a device, is the same for everybody. */
const links: ReadonlyMap<string, FileNode> = new Map([
  ['/dev/fd', link('/proc/self/fd')],
  ['/dev/stdin', link('/proc/self/fd/0')],
  ['/dev/stdout', link('/proc/self/fd/1')],
  ['/dev/stderr', link('/proc/self/fd/2')],
  ...devices.map((device) => [`/dev/${device}`, file('', 0o666)] as const),
]);

/** What stands in the files of the kernel, which is put together when somebody looks. */
const texts = new Map<string, (container: VirtualContainer) => string>([
  [
    '/proc/cpuinfo',
    ({ facts }) =>
      Array.from(
        { length: facts.cpus },
        (_, cpu) => `processor\t: ${cpu}\nmodel name\t: Simulated CPU\n\n`,
      ).join(''),
  ],
  ['/proc/meminfo', ({ facts }) => memoryLines(facts)],
  ['/proc/loadavg', () => '0.10 0.08 0.05 1/200 42\n'],
  ['/proc/mounts', mountLines],
  [
    '/proc/uptime',
    ({ store, facts }) => {
      const uptime = ((store.now - facts.bootedAt) / 1000).toFixed(2);
      return `${uptime} ${uptime}\n`;
    },
  ],
  ['/proc/version', () => `Linux version ${kernelRelease} (simulated)\n`],
  ['/proc/sys/kernel/hostname', ({ spec }) => `${spec.hostname}\n`],
  ['/proc/sys/kernel/osrelease', () => `${kernelRelease}\n`],
  ['/proc/self/mounts', mountLines],
  [
    '/sys/fs/cgroup/cpu.max',
    ({ spec }) => `${spec.cpuLimitMilli === undefined ? 'max' : spec.cpuLimitMilli * 100} 100000\n`,
  ],
  ['/sys/fs/cgroup/memory.max', ({ spec }) => `${spec.memoryLimit ?? 'max'}\n`],
  ['/sys/fs/cgroup/pids.max', () => 'max\n'],
]);

/** The folders that all these are in. */
const folders: ReadonlySet<string> = new Set([
  '/dev/shm',
  ...[...links.keys(), ...texts.keys()].flatMap((path) => {
    const parts = path.split('/');
    return parts.map((_, place) => parts.slice(0, place).join('/')).filter(Boolean);
  }),
]);

function memoryLines({ memoryBytes }: HostFacts): string {
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)}`.padStart(11);
  return `MemTotal:    ${kilobytes(memoryBytes)} kB\nMemFree:     ${kilobytes(memoryBytes * 0.6)} kB\nMemAvailable:${kilobytes(memoryBytes * 0.8)} kB\n`;
}

/** What is mounted where, as the kernel lists it. */
function mountLines(container: VirtualContainer): string {
  const line = ({ device, target, type, options }: FileSystem) =>
    `${device} ${target} ${type} ${options} 0 0\n`;
  return fileSystemsOf(container).map(line).join('');
}
