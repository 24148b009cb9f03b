import type { FileNode } from '../../runtime/file-tree.ts';
import type { Laptop } from './laptop.ts';

/** What is at a path, links followed; a folder that only has something in it is one too. */
export function nodeAt(laptop: Laptop, path: string): FileNode | undefined {
  const node = laptop.node(path);
  if (node || !laptop.isFolder(path)) return node;
  return { kind: 'folder', mode: 0o755, owner: '1000:1000', at: 0 };
}

/** Puts a file, a folder or a link at a path, as the owner's own. @throws FileFailure as `write` does */
export function placeNode(laptop: Laptop, path: string, node: FileNode): void {
  if (node.kind === 'file') laptop.write(path, node.content, node.mode, node.zeros);
  else if (node.kind === 'link') laptop.link(path, node.target);
  else {
    laptop.makeFolder(path);
    laptop.setMode(path, node.mode);
  }
}
