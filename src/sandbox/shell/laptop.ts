import type { Store } from '../store.ts';

/** The learner's own machine in the world: files, a directory they are in, and variables. */
export interface LaptopFile {
  readonly kind: 'file';
  readonly text: string;
}

const files = 'laptop/files';
const settings = 'laptop/settings';

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
    const entry = this.#store.read(files, this.resolve(path)) as LaptopFile | undefined;
    return entry?.text;
  }

  isFolder(path: string): boolean {
    const whole = this.resolve(path);
    return whole === '/' || whole === home || home.startsWith(`${whole}/`) || this.#isMade(whole);
  }

  /** Names of what is in a folder, sorted; undefined when it is no folder. */
  list(path: string): readonly string[] | undefined {
    if (!this.isFolder(path)) return undefined;
    const start = `${this.resolve(path).replace(/\/$/, '')}/`;
    const names = [...Object.keys(this.#store.table(files)), home]
      .filter((each) => each.startsWith(start))
      .map((each) => each.slice(start.length).split('/')[0] ?? '');
    return [...new Set(names)].filter(Boolean).sort();
  }

  /** Writes a file. @throws FileFailure where its folder is none, or it is a folder itself */
  write(path: string, text: string): void {
    const whole = this.resolve(path);
    if (this.isFolder(whole)) throw new FileFailure('Is a directory');
    if (!this.isFolder(whole.replace(/\/[^/]*$/, '') || '/'))
      throw new FileFailure('No such file or directory');
    if (text.length > mostText) throw new FileFailure('No space left on device');
    this.#store.write(files, whole, { kind: 'file', text } satisfies LaptopFile);
  }

  /** Makes a folder, and those above it. */
  makeFolder(path: string): void {
    const whole = this.resolve(path);
    if (this.read(whole) !== undefined) throw new FileFailure('File exists');
    if (!this.isFolder(whole)) this.#store.write(files, whole, { kind: 'folder' });
  }

  /** Removes a file, or a folder with all that is in it. @throws FileFailure when there is nothing */
  remove(path: string, isRecursive: boolean): void {
    const whole = this.resolve(path);
    if (this.isFolder(whole) && !isRecursive) throw new FileFailure('Is a directory');
    if (!this.isFolder(whole) && this.read(whole) === undefined)
      throw new FileFailure('No such file or directory');
    for (const key of Object.keys(this.#store.table(files))) {
      if (key === whole || key.startsWith(`${whole}/`)) this.#store.delete(files, key);
    }
  }

  #isMade(whole: string): boolean {
    const entry = this.#store.read(files, whole) as { kind: string } | undefined;
    if (entry) return entry.kind === 'folder';
    return Object.keys(this.#store.table(files)).some((key) => key.startsWith(`${whole}/`));
  }
}

/** More than any manifest needs; the world is saved after every command. */
const mostText = 1 << 20;

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
  store.write(files, `${home}/.kube/config`, { kind: 'file', text: kubeconfig } satisfies LaptopFile);
}
