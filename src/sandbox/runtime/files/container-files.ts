import type { Store } from '../../store.ts';
import type { ContainerSpec, Mount } from '../container-runtime.ts';
import type { FileNode, FileTree } from '../file-tree.ts';
import { type ContainerRecord, type FileChanges, keyOn, tables } from '../records.ts';
import { type Volume, volumeTable } from '../volume.ts';
import { sharedMemorySize } from './dev-shm.ts';
import { FileError, type FileErrorCode } from './file-error.ts';
import { baseOf, folderOf, isWithin, join, normalPath, wayTo } from './paths.ts';
import type { HostFacts } from './virtual-container.ts';
import { isVirtual, virtualNames, virtualNode } from './virtual-files.ts';

/** Where a path leads: into a volume, to the kernel, or to the container's own files. */
export type Place =
  | { readonly kind: 'volume'; readonly key: string; readonly path: string; readonly mount: Mount }
  | { readonly kind: 'virtual'; readonly path: string }
  | { readonly kind: 'own'; readonly path: string };

/** What the files of any container are. */
type FilesOfOthers = (
  store: Store,
  container: ContainerRecord,
  factsOf: (host: string) => HostFacts,
) => FileTree;

/** More links after one another than the kernel follows. */
const mostLinks = 40;

/** Changes are replaced, never changed, so what is in which folder is found once for each state of them. */
const childrenOf = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

/**
 * The files that the processes of a container see: mounts over files that the host puts in, over what the
 * container changed, over its image. Paths are followed through links.
 */
export class ContainerFiles implements FileTree {
  readonly store: Store;
  readonly key: string;
  readonly spec: ContainerSpec;
  readonly #host: string;
  readonly #factsOf: (host: string) => HostFacts;
  readonly #image: FileTree;
  readonly #others: FilesOfOthers | undefined;

  /**
   * @param key of the container in its table
   * @param factsOf says what a host is: most who read files need not know
   * @param others says what the files of other containers are
   */
  constructor(
    store: Store,
    key: string,
    spec: ContainerSpec,
    image: FileTree,
    factsOf: (host: string) => HostFacts,
    others?: FilesOfOthers,
  ) {
    this.store = store;
    this.key = key;
    this.spec = spec;
    this.#host = key.slice(0, key.indexOf('/'));
    this.#factsOf = factsOf;
    this.#image = image;
    this.#others = others;
  }

  /** The files of another container, where those can be seen. */
  filesElsewhere(container: ContainerRecord): FileTree | undefined {
    return this.#others?.(this.store, container, this.#factsOf);
  }

  /** What its host is, as it is now. */
  get facts(): HostFacts {
    return this.#factsOf(this.#host);
  }

  /** What is at a path; of a link the link itself. */
  get(path: string): FileNode | undefined {
    const real = this.resolve(path, false);
    return isPath(real) ? this.nodeAt(real) : undefined;
  }

  list(path: string): readonly string[] | undefined {
    const real = this.resolve(path, true);
    return isPath(real) ? this.namesIn(real) : undefined;
  }

  /**
   * The path without links on the way.
   *
   * @param follow whether its last part is followed as well
   * @throws FileError when a folder on the way is not there, or is none
   */
  canonical(path: string, follow: boolean): string {
    const found = this.resolve(path, follow);
    if (!isPath(found)) throw FileError.of(found);
    return found;
  }

  /** As `canonical`, with the error in the place of the path: most who ask expect that nothing is there. */
  resolve(path: string, follow: boolean): AbsolutePath | FileErrorCode {
    if (path.length > 4096) return 'ENAMETOOLONG';
    const { changed } = this;
    let way = wayTo(path);
    let links = 0;
    for (let place = 0; place < way.length; place++) {
      const next = way[place] as string;
      const isLast = place === way.length - 1;
      const node = this.#nodeOf(next, changed);
      if (node?.kind === 'link' && (!isLast || follow)) {
        links += 1;
        if (links > mostLinks) return 'ELOOP';
        const rest = (way.at(-1) ?? '').slice(next.length);
        way = wayTo(normalPath(node.target + rest, folderOf(next)));
        place = -1;
        continue;
      }
      if (!isLast && !node) return 'ENOENT';
      if (!isLast && node?.kind !== 'folder') return 'ENOTDIR';
    }
    return (way.at(-1) ?? '/') as AbsolutePath;
  }

  /** What is at a path that has no links on the way. */
  nodeAt(path: string): FileNode | undefined {
    return this.#nodeOf(path, this.changed);
  }

