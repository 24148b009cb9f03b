import type { FileNode } from '../file-tree.ts';
import type { FileChanges } from '../records.ts';

/** What followed the last time from some changes. */
interface Following {
  readonly path: string;
  readonly node: FileNode | null | undefined;
  readonly after: FileChanges;
}

const following = new WeakMap<FileChanges, Following>();

/**
 * Changes with one more. Containers that do the same one after the other, as thousands of one image do when
 * they start, share what comes of it.
 *
 * @param node null for a file of the image that is gone, undefined when there is nothing to say of it
 */
export function changesWith(
  before: FileChanges,
  path: string,
  node: FileNode | null | undefined,
): FileChanges {
  const known = following.get(before);
  if (known?.path === path && isSame(known.node, node)) return known.after;
  const { [path]: _, ...others } = before;
  const after = node === undefined ? others : { ...others, [path]: node };
  following.set(before, { path, node, after });
  return after;
}

function isSame(one: FileNode | null | undefined, other: FileNode | null | undefined): boolean {
  if (!one || !other) return one === other;
  if (one.kind === 'link' || other.kind === 'link') {
    return one.kind === 'link' && other.kind === 'link' && one.target === other.target && one.at === other.at;
  }
  const isAlike = one.mode === other.mode && one.owner === other.owner && one.at === other.at;
  if (one.kind === 'folder' || other.kind === 'folder') return isAlike && one.kind === other.kind;
  return isAlike && one.content === other.content && one.zeros === other.zeros;
}
