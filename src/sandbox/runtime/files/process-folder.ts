import { capabilityMask } from '../capabilities.ts';
import type { FileNode } from '../file-tree.ts';
import { userOf } from '../processes/user.ts';
import { visibleFrom } from '../processes/visible-processes.ts';
import { type ContainerRecord, type ProcessRecord, tables } from '../records.ts';
import { limitsText } from '../resource-limits.ts';
import type { VirtualContainer } from './virtual-container.ts';

/** What of a process can be read. */
const names = [
  'cgroup',
  'cmdline',
  'comm',
  'cwd',
  'environ',
  'fd',
  'limits',
  'mounts',
  'root',
  'status',
] as const;

/** The processes that `/proc` has folders of. */
export function processesSeen({ store, key }: VirtualContainer): readonly ProcessRecord[] {
  const container = store.read(tables.containers, key) as ContainerRecord | undefined;
  return container ? visibleFrom(store, container) : [];
}

/** Names in the folder of a process; in another's root those of the folder there. */
export function processFolderNames(container: VirtualContainer, path: string): readonly string[] {
  const foreign = foreignRoot(container, path);
  if (foreign) return foreign.files.list(foreign.path) ?? [];
  return /^\/proc\/\d+$/.test(path) ? names : [];
}

/** What is at a path within the folder of a process. */
export function processNode(
  container: VirtualContainer,
  path: string,
  mountLines: () => string,
): FileNode | undefined {
  const foreign = foreignRoot(container, path);
  if (foreign) return foreign.path === '/' ? folder : foreign.files.get(foreign.path);
  const [, pid, name] = /^\/proc\/(\d+)(?:\/([^/]+))?$/.exec(path) ?? [];
  const process = processesSeen(container).find((each) => each.pid === Number(pid));
  if (!process) return undefined;
  switch (name as (typeof names)[number] | undefined) {
    case undefined:
      return folder;
    case 'cgroup':
      return file('0::/\n');
    case 'cmdline':
      return file([process.title ?? process.argv.join('\0'), ''].join('\0'));
    case 'comm':
      return file(`${commandOf(process)}\n`);
    case 'cwd':
      return { kind: 'link', target: process.cwd, at: 0 };
    case 'environ':
      return file(
        Object.entries(process.env)
          .map(([name, value]) => `${name}=${value}\0`)
          .join(''),
        0o400,
      );
    case 'limits':
      return file(limitsText(specOf(container, process)?.confinement?.limits));
    case 'mounts':
      return file(mountLines());
    case 'root':
      return { kind: 'link', target: '/', at: 0 };
    case 'status':
      return file(statusText(container, process));
    default:
      return undefined;
  }
}

const folder: FileNode = { kind: 'folder', mode: 0o555, owner: '0:0', at: 0 };

function file(content: string, mode = 0o444): FileNode {
  return { kind: 'file', content, mode, owner: '0:0', at: 0 };
}

/** `/proc/PID/root` of a process in another container is that container's files. */
function foreignRoot(container: VirtualContainer, path: string) {
  const [, pid, rest] = /^\/proc\/(\d+)\/root(\/.*)?$/.exec(path) ?? [];
  if (pid === undefined) return undefined;
  const process = processesSeen(container).find((each) => each.pid === Number(pid));
  const owner = process && recordOf(container, process);
  if (!owner || `${owner.host}/${owner.id}` === container.key) return undefined;
  const files = container.filesElsewhere(owner);
  return files && { files, path: rest ?? '/' };
}

function recordOf({ store }: VirtualContainer, process: ProcessRecord): ContainerRecord | undefined {
  return store.read(tables.containers, `${process.host}/${process.container}`) as ContainerRecord | undefined;
}

function specOf(container: VirtualContainer, process: ProcessRecord) {
  return recordOf(container, process)?.spec;
}

function commandOf({ argv }: ProcessRecord): string {
  return `${argv[0]}`.replace(/^.*\//, '').slice(0, 15);
}

/** The lines of `/proc/PID/status` that people look for. */
function statusText(container: VirtualContainer, process: ProcessRecord): string {
  const spec = specOf(container, process) ?? container.spec;
  const { uid, gids } = userOf(process.owner, { spec });
  const all = capabilityMask(spec.confinement?.capabilities);
  const own = uid === 0 ? all : capabilityMask([]);
  const lines: readonly (readonly [string, string])[] = [
    ['Name', commandOf(process)],
    ['Umask', '0022'],
    ['State', 'S (sleeping)'],
    ['Tgid', `${process.pid}`],
    ['Pid', `${process.pid}`],
    ['PPid', `${process.parent}`],
    ['TracerPid', '0'],
    ['Uid', `${uid}\t${uid}\t${uid}\t${uid}`],
    ['Gid', Array.from({ length: 4 }, () => gids[0] ?? 0).join('\t')],
    ['Groups', `${gids.join(' ')} `],
    ['Threads', '1'],
    ['CapInh', capabilityMask([])],
    ['CapPrm', own],
    ['CapEff', own],
    ['CapBnd', all],
    ['CapAmb', capabilityMask([])],
  ];
  return lines.map(([name, text]) => `${name}:\t${text}\n`).join('');
}
