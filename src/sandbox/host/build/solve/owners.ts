import type { FileTree } from '../../../runtime/file-tree.ts';
import { followed } from '../files/work-tree.ts';

/**
 * Whose files are to be, in numbers. A name that the files below do not know is root's, as BuildKit has it.
 *
 * @param text such as `node`, `1000:1000`; empty for nobody in particular
 * @returns `uid:gid`; undefined when it is empty
 */
export function ownerIn(tree: FileTree, text: string): string | undefined {
  if (text === '') return undefined;
  const [name = '', group] = text.split(':');
  const user = lineOf(tree, '/etc/passwd', name);
  const uid = /^\d+$/.test(name) ? name : (user?.[2] ?? '0');
  if (group === undefined || group === '') return `${uid}:${/^\d+$/.test(name) ? name : (user?.[3] ?? '0')}`;
  return `${uid}:${/^\d+$/.test(group) ? group : (lineOf(tree, '/etc/group', group)?.[2] ?? '0')}`;
}

function lineOf(tree: FileTree, path: string, name: string): readonly string[] | undefined {
  const node = tree.get(followed(tree, path));
  if (node?.kind !== 'file') return undefined;
  const lines = node.content.split('\n').map((line) => line.split(':'));
  return lines.find(([own]) => own === name);
}
