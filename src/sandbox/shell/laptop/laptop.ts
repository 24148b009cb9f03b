import type { FileNode } from '../../runtime/file-tree.ts';
import type { HostDisk } from '../../runtime/files/virtual-container.ts';
import { sizeOf, utf8Length, type Volume, volumeTable } from '../../runtime/volume.ts';
import type { Store } from '../../store.ts';

/** The learner's own machine, as the runtime calls the host: Docker runs on it. */
export const laptopHost = 'laptop';
/**
 * The volume that all files of the learner's machine are in, by their absolute paths: what a container mounts
 * of them is a part of it.
 */
export const laptopVolume = 'files';
/** Its key in the table of volumes. */
export const laptopFilesKey = `${laptopHost}/${laptopVolume}`;

const settings = 'laptop/settings';
/** Who the learner is on their machine. */
const owner = '1000:1000';

/** Where the learner is at home. */
export const home = '/home/you';

/** A file or a folder that is not there, or is the other of the two. */
export class FileFailure extends Error {
  override readonly name = 'FileFailure';
}

/** A machine that somebody types on: where its files are kept, and who they are on it. */
export interface Machine {
  /** Key of the volume with its files. */
  readonly files: string;
  /** Table of its variables and its current directory. */
  readonly settings: string;
  readonly home: string;
  readonly user: string;
  /** `uid:gid`. */
  readonly owner: string;
  /** Files that are there besides those that were written: they show what goes on. */
  readonly shown?: () => Volume['files'];
  /** What can be full; without it there is room for everything. */
  readonly disk?: HostDisk;
  /** Paths at and below which nothing can be changed. */
  readonly sealed: readonly string[];
}

/** The learner's own machine. */
export const learners: Machine = {
  files: laptopFilesKey,
  settings,
  home,
  user: 'you',
  owner,
  sealed: [],
};

/** What a part of a shell that runs on its own has on its own. */
export interface LaptopState {
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
}

const noVariables: Readonly<Record<string, string>> = {};

/** Files, variables and the current directory of the learner's machine, or of another one. They are part of the world. */
export class Laptop {
  readonly #store: Store;
  readonly #machine: Machine;

  constructor(store: Store, machine: Machine = learners) {
    this.#store = store;
    this.#machine = machine;
  }

