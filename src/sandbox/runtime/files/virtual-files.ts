import type { Store } from '../../store.ts';
import type { ContainerSpec } from '../container-runtime.ts';
import type { FileNode } from '../file-tree.ts';
import { keyOn, type ProcessRecord, tables } from '../records.ts';

/** What of a host shows inside its containers. */
export interface HostFacts {
  readonly memoryBytes: number;
  readonly cpus: number;
  /** Milliseconds since 1970. */
  readonly bootedAt: number;
  /** What is on its disk, where it has one that can be full. */
  readonly disk?: HostDisk;
}

/** The disk of a host. */
export interface HostDisk {
  /** Bytes. */
  readonly size: number;
  used(store: Store): number;
}

/** A host as the sandbox has them, where nobody says otherwise. */
export const usualHost: HostFacts = { memoryBytes: 8 * 2 ** 30, cpus: 4, bootedAt: 0 };

/** Release of the kernel that `uname` and nginx print. */
export const kernelRelease = '6.12.48';

/** Folders of the kernel; nothing can be made in them. */
const roots = ['/proc', '/sys', '/dev'] as const;

const devices = ['full', 'null', 'ptmx', 'random', 'tty', 'urandom', 'zero'];

/** Whether the kernel, not a disk, says what is at a path. `/dev/shm` is a tmpfs like any other. */
export function isVirtual(path: string): boolean {
  const isBelow = path.startsWith('/proc') || path.startsWith('/sys') || path.startsWith('/dev');
  return (
    isBelow &&
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
  const process = /^\/proc\/(\d+)(?:\/(cmdline|comm|environ|status))?$/.exec(path);
  return process ? processFile(container, Number(process[1]), process[2]) : undefined;
}

/** Names in a folder of the kernel. */
export function virtualNames(path: string, container: VirtualContainer): readonly string[] {
  const names = new Set<string>();
  for (const known of [...links.keys(), ...texts.keys()]) {
    if (known.startsWith(`${path}/`)) names.add(known.slice(path.length + 1).split('/')[0] ?? '');
  }
  if (path === '/dev') names.add('shm');
  if (path === '/proc') for (const { pid } of processesOf(container)) names.add(`${pid}`);
  if (/^\/proc\/\d+$/.test(path))
    for (const name of ['cmdline', 'comm', 'environ', 'status']) names.add(name);
  return [...names].sort();
}

/** Whose view of the kernel it is. */
export interface VirtualContainer {
  readonly store: Store;
  readonly key: string;
  readonly spec: ContainerSpec;
  readonly facts: HostFacts;
}

const folder: FileNode = { kind: 'folder', mode: 0o555, owner: '0:0', at: 0 };

function file(content: string, mode = 0o444): FileNode {
  return { kind: 'file', content, mode, owner: '0:0', at: 0 };
}

function link(target: string): FileNode {
  return { kind: 'link', target, at: 0 };
}

function processesOf({ store, key }: VirtualContainer): readonly ProcessRecord[] {
  return processesIn(store, key).filter(({ exitCode }) => exitCode === undefined);
}

/** The processes of a container that are known, those that have ended but are remembered too. */
export function processesIn(store: Store, container: string): readonly ProcessRecord[] {
  const containerOf = (record: ProcessRecord) => [keyOn(record.host, record.container)];
  const found = store.index(tables.processes, 'container', containerOf).entries(container) as ProcessRecord[];
  // The order of keys is that of words: 10 stands before 9.
  return found.length < 2 ? found : [...found].sort((one, other) => one.pid - other.pid);
}

function processFile(container: VirtualContainer, pid: number, name?: string): FileNode | undefined {
  const process = processesOf(container).find((each) => each.pid === pid);
  if (!process) return undefined;
  const comm = (process.argv[0] ?? '').split('/').at(-1) ?? '';
  switch (name) {
    case undefined:
      return folder;
    case 'cmdline':
      return file([process.title ?? process.argv.join('\0'), ''].join('\0'));
    case 'comm':
      return file(`${comm}\n`);
    case 'environ':
      return file(
        Object.entries(process.env)
          .map(([name, value]) => `${name}=${value}\0`)
          .join(''),
        0o400,
      );
    default:
      return file(`Name:\t${comm}\nState:\tS (sleeping)\nPid:\t${pid}\nPPid:\t${process.parent}\n`);
  }
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
  ['/proc/mounts', ({ spec }) => mountLines(spec)],
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
  ['/proc/self/mounts', ({ spec }) => mountLines(spec)],
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

/** What is mounted where, as the kernel lists it; `df` and `mount` read it. */
function mountLines({ mounts, readOnlyRoot }: ContainerSpec): string {
  const root = readOnlyRoot ? 'ro' : 'rw';
  return [
    `overlay / overlay ${root},relatime 0 0`,
    'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0',
    'tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755 0 0',
    'devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666 0 0',
    'mqueue /dev/mqueue mqueue rw,nosuid,nodev,noexec,relatime 0 0',
    'sysfs /sys sysfs ro,nosuid,nodev,noexec,relatime 0 0',
    'cgroup /sys/fs/cgroup cgroup2 ro,nosuid,nodev,noexec,relatime 0 0',
    'shm /dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=65536k 0 0',
    ...mounts.map(
      ({ target, readOnly }) => `/dev/vda1 ${target} ext4 ${readOnly ? 'ro' : 'rw'},relatime 0 0`,
    ),
    '',
  ].join('\n');
}
