import type { FileNode, FileTree } from '../file-tree.ts';
import { baseOf, folderOf } from './paths.ts';

/** What a layer brings: files by path, null for what it takes away. */
export type LayerFiles = Readonly<Record<string, FileNode | null>>;

/** The files of an image: its layers, the later over the earlier. It is made once and never changes. */
export class ImageTree implements FileTree {
  readonly #nodes = new Map<string, FileNode>();
  readonly #children = new Map<string, string[]>();

  /** @param at when folders that no layer names were made */
  constructor(layers: readonly LayerFiles[], at: number) {
    const folder: FileNode = { kind: 'folder', mode: 0o755, owner: '0:0', at };
    this.#nodes.set('/', folder);
    for (const layer of layers) {
      for (const [path, node] of Object.entries(layer)) {
        if (node) this.#put(path, node, folder);
        else this.#take(path);
      }
    }
    for (const path of this.#nodes.keys()) {
      if (path === '/') continue;
      const siblings = this.#children.get(folderOf(path));
      if (siblings) siblings.push(baseOf(path));
      else this.#children.set(folderOf(path), [baseOf(path)]);
    }
    for (const names of this.#children.values()) names.sort();
  }

  get(path: string): FileNode | undefined {
    return this.#nodes.get(path);
  }

  list(path: string): readonly string[] | undefined {
    if (this.#nodes.get(path)?.kind !== 'folder') return undefined;
    return this.#children.get(path) ?? [];
  }

  #put(path: string, node: FileNode, folder: FileNode): void {
    for (let above = folderOf(path); !this.#nodes.has(above); above = folderOf(above)) {
      this.#nodes.set(above, folder);
    }
    this.#nodes.set(path, node);
  }

  #take(path: string): void {
    for (const known of [...this.#nodes.keys()]) {
      if (known === path || known.startsWith(`${path}/`)) this.#nodes.delete(known);
    }
  }
}
