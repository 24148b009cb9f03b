import { sha256 } from '../../../images/sha256.ts';
import type { FileNode, FileTree } from '../../../runtime/file-tree.ts';
import { filesBelow } from '../../children.ts';
import type { ArchiveEntry } from '../../engine/request.ts';
import { followed } from '../files/work-tree.ts';

/** Nodes never change, and a build asks for the same ones again. */
const known = new WeakMap<FileNode, string>();

/** What is at a path and below, in one number: the same files give the same, whenever they were written. */
export function contentDigest(tree: FileTree, path: string): string {
  const start = followed(tree, path);
  const node = tree.get(start);
  const own = node ? [`. ${nodeDigest(node)}`] : [];
  const below = Object.entries(filesBelow(tree, start)).map(([name, each]) => `${name} ${nodeDigest(each)}`);
  return sha256([...own, ...below].join('\n'));
}

function nodeDigest(node: FileNode): string {
  const before = known.get(node);
  if (before !== undefined) return before;
  const { at: _, ...content } = node;
  const digest = sha256(JSON.stringify(content));
  known.set(node, digest);
  return digest;
}

/** What a file was when it was sent: what has changed since is sent again. */
export function contentStamp({ node }: ArchiveEntry): string {
  return node.kind === 'file' ? `${node.mode} ${node.at} ${sha256(node.content)}` : node.kind;
}

/** How BuildKit calls what it looks at: two numbers of its own. @param key of the step that gave it */
export function contentReference(key: string): string {
  return `${longNumber('builder')}::${longNumber(key)}`;
}

function longNumber(text: string): string {
  const digits = BigInt(`0x${sha256(text).slice(0, 32)}`).toString(36);
  return digits.padStart(25, '0').slice(-25);
}