  #nodeOf(path: string, changes: FileChanges): FileNode | undefined {
    const mount = this.#mountOf(path);
    if (mount) return this.#volumeNode(this.#placeIn(mount, path));
    if (isVirtual(path)) return virtualNode(path, this);
    const changed = changes[path];
    if (changed !== undefined && changed !== null) return changed;
    const given = this.spec.hostFiles[path];
    if (changed === undefined && given !== undefined) return givenFile(given);
    const below = changed === undefined ? this.#image.get(path) : undefined;
    if (below) return below;
    if (path === '/dev/shm') return sharedMemorySize(this.spec) > 0 ? sharedMemory : undefined;
    return path === '/' || this.#isAbove(path) ? madeFolder : undefined;
  }

  /** Names in a folder whose path has no links on the way; undefined when it is none. */
  namesIn(path: string): readonly string[] | undefined {
    if (this.nodeAt(path)?.kind !== 'folder') return undefined;
    const place = this.placeOf(path);
    const names = new Set(this.#namesAt(place));
    for (const mounted of [
      ...this.spec.mounts.map(({ target }) => target),
      ...Object.keys(this.spec.hostFiles),
    ]) {
      if (mounted !== path && isWithin(mounted, path)) names.add(nextName(mounted, path));
    }
    if (path === '/') for (const name of ['dev', 'proc', 'sys']) names.add(name);
    return [...names].filter((name) => this.nodeAt(join(path, name))).sort();
  }

  /** Which files a path is among. */
  placeOf(path: string): Place {
    const mount = this.#mountOf(path);
    if (mount) return this.#placeIn(mount, path);
    return isVirtual(path) ? { kind: 'virtual', path } : { kind: 'own', path };
  }

  /** The innermost mount that a path is in. */
  #mountOf(path: string): Mount | undefined {
    let found: Mount | undefined;
    for (const mount of this.spec.mounts) {
      if (isWithin(path, mount.target) && mount.target.length >= (found?.target.length ?? 0)) found = mount;
    }
    return found;
  }

  #placeIn(mount: Mount, path: string): Place & { readonly kind: 'volume' } {
    const inner = mount.target === '/' ? path : path.slice(mount.target.length);
    const from = mount.subPath ? normalPath(mount.subPath) : '/';
    return { kind: 'volume', key: this.volumeKey(mount.volume), path: normalPath(`${from}/${inner}`), mount };
  }

  /** What the container changed of its image's files. */
  get changed(): FileChanges {
    return (this.store.read(tables.changes, this.key) ?? unchanged) as FileChanges;
  }

  /** The volume with a key, as it is now. */
  volume(key: string): Volume {
    return (this.store.read(volumeTable, key) ?? { files: {} }) as Volume;
  }

  /** What the image has at a path, whatever the container did. */
  imageNode(path: string): FileNode | undefined {
    return this.#image.get(path);
  }

  /** Key of a volume that this host can mount: its own, or one of the network. */
  volumeKey(name: string): string {
    const own = keyOn(this.#host, name);
    return this.store.read(volumeTable, own) === undefined ? `/${name}` : own;
  }

  #volumeNode({ key, path }: Place & { kind: 'volume' }): FileNode | undefined {
    const volume = this.volume(key);
    const node = volume.files[path];
    if (node) return node;
    if (path !== '/' && !children(volume.files).has(path)) return undefined;
    return { kind: 'folder', mode: volume.mode ?? 0o755, owner: volume.owner ?? '0:0', at: 0 };
  }

  #namesAt(place: Place): readonly string[] {
    if (place.kind === 'volume') return children(this.volume(place.key).files).get(place.path) ?? [];
    if (place.kind === 'virtual') return virtualNames(place.path, this);
    const changed = children(this.changed).get(place.path) ?? [];
    return [...(this.#image.list(place.path) ?? []), ...changed];
  }

  /** Whether something is mounted below. */
  #isAbove(path: string): boolean {
    const { mounts, hostFiles } = this.spec;
    for (const { target } of mounts) if (isWithin(target, path)) return true;
    for (const file in hostFiles) if (isWithin(file, path) && file !== path) return true;
    return false;
  }
}

/** The changes of every container that has none: always the same, so that what follows can be shared. */
const unchanged: FileChanges = {};

type AbsolutePath = `/${string}`;

function isPath(found: AbsolutePath | FileErrorCode): found is AbsolutePath {
  return found.startsWith('/');
}

const sharedMemory: FileNode = { kind: 'folder', mode: 0o1777, owner: '0:0', at: 0 };

const madeFolder: FileNode = { kind: 'folder', mode: 0o755, owner: '0:0', at: 0 };

function givenFile(content: string): FileNode {
  return { kind: 'file', content, mode: 0o644, owner: '0:0', at: 0 };
}

function nextName(path: string, folder: string): string {
  return path.slice(folder === '/' ? 1 : folder.length + 1).replace(/\/.*$/, '');
}

/** The names in each folder that some files are in, and in the folders above. */
function children(files: Readonly<Record<string, unknown>>): ReadonlyMap<string, readonly string[]> {
  const known = childrenOf.get(files);
  if (known) return known;
  const found = new Map<string, Set<string>>([['/', new Set()]]);
  for (const [file, node] of Object.entries(files)) {
    if (file === '/') continue;
    for (let path = file; path !== '/'; path = folderOf(path)) {
      const siblings = found.get(folderOf(path)) ?? new Set();
      siblings.add(baseOf(path));
      found.set(folderOf(path), siblings);
      // A file that is gone makes no folders.
      if (node === null) break;
    }
  }
  const sorted = new Map([...found].map(([folder, names]) => [folder, [...names].sort()]));
  childrenOf.set(files, sorted);
  return sorted;
}
