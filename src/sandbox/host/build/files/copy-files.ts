import type { FileNode, FileTree } from '../../../runtime/file-tree.ts';
import { baseOf, folderOf, join, normalPath, wayTo } from '../../../runtime/files/paths.ts';
import { childrenOf } from '../../children.ts';
import { IgnoreRules } from '../context/ignore-rules.ts';
import { changedMode } from './file-modes.ts';
import { followed, type WorkTree } from './work-tree.ts';

/** What becomes of the files that are copied. */
export interface CopySettings {
  /** `uid:gid`; as in the source when it is left out. */
  readonly owner: string | undefined;
  /** `0755` or `u+x`; empty as in the source. */
  readonly chmod: string;
  readonly excludes: readonly string[];
  readonly at: number;
}

/** What cannot be copied, in the words of the kernel. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

/**
 * Copies a file, or what is in a folder, as COPY does (fsutil/copy of tonistiigi).
 *
 * @param target ends with a slash where it is a folder in any case
 * @throws CopyError
 */
export function copyFiles(
  into: WorkTree,
  target: string,
  from: FileTree,
  source: string,
  settings: CopySettings,
): void {
  makeFolders(into, target.endsWith('/') ? target : folderOf(target), settings);
  const start = followed(from, source);
  const node = from.get(start);
  if (!node) throw new CopyError(`lstat ${source}: no such file or directory`);
  const there = followed(into, target);
  const before = into.get(there);
  if (node.kind === 'folder') {
    if (before && before.kind !== 'folder') throw new CopyError(`cannot copy to non-directory: ${there}`);
    if (!before) makeFolders(into, there, settings);
    copyFolder(into, there, from, start, '', { settings, excluded: new IgnoreRules(settings.excludes) });
    return;
  }
  const path = before?.kind === 'folder' ? join(there, baseOf(normalPath(source))) : there;
  makeFolders(into, folderOf(path), settings);
  into.put(path, withSettings(node, settings));
}

/** The files that a path with `*`, `?` and `[` stands for; the path itself when it has none of these. */
export function matchingPaths(tree: FileTree, path: string): readonly string[] {
  if (!/[*?[]/.test(path)) return [path];
  let found: readonly string[] = ['/'];
  for (const part of path.split('/').filter(Boolean)) {
    const isPattern = /[*?[]/.test(part);
    found = found.flatMap((folder) => {
      if (!isPattern) {
        const next = join(folder, part);
        return tree.get(followed(tree, next)) ? [next] : [];
      }
      const expression = nameExpression(part);
      return childrenOf(tree, followed(tree, folder))
        .filter(({ name }) => expression.test(name))
        .map(({ name }) => join(folder, name));
    });
  }
  return found;
}

interface Copying {
  readonly settings: CopySettings;
  readonly excluded: IgnoreRules;
}

function copyFolder(
  into: WorkTree,
  target: string,
  from: FileTree,
  source: string,
  inner: string,
  copying: Copying,
): void {
  for (const { name, path: own, node } of childrenOf(from, source)) {
    const path = inner === '' ? name : `${inner}/${name}`;
    if (copying.excluded.ignores(path)) continue;
    const there = join(target, name);
    const before = into.get(there);
    if (node.kind === 'folder') {
      // A link is none, though it may lead to one.
      if (before && before.kind !== 'folder') throw new CopyError(`cannot copy to non-directory: ${there}`);
    } else if (before?.kind === 'folder')
      throw new CopyError(`cannot replace to directory ${there} with file`);
    into.put(there, withSettings(node, copying.settings));
    if (node.kind === 'folder') copyFolder(into, there, from, own, path, copying);
  }
}

/** Makes a folder and those above it. @throws CopyError where a file is in the way */
export function makeFolders(into: WorkTree, path: string, settings: CopySettings): void {
  const way = wayTo(followed(into, path));
  for (const [place, current] of way.entries()) {
    const node = into.get(current);
    if (node?.kind === 'folder') continue;
    if (node) {
      // What is looked for below a file fails first.
      const [below] = way.slice(place + 1);
      const deed = below === undefined ? `mkdir ${current}` : `lstat ${below}`;
      throw new CopyError(`${deed}: not a directory`);
    }
    const mode = /^[0-7]+$/.test(settings.chmod) ? Number.parseInt(settings.chmod, 8) : 0o755;
    into.put(current, { kind: 'folder', mode, owner: settings.owner ?? '0:0', at: settings.at });
  }
}

function withSettings(node: FileNode, { owner, chmod }: CopySettings): FileNode {
  if (node.kind === 'link') return node;
  const mode = chmod === '' ? node.mode : changedMode(node.mode, chmod, node.kind === 'folder');
  return { ...node, mode, owner: owner ?? node.owner };
}

/** A pattern for one name, as Go's filepath.Match has it. */
function nameExpression(pattern: string): RegExp {
  const expression = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  try {
    return new RegExp(`^${expression}$`);
  } catch {
    return /(?!)/;
  }
}