  get directory(): string {
    const { settings, home } = this.#machine;
    return (this.#store.read(settings, 'directory') as string | undefined) ?? home;
  }

  /** @throws FileFailure when it is no folder */
  enter(path: string): void {
    const whole = this.resolve(path);
    if (!this.isFolder(whole)) {
      throw new FileFailure(this.read(whole) === undefined ? 'No such file or directory' : 'Not a directory');
    }
    this.#store.write(this.#machine.settings, 'directory', whole);
  }

  variables(): Readonly<Record<string, string>> {
    const { settings, home, user } = this.#machine;
    const own = (this.#store.read(settings, 'variables') as Record<string, string> | undefined) ?? {};
    return { HOME: home, PWD: this.directory, USER: user, ...own };
  }

  setVariable(name: string, value: string): void {
    const { settings } = this.#machine;
    const own = (this.#store.read(settings, 'variables') as Record<string, string> | undefined) ?? {};
    this.#store.write(settings, 'variables', { ...own, [name]: value });
  }

  unsetVariable(name: string): void {
    const { settings } = this.#machine;
    const { [name]: _, ...others } = this.own.variables;
    this.#store.write(settings, 'variables', others);
  }

  /** Variables that were set and the current directory, to be gone back to. */
  get own(): LaptopState {
    const { settings } = this.#machine;
    const own = this.#store.read(settings, 'variables') as Record<string, string> | undefined;
    return { directory: this.directory, variables: own ?? noVariables };
  }

  set own({ directory, variables }: LaptopState) {
    const { settings } = this.#machine;
    const now = this.own;
    if (directory !== now.directory) this.#store.write(settings, 'directory', directory);
    if (variables !== now.variables) this.#store.write(settings, 'variables', variables);
  }

  /** A path from the root, without `.` and `..`; `~` is the home directory. */
  resolve(path: string): string {
    const { home } = this.#machine;
    const from = path.startsWith('/') ? '' : this.directory;
    const whole = path === '~' || path.startsWith('~/') ? `${home}${path.slice(1)}` : `${from}/${path}`;
    const parts: string[] = [];
    for (const part of whole.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return `/${parts.join('/')}`;
  }

  /** The text of a file; undefined when there is none. */
  read(path: string): string | undefined {
    const node = this.node(path);
    return node?.kind === 'file' ? node.content : undefined;
  }

  /** What is at a path, links followed; undefined when there is nothing. Folders that only have something in them are none. */
  node(path: string): FileNode | undefined {
    let whole = this.resolve(path);
    for (let links = 0; links < mostLinks; links++) {
      const node = this.#files[whole];
      if (node?.kind !== 'link') return node;
      const from = whole.replace(/\/[^/]*$/, '');
      whole = this.resolve(node.target.startsWith('/') ? node.target : `${from}/${node.target}`);
    }
    return undefined;
  }

  /** All files and folders that are named below a folder, by their path in it, sorted. */
  below(path: string): readonly { readonly path: string; readonly node: FileNode }[] {
    const start = `${this.resolve(path).replace(/\/$/, '')}/`;
    return Object.entries(this.#files)
      .filter(([key]) => key.startsWith(start))
      .map(([key, node]) => ({ path: key.slice(start.length), node }))
      .sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  isFolder(path: string): boolean {
    const { home } = this.#machine;
    const whole = this.resolve(path);
    return whole === '/' || whole === home || home.startsWith(`${whole}/`) || this.#isMade(whole);
  }

  /** Names of what is in a folder, sorted; undefined when it is no folder. */
  list(path: string): readonly string[] | undefined {
    if (!this.isFolder(path)) return undefined;
    const start = `${this.resolve(path).replace(/\/$/, '')}/`;
    const names = [...Object.keys(this.#files), this.#machine.home]
      .filter((each) => each.startsWith(start))
      .map((each) => each.slice(start.length).replace(/\/.*$/s, ''));
    return [...new Set(names)].filter(Boolean).sort();
  }

  /** Writes a file; one that is there keeps its mode. @throws FileFailure where its folder is none, or it is a folder itself */
  write(path: string, text: string, mode?: number, zeros = 0): void {
    const whole = this.resolve(path);
    if (this.isFolder(whole)) throw new FileFailure('Is a directory');
    if (!this.isFolder(whole.replace(/\/[^/]*$/, '') || '/'))
      throw new FileFailure('No such file or directory');
    const before = this.node(path);
    this.#demandRoom(text, utf8Length(text) + zeros - (before ? sizeOf(before) : 0));
    const kept = before?.kind === 'file' ? before : { mode: 0o644, owner: this.#machine.owner };
    this.#put(whole, {
      kind: 'file',
      content: text,
      ...(zeros > 0 && { zeros }),
      mode: mode ?? kept.mode,
      owner: kept.owner,
      at: this.#store.now,
    });
  }

  /** @param more bytes that the disk has to take */
  #demandRoom(text: string, more: number): void {
    const { disk } = this.#machine;
    const isFull = disk && more > 0 && disk.used(this.#store) + more > disk.size;
    if (isFull || text.length > mostText) throw new FileFailure('No space left on device');
  }

  /** Makes a link, also over what is there. */
  link(path: string, target: string): void {
    this.#put(this.resolve(path), { kind: 'link', target, at: this.#store.now });
  }

  /** Sets the mode of a file or a folder. @throws FileFailure when there is nothing */
  setMode(path: string, mode: number): void {
    const whole = this.resolve(path);
    const node = this.node(path);
    if (node && node.kind !== 'link') this.#put(whole, { ...node, mode });
    else if (this.isFolder(whole)) this.#put(whole, this.#folder(mode));
    else throw new FileFailure('No such file or directory');
  }

  /** Makes a folder, and those above it. */
  makeFolder(path: string): void {
    const whole = this.resolve(path);
    if (this.read(whole) !== undefined) throw new FileFailure('File exists');
    if (!this.isFolder(whole)) this.#put(whole, this.#folder());
  }

  /** Removes a file, or a folder with all that is in it. @throws FileFailure when there is nothing */
  remove(path: string, isRecursive: boolean): void {
    const whole = this.resolve(path);
    if (this.isFolder(whole) && !isRecursive) throw new FileFailure('Is a directory');
    if (!this.isFolder(whole) && this.#files[whole] === undefined)
      throw new FileFailure('No such file or directory');
    this.#demandChangeable(whole);
    const left = Object.entries(this.#own).filter(([key]) => key !== whole && !key.startsWith(`${whole}/`));
    writeFiles(this.#store, this.#machine.files, Object.fromEntries(left));
  }

  /** What was written. */
  get #own(): Volume['files'] {
    const volume = this.#store.read(volumeTable, this.#machine.files) as Volume | undefined;
    return volume?.files ?? {};
  }

  get #files(): Volume['files'] {
    const { shown } = this.#machine;
    return shown ? { ...shown(), ...this.#own } : this.#own;
  }

  /** @throws FileFailure for what is sealed */
  #demandChangeable(whole: string): void {
    const isSealed = this.#machine.sealed.some(
      (path) => path === whole || whole.startsWith(`${path}/`) || path.startsWith(`${whole}/`),
    );
    if (isSealed) throw new FileFailure('Read-only file system');
  }

  #folder(mode = 0o755): FileNode {
    return { kind: 'folder', mode, owner: this.#machine.owner, at: this.#store.now };
  }

  #put(whole: string, node: FileNode): void {
    this.#demandChangeable(whole);
    writeFiles(this.#store, this.#machine.files, { ...this.#own, [whole]: node });
  }

  #isMade(whole: string): boolean {
    const entry = this.#files[whole];
    if (entry) return entry.kind === 'folder';
    return Object.keys(this.#files).some((key) => key.startsWith(`${whole}/`));
  }
}

/** More than any manifest needs; the world is saved after every command. */
const mostText = 1 << 20;
/** More links after one another than anybody means. */
const mostLinks = 40;

function writeFiles(store: Store, key: string, files: Volume['files']): void {
  store.write(volumeTable, key, { files } satisfies Volume);
}
