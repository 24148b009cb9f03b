import type { FileNode, FileTree } from '../runtime/file-tree.ts';
import { join } from '../runtime/files/paths.ts';

/** What stands in a folder. */
interface Child {
  readonly name: string;
  readonly path: string;
  readonly node: FileNode;
}

/** What is in a folder, in the order of the names: nothing in what is no folder. */
export function childrenOf(tree: FileTree, folder: string): readonly Child[] {
  return (tree.list(folder) ?? []).flatMap((name) => {
    const path = join(folder, name);
    const node = tree.get(path);
    return node ? [{ name, path, node }] : [];
  });
}

/** All that is below a folder, by its path from there, such as `/a/b`. */
export function filesBelow(tree: FileTree, folder: string): Readonly<Record<string, FileNode>> {
  const files: Record<string, FileNode> = {};
  const visit = (from: string, to: string): void => {
    for (const { name, path, node } of childrenOf(tree, from)) {
      files[join(to, name)] = node;
      if (node.kind === 'folder') visit(path, join(to, name));
    }
  };
  visit(folder, '/');
  return files;
}
