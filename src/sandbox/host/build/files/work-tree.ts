import type { FileNode, FileTree } from '../../../runtime/file-tree.ts';
import type { LayerFiles } from '../../../runtime/files/image-tree.ts';
import { join, normalPath } from '../../../runtime/files/paths.ts';

/** More links after one another than the kernel follows. */
const mostLinks = 40;

/** Files that a step of a build changes: what is below stays as it is, what is above becomes a layer. */
export class WorkTree {
  readonly #below: FileTree;
  readonly #changes = new Map<string, FileNode>();

  constructor(below: FileTree) {
    this.#below = below;
  }

  get(path: string): FileNode | undefined {
    return this.#changes.get(path) ?? this.#below.get(path) ?? (path === '/' ? rootFolder : undefined);
  }

  put(path: string, node: FileNode): void {
    this.#changes.set(path, node);
  }

  /** What was changed, as a layer. */
  layer(): LayerFiles {
    return Object.fromEntries([...this.#changes].sort(([one], [other]) => (one < other ? -1 : 1)));
  }
}

const rootFolder: FileNode = { kind: 'folder', mode: 0o755, owner: '0:0', at: 0 };

/** No files at all. */
export const noFiles: FileTree = { get: () => undefined, list: () => undefined };

/**
 * A path without links on the way, as somebody whose root these files are sees it. What is not there stays as
 * it is written.
 *
 * @param follow whether its last part is followed as well
 */
export function followed(tree: Pick<FileTree, 'get'>, path: string, follow = true): string {
  let rest = normalPath(path).split('/').filter(Boolean);
  let current = '/';
  for (let links = 0; rest.length > 0; ) {
    const [name = '', ...after] = rest;
    const next = join(current, name);
    const node = tree.get(next);
    if (node?.kind === 'link' && (after.length > 0 || follow) && links < mostLinks) {
      links += 1;
      rest = [...normalPath(node.target, current).split('/').filter(Boolean), ...after];
      current = '/';
    } else {
      current = next;
      rest = after;
    }
  }
  return current;
}
