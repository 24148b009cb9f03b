import { listFolder, lookAt, type Steps } from '../effects.ts';
import type { FileNode } from '../runtime/file-tree.ts';

/** A file or a folder of the learner's, with its name in the folder and its path from the root. */
export interface NamedNode {
  readonly name: string;
  readonly path: string;
  readonly node: FileNode;
}

/** What is in a folder of the learner's; nothing where there is no such folder. */
export function* nodesIn(folder: string): Steps<readonly NamedNode[]> {
  const found: NamedNode[] = [];
  for (const name of (yield* listFolder(folder)) ?? []) {
    const path = `${folder === '/' ? '' : folder}/${name}`;
    const node = yield* lookAt(path);
    if (node) found.push({ name, path, node });
  }
  return found;
}
