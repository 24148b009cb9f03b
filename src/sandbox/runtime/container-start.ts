import type { Store } from '../store.ts';
import { caught } from '../thrown.ts';
import { type ContainerSpec, RuntimeError } from './container-runtime.ts';
import type { ContainerFiles } from './files/container-files.ts';
import { wayTo } from './files/paths.ts';
import type { ProcessFiles } from './files/process-files.ts';
import { type Executable, ExecutableError, findExecutable, usualPath } from './processes/executable.ts';
import { tables } from './records.ts';

/** What runc says before it says why, when a container cannot be started. */
const startPrefix =
  'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';
/** The same for another process in a container. */
const execPrefix = 'OCI runtime exec failed: exec failed: unable to start container process: ';

/**
 * Who a process is to be.
 *
 * @param user as an image or a flag says it: a name or a number, with an optional group
 * @returns `uid:gid`
 * @throws RuntimeError when `/etc/passwd` does not know a name
 */
export function ownerOf(files: ContainerFiles, user: string): string {
  if (user === '') return '0:0';
  const [name = '', groupName] = user.split(':');
  const entry = lineOf(files, '/etc/passwd', name);
  if (!entry && !/^\d+$/.test(name)) {
    throw new RuntimeError('cannot-start', `unable to find user ${name}: no matching entries in passwd file`);
  }
  const uid = entry?.[2] ?? name;
  if (groupName === undefined) return `${uid}:${entry?.[3] ?? 0}`;
  const group = lineOf(files, '/etc/group', groupName);
  if (!group && !/^\d+$/.test(groupName)) {
    throw new RuntimeError(
      'cannot-start',
      `unable to find group ${groupName}: no matching entries in group file`,
    );
  }
  return `${uid}:${group?.[2] ?? groupName}`;
}

/** The environment of a process: what every one has, then what was asked for. */
export function environmentOf(
  files: ContainerFiles,
  spec: Pick<ContainerSpec, 'env' | 'hostname'>,
  owner: string,
  tty: boolean,
): Readonly<Record<string, string>> {
  const HOSTNAME = spec.env.findLast((pair) => pair.startsWith(hostPart))?.slice(hostPart.length);
  const { record, hasHome } = sharedBy(spec.env, tty);
  const found: Record<string, string> = { ...record, HOSTNAME: HOSTNAME ?? spec.hostname };
  if (!hasHome) found.HOME = homeOf(files, owner);
  return found;
}

const hostPart = 'HOSTNAME=';

/** What the last container had, which thousands of one image have in common. */
interface SharedEnvironment {
  readonly env: readonly string[];
  readonly tty: boolean;
  readonly record: Readonly<Record<string, string>>;
  /** Whether its home was asked for; otherwise there is a place for it at the end. */
  readonly hasHome: boolean;
}

let last: SharedEnvironment = { env: [], tty: false, record: {}, hasHome: false };

function sharedBy(env: readonly string[], tty: boolean): SharedEnvironment {
  const isSame =
    tty === last.tty &&
    env.length === last.env.length &&
    env.every((pair, place) => pair === last.env[place] || pair.startsWith(hostPart));
  if (isSame && env.length > 0) return last;
  const found: Record<string, string> = { PATH: usualPath, HOSTNAME: '' };
  if (tty) found.TERM = 'xterm';
  for (const pair of env) {
    const equals = pair.indexOf('=');
    if (equals > 0) found[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  const hasHome = 'HOME' in found;
  if (!hasHome) found.HOME = '/';
  // Read from JSON an object is laid out as one with fixed fields, which its copies are made from quickly.
  last = { env, tty, record: JSON.parse(JSON.stringify(found)), hasHome };
  return last;
}

/**
 * Finds the program of a container's or an exec's command line, in the words of runc when there is none.
 *
 * @throws RuntimeError
 */
export function findProgram(
  files: ProcessFiles,
  argv: readonly string[],
  path: string | undefined,
  how: 'start' | 'exec',
): Executable {
  const prefix = how === 'start' ? startPrefix : execPrefix;
  try {
    return findExecutable(files, argv, path);
  } catch (thrown) {
    const error = caught(thrown, ExecutableError);
    // What is no program runs into an error only when the container has started: it says so in its log.
    if (error.reason === 'format' || error.reason === 'interpreter') {
      return { program: error.reason === 'format' ? 'no-program' : 'no-interpreter', argv };
    }
    throw new RuntimeError('cannot-start', `${prefix}${error.message}`);
  }
}

/** Makes the working folder, as the runtime does when the image has none. */
export function makeWorkingFolder(files: ContainerFiles, store: Store, path: string): void {
  if (path === '/' || files.get(path)) return;
  const { changed } = files;
  const node = { kind: 'folder', mode: 0o755, owner: '0:0', at: store.now } as const;
  if (files.placeOf(path).kind !== 'own') return;
  // The folders that it is in are made too.
  const missing = wayTo(path).filter((each) => !files.get(each));
  store.write(tables.changes, files.key, {
    ...changed,
    ...Object.fromEntries(missing.map((each) => [each, node])),
  });
}

/** @throws RuntimeError when an exec's working folder is not there */
export function demandFolder(files: ContainerFiles, path: string): void {
  if (files.list(path)) return;
  const why = `chdir to cwd ("${path}") set in config.json failed: no such file or directory`;
  throw new RuntimeError('cannot-start', `${execPrefix}${why}`);
}

/** Name of a user or a group in `/etc/passwd` or `/etc/group`. */
export function nameOfId(
  files: ContainerFiles,
  file: '/etc/passwd' | '/etc/group',
  id: string,
): string | undefined {
  return linesOf(files, file).find((line) => line[2] === id)?.[0];
}

/** The fields of the line of a user or a group, by its name or its number. */
export function lineOf(
  files: ContainerFiles,
  file: '/etc/passwd' | '/etc/group',
  name: string,
): readonly string[] | undefined {
  const lines = linesOf(files, file);
  return lines.find((line) => line[0] === name) ?? lines.find((line) => line[2] === name);
}

/** Files of users are few, and asked all the time. */
const parsed = new Map<string, readonly (readonly string[])[]>();
const mostParsed = 50;

function linesOf(files: ContainerFiles, path: string): readonly (readonly string[])[] {
  const node = files.get(path);
  if (node?.kind !== 'file') return [];
  const known = parsed.get(node.content);
  if (known) return known;
  const lines = node.content.split('\n').map((line) => line.split(':'));
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(node.content, lines);
  return lines;
}

function homeOf(files: ContainerFiles, owner: string): string {
  return lineOf(files, '/etc/passwd', owner.split(':')[0] ?? '')?.[5] || '/';
}
