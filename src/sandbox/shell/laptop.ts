import type { FileNode } from '../runtime/file-tree.ts';
import { type Volume, volumeTable } from '../runtime/volume.ts';
import type { Store } from '../store.ts';

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

/** Files, variables and the current directory of the learner's machine. They are part of the world. */
export class Laptop {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  get directory(): string {
    return (this.#store.read(settings, 'directory') as string | undefined) ?? home;
  }

  /** @throws FileFailure when it is no folder */
  enter(path: string): void {
    const whole = this.resolve(path);
    if (!this.isFolder(whole)) {
      throw new FileFailure(this.read(whole) === undefined ? 'No such file or directory' : 'Not a directory');
    }
    this.#store.write(settings, 'directory', whole);
  }

  variables(): Readonly<Record<string, string>> {
    const own = (this.#store.read(settings, 'variables') as Record<string, string> | undefined) ?? {};
    return { HOME: home, PWD: this.directory, USER: 'you', ...own };
  }

  setVariable(name: string, value: string): void {
    const own = (this.#store.read(settings, 'variables') as Record<string, string> | undefined) ?? {};
    this.#store.write(settings, 'variables', { ...own, [name]: value });
  }

  /** A path from the root, without `.` and `..`; `~` is the home directory. */
  resolve(path: string): string {
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
    const whole = this.resolve(path);
    return whole === '/' || whole === home || home.startsWith(`${whole}/`) || this.#isMade(whole);
  }

  /** Names of what is in a folder, sorted; undefined when it is no folder. */
  list(path: string): readonly string[] | undefined {
    if (!this.isFolder(path)) return undefined;
    const start = `${this.resolve(path).replace(/\/$/, '')}/`;
    const names = [...Object.keys(this.#files), home]
      .filter((each) => each.startsWith(start))
      .map((each) => each.slice(start.length).split('/')[0] ?? '');
    return [...new Set(names)].filter(Boolean).sort();
  }

  /** Writes a file; one that is there keeps its mode. @throws FileFailure where its folder is none, or it is a folder itself */
  write(path: string, text: string, mode?: number): void {
    const whole = this.resolve(path);
    if (this.isFolder(whole)) throw new FileFailure('Is a directory');
    if (!this.isFolder(whole.replace(/\/[^/]*$/, '') || '/'))
      throw new FileFailure('No such file or directory');
    if (text.length > mostText) throw new FileFailure('No space left on device');
    const before = this.node(path);
    const kept = before?.kind === 'file' ? before : { mode: 0o644, owner };
    this.#put(whole, {
      kind: 'file',
      content: text,
      mode: mode ?? kept.mode,
      owner: kept.owner,
      at: this.#store.now,
    });
  }

  /** Sets the mode of a file or a folder. @throws FileFailure when there is nothing */
  setMode(path: string, mode: number): void {
    const whole = this.resolve(path);
    const node = this.node(path);
    if (node && node.kind !== 'link') this.#put(whole, { ...node, mode });
    else if (this.isFolder(whole)) this.#put(whole, folder(this.#store.now, mode));
    else throw new FileFailure('No such file or directory');
  }

  /** Makes a folder, and those above it. */
  makeFolder(path: string): void {
    const whole = this.resolve(path);
    if (this.read(whole) !== undefined) throw new FileFailure('File exists');
    if (!this.isFolder(whole)) this.#put(whole, folder(this.#store.now));
  }

  /** Removes a file, or a folder with all that is in it. @throws FileFailure when there is nothing */
  remove(path: string, isRecursive: boolean): void {
    const whole = this.resolve(path);
    if (this.isFolder(whole) && !isRecursive) throw new FileFailure('Is a directory');
    if (!this.isFolder(whole) && this.#files[whole] === undefined)
      throw new FileFailure('No such file or directory');
    const left = Object.entries(this.#files).filter(([key]) => key !== whole && !key.startsWith(`${whole}/`));
    writeFiles(this.#store, Object.fromEntries(left));
  }

  get #files(): Volume['files'] {
    return filesOn(this.#store);
  }

  #put(whole: string, node: FileNode): void {
    writeFiles(this.#store, { ...this.#files, [whole]: node });
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

function folder(at: number, mode = 0o755): FileNode {
  return { kind: 'folder', mode, owner, at };
}

function filesOn(store: Store): Volume['files'] {
  return ((store.read(volumeTable, laptopFilesKey) as Volume | undefined) ?? { files: {} }).files;
}

function writeFiles(store: Store, files: Volume['files']): void {
  store.write(volumeTable, laptopFilesKey, { files } satisfies Volume);
}

/** What kubectl finds on the learner's machine. */
const kubeconfig = `apiVersion: v1
kind: Config
clusters:
- cluster:
    server: https://172.30.0.11:6443
  name: sandbox
contexts:
- context:
    cluster: sandbox
    namespace: default
    user: you
  name: sandbox
current-context: sandbox
preferences: {}
users:
- name: you
  user: {}
`;

/** Puts on the learner's machine what is there at first. */
export function layOutLaptop(store: Store): void {
  const config: FileNode = { kind: 'file', content: kubeconfig, mode: 0o600, owner, at: store.now };
  writeFiles(store, { [`${home}/.kube/config`]: config });
}
