import type { FileNode } from '../../runtime/file-tree.ts';
import { binary } from '../../runtime/processes/executable.ts';

/** When the files of the library were made, in milliseconds since 1970: 7 October 2025. */
export const builtAt = 1_759_795_200_000;

/** A file of a layer. */
export function file(content: string, mode = 0o644, owner = '0:0'): FileNode {
  return { kind: 'file', content, mode, owner, at: builtAt };
}

/** A folder of a layer. */
export function folder(mode = 0o755, owner = '0:0'): FileNode {
  return { kind: 'folder', mode, owner, at: builtAt };
}

/** A symbolic link of a layer. */
export function link(target: string): FileNode {
  return { kind: 'link', target, at: builtAt };
}

/** A program of a layer, by the name that the sandbox runs it under; about as large as such programs are. */
export function program(name: string, bytes = 60_000): FileNode {
  return { ...file(binary(name), 0o755), zeros: bytes } as FileNode;
}
