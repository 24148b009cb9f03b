import { cleanPath } from './canonical.ts';
import { type PathTable, pathTable, step } from './path-table.ts';
import { at, type Dict, put, type Tree, textAt } from './tree.ts';

/** What paths of a file are relative to. */
export interface Ground {
  readonly directory: string;
  /** What `~` stands for; undefined leaves it. */
  readonly home: string | undefined;
}

type Resolve = (path: string, ground: Ground) => string;

/** Whether a path is one of a drive of Windows, as `C:/shop`. */
export function isOnDrive(path: string): boolean {
  return /^[A-Za-z]:\//.test(path);
}

/**
 * A path of its own, whatever the directory is. Where the project is on a drive of Windows, `C:\shop` is one
 * too, and both slashes part folders; elsewhere these are characters as any other.
 */
export function resolvePath(path: string, { directory, home }: Ground): string {
  const homed = path.startsWith('~') && home !== undefined ? `${home}/${path.slice(1)}` : path;
  const isOnWindows = isOnDrive(directory);
  const expanded = isOnWindows ? homed.replaceAll('\\', '/') : homed;
  if (isOnWindows && isOnDrive(expanded)) return cleanPath(expanded);
  if (expanded.startsWith('/')) return expanded === path ? path : cleanPath(expanded);
  return cleanPath(`${directory}/${expanded}`);
}

/** The directory that a file is in. */
export function directoryOf(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1) || '.');
}

const absolute: Resolve = (path, ground) => (path === '' ? path : resolvePath(path, ground));

/** A path of Windows stays as it is. */
const maybeWindows: Resolve = (path, ground) =>
  /^[A-Za-z]:[\\/]|^\\\\/.test(path) ? path : resolvePath(path, ground);

const context: Resolve = (path, ground) =>
  path.includes('://') || /^(service:|github\.com\/|git@)/.test(path) ? path : absolute(path, ground);

const paths = pathTable<Resolve | 'volume' | 'driver'>({
  'services.*.build.context': context,
  'services.*.build.additional_contexts.*': context,
  'services.*.build.ssh.*': maybeWindows,
  'services.*.env_file.*.path': absolute,
  'services.*.label_file.*': absolute,
  'services.*.extends.file': absolute,
  'services.*.develop.watch.*.path': absolute,
  'services.*.volumes.*': 'volume',
  'configs.*.file': maybeWindows,
  'secrets.*.file': maybeWindows,
  'volumes.*': 'driver',
});

/** Makes every path of the tree absolute, in place (paths/resolve.go of compose-go). */
export function resolvePaths(root: Dict, ground: Ground): void {
  visit(root, paths, ground);
}

function visit(
  tree: Tree,
  table: PathTable<Resolve | 'volume' | 'driver'> | undefined,
  ground: Ground,
): void {
  if (!table) return;
  const { value } = table;
  if (value === 'volume') return resolveAt(tree, 'source', textAt(tree, 'type') === 'bind', ground);
  if (value === 'driver') {
    const isBind = textAt(tree, 'driver') === 'local' && textAt(tree, 'driver_opts', 'o') === 'bind';
    return resolveAt(at(tree, 'driver_opts'), 'device', isBind, ground);
  }
  if (value) {
    if (tree.kind === 'leaf' && typeof tree.value === 'string') tree.value = value(tree.value, ground);
    return;
  }
  if (tree.kind === 'dict')
    for (const [key, entry] of tree.entries) visit(entry.value, step(table, key), ground);
  else if (tree.kind === 'list') for (const item of tree.items) visit(item, step(table, '*'), ground);
}

function resolveAt(tree: Tree | undefined, key: string, does: boolean, ground: Ground): void {
  const path = textAt(tree, key);
  if (!does || path === undefined || tree?.kind !== 'dict') return;
  put(tree, key, maybeWindows(path, ground), tree.entries.get(key)?.place);
}
