import type { FileNode } from './file-tree.ts';

/**
 * A volume, as the table `runtime/volumes` keeps it: keyed `host/name`, or `/name` when every host can mount
 * it. Whoever made it may replace it at any time; containers see the new files at once.
 */
export interface Volume {
  /** By path from the volume's root, such as `/config/app.yaml`; folders that are not named come into being. */
  readonly files: Readonly<Record<string, FileNode>>;
  /** A tmpfs: what is in it counts as memory. */
  readonly memory?: boolean;
  /** Bytes; writing more fails. */
  readonly sizeLimit?: number;
  /** Owner and mode of its root: `0:0` and 0755 when they are left out. */
  readonly owner?: string;
  readonly mode?: number;
}

/** The table that volumes are in. */
export const volumeTable = 'runtime/volumes';

/** Bytes that a file has. */
export function sizeOf(node: FileNode): number {
  if (node.kind === 'folder') return 4096;
  if (node.kind === 'link') return utf8Length(node.target);
  return utf8Length(node.content) + (node.zeros ?? 0);
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (code > 0x7f) length += 1;
    // Two halves of a pair are four bytes together.
    if (code > 0x7ff && (code < 0xd800 || code > 0xdfff)) length += 1;
  }
  return length;
}

/** Bytes of all files of a volume. */
export function volumeSize({ files }: Volume): number {
  return Object.values(files).reduce((sum, node) => (node.kind === 'file' ? sum + sizeOf(node) : sum), 0);
}
