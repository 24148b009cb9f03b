import type { FileNode, FileTree } from '../../../runtime/file-tree.ts';
import type { LayerFiles } from '../../../runtime/files/image-tree.ts';
import { ImageTree } from '../../../runtime/files/image-tree.ts';
import type { Archive, ArchiveEntry } from '../../engine/request.ts';
import { matchingPaths } from '../files/copy-files.ts';
import { followed } from '../files/work-tree.ts';
import type { IgnoreRules } from './ignore-rules.ts';

/** The files of the learner's that a build may use. */
export class BuildContext {
  readonly #nodes: ReadonlyMap<string, FileNode>;

  constructor({ entries }: Archive) {
    // Whoever copies from the context owns nothing in it: in an image the files are root's.
    this.#nodes = new Map(entries.map(({ path, node }) => [path, rootOwned(node)]));
  }

  /** A file by its path in it. */
  file(path: string): (ArchiveEntry & { readonly node: { readonly kind: 'file' } }) | undefined {
    const node = this.#nodes.get(path);
    return node?.kind === 'file' ? { path, node } : undefined;
  }

  /**
   * What is sent to the builder, in the order of the paths.
   *
   * @param paths what of it is used; all of it when they are left out
   */
  sent(ignored: IgnoreRules, paths?: readonly string[]): readonly ArchiveEntry[] {
    const all = [...this.#nodes.keys()].filter((path) => !ignored.ignores(path));
    const taken = new Set(paths ? all.filter(this.#isUsed(paths)) : all);
    for (const path of [...taken]) for (const folder of foldersAbove(path)) taken.add(folder);
    return [...taken].sort(byParts).map((path) => ({ path, node: this.#nodes.get(path) ?? plainFolder }));
  }

  #isUsed(paths: readonly string[]): (path: string) => boolean {
    const tree = treeOfEntries([...this.#nodes].map(([path, node]) => ({ path, node })));
    const used = paths.flatMap((path) =>
      matchingPaths(tree, `/${path}`).flatMap((found) => [found, followed(tree, found)]),
    );
    return (path) => used.some((each) => `/${path}` === each || `/${path}`.startsWith(`${each}/`));
  }
}

/** What was sent, as files below `/`. */
export function treeOfEntries(entries: readonly ArchiveEntry[]): FileTree {
  const files: LayerFiles = Object.fromEntries(entries.map(({ path, node }) => [`/${path}`, node]));
  return new ImageTree([files], 0);
}

const plainFolder: FileNode = { kind: 'folder', mode: 0o755, owner: '0:0', at: 0 };

function rootOwned(node: FileNode): FileNode {
  return node.kind === 'link' ? node : { ...node, owner: '0:0' };
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, place) => parts.slice(0, place + 1).join('/'));
}

/** A folder stands before what is in it. */
function byParts(one: string, other: string): number {
  const left = one.replaceAll('/', '\0');
  const right = other.replaceAll('/', '\0');
  return left < right ? -1 : left > right ? 1 : 0;
}
