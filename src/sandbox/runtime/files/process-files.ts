import { includesCapability } from '../capabilities.ts';
import type { FileNode } from '../file-tree.ts';
import type { User } from '../processes/user.ts';
import { tables } from '../records.ts';
import { sizeOf, volumeSize, volumeTable } from '../volume.ts';
import type { ContainerFiles, Place } from './container-files.ts';
import { sharedMemorySize, sharedMemoryUsed } from './dev-shm.ts';
import { FileError } from './file-error.ts';
import { ofProcess } from './own-folder.ts';
import { folderOf, isWithin, join, normalPath } from './paths.ts';
import { changesWith } from './same-changes.ts';

/** A container may write so much into its own files, and have so many of them changed. */
const mostBytes = 2 ** 40;
const mostFiles = 20_000;
/** What stands in a file as text; more than this the sandbox does not hold. */
const mostText = 16 * 2 ** 20;

/** The files of a container as one of its processes may use them. Everything throws FileError. */
export class ProcessFiles {
  readonly container: ContainerFiles;
  readonly #user: User;
  readonly #cwd: string;

  /** @param cwd what paths without a slash at their start begin at */
  constructor(container: ContainerFiles, user: User, cwd: string) {
    this.container = container;
    this.#user = user;
    this.#cwd = cwd;
  }

  /** The absolute path, without following links. */
  absolute(path: string): string {
    const found = normalPath(path, this.#cwd);
    return ofProcess(found, this.#user.pid);
  }

  /** What is at a path. */
  stat(path: string, follow = true): FileNode {
    const node = this.container.nodeAt(this.#real(path, follow));
    if (!node) throw FileError.of('ENOENT');
    if (path.endsWith('/') && path.length > 1 && node.kind === 'file') throw FileError.of('ENOTDIR');
    return node;
  }

  /** As `stat`; undefined where that fails. */
  look(path: string, follow = true): FileNode | undefined {
    const real = path === '' ? '' : this.container.resolve(this.absolute(path), follow);
    if (!real.startsWith('/')) return undefined;
    const node = this.container.nodeAt(real);
    return path.length > 1 && path.endsWith('/') && node?.kind === 'file' ? undefined : node;
  }

  /** The path where a file is in truth. */
  realPath(path: string): string {
    return this.#real(path, true);
  }

  /** The text of a file. Zeros behind it are not in it: `sizeOf` says how many bytes it has. */
  read(path: string): string {
    const node = this.stat(path);
    if (node.kind === 'folder') throw FileError.of('EISDIR');
    this.#demand(node, 4);
    return textOf(node);
  }

  list(path: string): readonly string[] {
    const node = this.stat(path);
    if (node.kind !== 'folder') throw FileError.of('ENOTDIR');
    this.#demand(node, 4);
    return this.#names(this.#real(path, true));
  }

  /** Makes a file, or replaces what is in it. */
  write(path: string, content: string, { mode = 0o644, zeros = 0 } = {}): void {
    const real = this.#real(path, true);
    const node = this.container.nodeAt(real);
    if (node?.kind === 'folder' || path.endsWith('/')) throw FileError.of('EISDIR');
    this.demandWritable(real);
    if (node) this.#demand(node, 2);
    else this.#demandFolder(real);
    const kept =
      node?.kind === 'file' ? { mode: node.mode, owner: node.owner } : { mode, owner: this.#owner };
    this.#put(real, {
      kind: 'file',
      content,
      ...(zeros > 0 ? { zeros } : {}),
      ...kept,
      at: this.container.store.now,
    });
  }

  /** Writes behind what is in a file; makes it where there is none. */
  append(path: string, text: string): void {
    const node = this.look(path);
    const zeros = node?.kind === 'file' ? node.zeros : undefined;
    this.write(path, (node ? textOf(node) : '') + text, { zeros });
  }

  makeFolder(path: string, mode = 0o755): void {
    const real = this.#real(path, false);
    if (this.container.nodeAt(real)) throw FileError.of('EEXIST');
    this.demandWritable(real);
    this.#demandFolder(real);
    this.#put(real, { kind: 'folder', mode, owner: this.#owner, at: this.container.store.now });
  }

  /** Removes a file, a link or an empty folder. */
  remove(path: string): void {
    const real = this.#real(path, false);
    const node = this.container.nodeAt(real);
    if (!node) throw FileError.of('ENOENT');
    if (node.kind === 'folder' && this.#names(real).length > 0) throw FileError.of('ENOTEMPTY');
    this.demandWritable(real);
    if (this.#isMounted(real)) throw FileError.of('EBUSY');
    this.#demandFolder(real);
    this.#put(real, undefined);
  }

  link(target: string, path: string): void {
    const real = this.#real(path, false);
    if (this.container.nodeAt(real)) throw FileError.of('EEXIST');
    this.demandWritable(real);
    this.#demandFolder(real);
    this.#put(real, { kind: 'link', target, at: this.container.store.now });
  }

  /** Moves a file or a folder; a file that is there already is replaced. */
  rename(from: string, to: string): void {
    const source = this.#real(from, false);
    const target = this.#real(to, false);
    const node = this.container.nodeAt(source);
    if (!node) throw FileError.of('ENOENT');
    if (target === source) return;
    if (isWithin(target, source)) throw FileError.of('EINVAL');
    for (const path of [source, target]) {
      this.demandWritable(path);
      if (this.#isMounted(path)) throw FileError.of('EBUSY');
      this.#demandFolder(path);
    }
    const there = this.container.nodeAt(target);
    if (there?.kind === 'folder' && this.#names(target).length > 0) throw FileError.of('ENOTEMPTY');
    this.#move(source, target, node);
  }

  /** Changes mode or owner. */
  change(path: string, change: { readonly mode?: number; readonly owner?: string }): void {
    const real = this.#real(path, true);
    const node = this.container.nodeAt(real);
    if (!node) throw FileError.of('ENOENT');
    this.demandWritable(real);
    if (node.kind === 'link') return;
    const isOwner = Number(node.owner.split(':')[0]) === this.#user.uid;
    const may = (capability: string) => hasCapability(this.#user, capability);
    if (change.owner !== undefined && !may('CHOWN')) throw FileError.of('EPERM');
    if (!isOwner && !may('FOWNER')) throw FileError.of('EPERM');
    this.#put(real, { ...node, ...change });
  }

  touch(path: string, at: number): void {
    const node = this.look(path);
    if (!node) return this.write(path, '');
    const real = this.#real(path, true);
    this.demandWritable(real);
    this.#demand(node, 2);
    this.#put(real, { ...node, at });
  }

  /** Whether the process may read (4), write (2) or execute (1) what is there. */
  mayUse(node: FileNode, right: 4 | 2 | 1): boolean {
    if (node.kind === 'link') return true;
    if (hasCapability(this.#user, 'DAC_OVERRIDE'))
      return right !== 1 || node.kind === 'folder' || (node.mode & 0o111) !== 0;
    const [uid, gid] = node.owner.split(':').map(Number);
    const shift = uid === this.#user.uid ? 6 : this.#user.gids.includes(Number(gid)) ? 3 : 0;
    return ((node.mode >> shift) & right) !== 0;
  }

  /** @throws FileError EROFS when nothing can be written there, ever */
  demandWritable(real: string): void {
    const place = this.container.placeOf(real);
    const { spec } = this.container;
    const isShm = isWithin(real, '/dev/shm');
    const isReadOnly =
      place.kind === 'volume'
        ? place.mount.readOnly
        : place.kind === 'own' && spec.readOnlyRoot && !isShm && !(real in spec.hostFiles);
    if (isReadOnly) throw FileError.of('EROFS');
    if (place.kind === 'virtual') throw FileError.of(real.startsWith('/dev') ? 'EACCES' : 'EROFS');
  }

  get #owner(): string {
    return `${this.#user.uid}:${this.#user.gids[0] ?? 0}`;
  }

  #real(path: string, follow: boolean): string {
    if (path === '') throw FileError.of('ENOENT');
    return this.container.canonical(this.absolute(path), follow);
  }

  #demand(node: FileNode, right: 4 | 2 | 1): void {
    if (!this.mayUse(node, right)) throw FileError.of('EACCES');
  }

  #demandFolder(real: string): void {
    const folder = this.container.nodeAt(folderOf(real));
    if (!folder) throw FileError.of('ENOENT');
    if (folder.kind !== 'folder') throw FileError.of('ENOTDIR');
    this.#demand(folder, 2);
  }

  #isMounted(real: string): boolean {
    const { mounts, hostFiles } = this.container.spec;
    return mounts.some(({ target }) => target === real) || real in hostFiles;
  }

  #names(real: string): readonly string[] {
    return this.container.namesIn(real) ?? [];
  }

  #move(source: string, target: string, node: FileNode): void {
    const names = node.kind === 'folder' ? this.#names(source) : [];
    this.#put(target, node);
    for (const name of names) {
      const inner = this.container.nodeAt(join(source, name));
      if (inner) this.#move(join(source, name), join(target, name), inner);
    }
    this.#put(source, undefined);
  }

  /** @param node undefined when nothing is to be there any more */
  #put(real: string, node: FileNode | undefined): void {
    const place = this.container.placeOf(real);
    this.#demandRoom(place, real, node);
    const { store, key } = this.container;
    if (place.kind === 'volume') {
      const volume = this.container.volume(place.key);
      const { [place.path]: _, ...others } = volume.files;
      const files = node ? { ...others, [place.path]: node } : others;
      store.write(volumeTable, place.key, { ...volume, files: keepFolder(files, place.path, node) });
      return;
    }
    const below = this.container.imageNode(real) ?? this.container.spec.hostFiles[real];
    const change = node ?? (below === undefined ? undefined : null);
    store.write(tables.changes, key, changesWith(this.container.changed, real, change));
  }

  #demandRoom(place: Place, real: string, node: FileNode | undefined): void {
    if (node?.kind !== 'file') return;
    if (node.content.length > mostText) throw FileError.of('ENOSPC');
    if (place.kind === 'volume') {
      const volume = this.container.volume(place.key);
      const before = volume.files[place.path];
      if (!volume.memory) this.#demandDisk(sizeOf(node) - (before ? sizeOf(before) : 0));
      const size = volumeSize(volume) - (before ? sizeOf(before) : 0) + sizeOf(node);
      if (size > (volume.sizeLimit ?? mostBytes)) throw FileError.of('ENOSPC');
      return;
    }
    const { changed } = this.container;
    if (Object.keys(changed).length > mostFiles) throw FileError.of('ENOSPC');
    if (isWithin(real, '/dev/shm')) {
      const used = sharedMemoryUsed(changed, real);
      if (used + sizeOf(node) > sharedMemorySize(this.container.spec)) throw FileError.of('ENOSPC');
      return;
    }
    const before = changed[real];
    this.#demandDisk(sizeOf(node) - (before ? sizeOf(before) : 0));
  }

  /** @param more bytes that are to be written */
  #demandDisk(more: number): void {
    const { store, facts } = this.container;
    if (more > 0 && facts.disk && facts.disk.used(store) + more > facts.disk.size) {
      throw FileError.of('ENOSPC');
    }
  }
}

/** The folder that a volume's last file was in stays, although nothing names it any more. */
function keepFolder(
  files: Readonly<Record<string, FileNode>>,
  path: string,
  node: FileNode | undefined,
): Readonly<Record<string, FileNode>> {
  const folder = folderOf(path);
  if (node || folder === '/' || files[folder]) return files;
  return { ...files, [folder]: { kind: 'folder', mode: 0o755, owner: '0:0', at: 0 } };
}

/** Whether a user may do what root may; nobody asks for more often than for files that root opens. */
function textOf(node: FileNode): string {
  return node.kind === 'file' ? node.content : '';
}

function hasCapability({ uid, capabilities }: User, name: string): boolean {
  return uid === 0 && (capabilities === undefined || includesCapability(capabilities, name));
}
